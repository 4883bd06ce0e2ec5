using Dapper;

namespace NewsBot.Storage;

/// <summary>What the model cost each day (UTC). Kept, so that a restart does not begin the day anew.</summary>
internal sealed class ModelUsage(Database database, TimeProvider time)
{
    private const int DaysKept = 31;

    // Reserved before it is asked: two at once cannot spend the last tokens twice, and a crash counts as spent.
    private const string Reserve = """
        INSERT INTO model_day (day, requests, tokens) VALUES (@Day, 1, @Tokens)
        ON CONFLICT (day) DO UPDATE SET requests = model_day.requests + 1, tokens = model_day.tokens + excluded.tokens
        WHERE model_day.tokens + excluded.tokens <= @Budget
        """;

    private const string Settle = """
        UPDATE model_day SET tokens = CASE WHEN tokens + @Difference < 0 THEN 0 ELSE tokens + @Difference END WHERE day = @Day
        """;

    private const string Forget = "DELETE FROM model_day WHERE day < @Day";

    private const string Find = "SELECT requests, tokens FROM model_day WHERE day = @Day";

    /// <summary>Sets tokens aside for one request.</summary>
    /// <param name="tokens">The most it can cost.</param>
    /// <param name="budget">The most of a day.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False where the day has no room for it any more.</returns>
    public Task<bool> ReserveAsync(int tokens, int budget, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                if (tokens > budget)
                {
                    return false;
                }

                await connection.ExecuteAsync(Forget, new { Day = Today() - DaysKept });
                return await connection.ExecuteAsync(
                        Reserve,
                        new
                        {
                            Day = Today(),
                            Tokens = tokens,
                            Budget = budget,
                        }
                    ) > 0;
            },
            cancellationToken
        );

    /// <summary>Counts what a request really cost.</summary>
    /// <param name="reserved">What was set aside.</param>
    /// <param name="spent">What the answer says; less than nothing is not believed.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public Task SettleAsync(int reserved, long spent, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                (Task)
                    connection.ExecuteAsync(
                        Settle,
                        new { Day = Today(), Difference = Math.Clamp(spent, 1, 1_000_000) - reserved }
                    ),
            cancellationToken
        );

    /// <summary>How often it was asked today, and what that cost in tokens.</summary>
    public Task<(long Requests, long Tokens)> TodayAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<(long, long)>(Find, new { Day = Today() }),
            cancellationToken
        );

    private int Today() =>
        (int)(time.GetUtcNow().ToUnixTimeMilliseconds() / (long)TimeSpan.FromDays(1).TotalMilliseconds);
}
