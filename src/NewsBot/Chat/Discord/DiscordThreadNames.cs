using System.Net;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Renames threads and forum posts after the headlines of their stories. A name somebody else gave is left as they want
/// it. What is to be renamed is data, so that nothing is lost and of several headlines in a row only the last is sent.
/// </summary>
internal sealed partial class DiscordThreadNames(
    DiscordRest rest,
    DiscordClosedThreads threads,
    Database database,
    TimeProvider time,
    ILogger<DiscordThreadNames> logger
)
{
    // One tick does so many, so that a stop never waits long.
    private const int Batch = 10;

    // Beside each other: one that waits for its limit holds up no other.
    private const int MaxParallel = 5;

    // Half a day of tries; the name is the least of what a thread says.
    private const int MaxTries = 72;

    // Discord allows two names in ten minutes for each thread, and tells of it only by refusing the third.
    // Source: https://github.com/discord/discord-api-docs/issues/1900
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(310);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private const string Due = """
        SELECT t.id, t.external_id AS Thread, t.named_after AS NamedAfter, s.headline, t.rename_tries AS Tries
        FROM thread t JOIN story s ON s.id = t.story_id
        JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE t.rename_at <= @Now AND t.state IN ('open', 'archived', 'locked')
          AND w.platform = 'discord' AND w.removed_at IS NULL AND s.taken_down_at IS NULL
        ORDER BY t.rename_at, t.id LIMIT @Batch
        """;

    // The headline may have changed again while Discord was asked.
    private const string Settled = """
        UPDATE thread
        SET named_after = @NamedAfter, rename_tries = 0, renamed_at = COALESCE(@RenamedAt, renamed_at),
            rename_at = CASE WHEN (SELECT s.headline FROM story s WHERE s.id = thread.story_id) = @Headline THEN NULL
                             ELSE @Again END
        WHERE id = @Id
        """;

    private const string PutOff = "UPDATE thread SET rename_at = @At, rename_tries = rename_tries + 1 WHERE id = @Id";

    /// <returns>How many threads got another name.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            connection => connection.QueryAsync<DueRow>(Due, new { Now = time.GetUtcNow().Ms(), Batch }),
            cancellationToken
        );
        var renamed = 0;
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (row, token) =>
            {
                if (await KeepAsync(row, token))
                {
                    Interlocked.Increment(ref renamed);
                }
            }
        );
        return renamed;
    }

    private async Task<bool> KeepAsync(DueRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await RenameAsync(row, cancellationToken);
        }
        catch (DiscordException error) when (IsLasting(error) || row.Tries + 1 >= MaxTries)
        {
            LogLeft(row.Thread, error.Code);
            await SettleAsync(row, row.NamedAfter, null, cancellationToken);
        }
        catch (DiscordException error)
        {
            LogRefused(row.Thread, (int?)error.Status, error.Code);
            var later = new { row.Id, At = (time.GetUtcNow() + (error.RetryAfter ?? Pause)).Ms() };
            await database.WriteAsync(connection => (Task)connection.ExecuteAsync(PutOff, later), cancellationToken);
        }

        return false;
    }

    private async Task<bool> RenameAsync(DueRow row, CancellationToken cancellationToken)
    {
        var thread = Snowflake.Parse(row.Thread);
        var (ours, wanted) = (
            DiscordRenderer.ThreadName(row.NamedAfter ?? ""),
            DiscordRenderer.ThreadName(row.Headline)
        );
        if (ours == wanted)
        {
            await SettleAsync(row, row.Headline, null, cancellationToken);
            return false;
        }

        var name = (await rest.GetChannelAsync(thread, cancellationToken)).Name;
        if (name != ours)
        {
            // It has the new name already, or one that somebody gave it.
            await SettleAsync(row, name == wanted ? row.Headline : row.NamedAfter, null, cancellationToken);
            return false;
        }

        await threads.ActAsync(
            thread,
            token => rest.ModifyThreadAsync(thread, new ThreadDraft { Name = wanted }, token),
            cancellationToken
        );
        await SettleAsync(row, row.Headline, time.GetUtcNow(), cancellationToken);
        return true;
    }

    private static bool IsLasting(DiscordException error) =>
        error.Code
            is DiscordCodes.UnknownChannel
                or DiscordCodes.MissingPermission
                or DiscordCodes.MissingAccess
                or DiscordCodes.AutoModeration
                or DiscordCodes.InvalidForm
        && error.Status is not HttpStatusCode.TooManyRequests;

    private Task SettleAsync(
        DueRow row,
        string? namedAfter,
        DateTimeOffset? renamedAt,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            connection =>
                (Task)
                    connection.ExecuteAsync(
                        Settled,
                        new
                        {
                            row.Id,
                            row.Headline,
                            NamedAfter = namedAfter,
                            RenamedAt = renamedAt?.Ms(),
                            Again = (time.GetUtcNow() + Pace).Ms(),
                        }
                    ),
            cancellationToken
        );

    [LoggerMessage(LogLevel.Information, "Thread {Thread} keeps its name: Discord refuses another (error {Code})")]
    private partial void LogLeft(string thread, int code);

    [LoggerMessage(LogLevel.Debug, "Could not rename thread {Thread}, trying again: status {Status}, error {Code}")]
    private partial void LogRefused(string thread, int? status, int code);

    private sealed class DueRow
    {
        public required long Id { get; init; }
        public required string Thread { get; init; }
        public string? NamedAfter { get; init; }
        public required string Headline { get; init; }
        public required long Tries { get; init; }
    }
}
