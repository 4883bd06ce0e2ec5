using Dapper;
using NewsBot.Storage;

namespace NewsBot.Web.SignIn;

/// <summary>Asks at least once a day about every account that is signed in somewhere.</summary>
internal sealed partial class StandingRounds(
    Standings standings,
    Database database,
    TimeProvider time,
    ILogger<StandingRounds> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    // Early enough that an outage of some hours does not make it more than a day.
    private static readonly TimeSpan AskAfter = TimeSpan.FromHours(20);

    // Twenty a minute are 28,800 a day, and well within what platforms let us ask.
    private const int Batch = 20;

    // By chance, so that accounts nobody answers for do not stand before the others.
    private const string Due = """
        SELECT i.external_id AS Account, w.id AS Workspace, w.external_id AS WorkspaceKey, w.platform
        FROM identity i JOIN workspace w ON w.id = i.workspace_id
        WHERE (i.standing_at IS NULL OR i.standing_at < @Before) AND i.left_at IS NULL AND i.banned_at IS NULL
          AND w.removed_at IS NULL AND EXISTS (
            SELECT 1 FROM session_identity si JOIN web_session s ON s.id = si.session_id
            WHERE si.identity_id = i.id AND s.expires_at > @Now)
        ORDER BY RANDOM() LIMIT @Batch
        """;

    /// <summary>Asks about some of the accounts whose turn it is.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await database.ReadAsync(
            connection =>
                connection.QueryAsync<DueRow>(
                    Due,
                    new
                    {
                        Before = (now - AskAfter).Ms(),
                        Now = now.Ms(),
                        Batch,
                    }
                ),
            cancellationToken
        );
        foreach (var row in due)
        {
            var askedAt = time.GetUtcNow();
            var standing = await standings.AskAsync(row.Platform, row.WorkspaceKey, row.Account, cancellationToken);
            await standings.KeepAsync(row.Workspace, row.Account, standing, askedAt, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Asking who still belongs where they signed in broke; it goes on in a minute")]
    private partial void LogBroken(Exception error);

    private sealed class DueRow
    {
        public required string Account { get; init; }
        public required long Workspace { get; init; }
        public required string WorkspaceKey { get; init; }
        public required string Platform { get; init; }
    }
}
