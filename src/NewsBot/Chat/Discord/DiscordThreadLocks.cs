using System.Globalization;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Locks the threads of a story that is locked, and opens them again with it. A thread somebody else locked or unlocked is left as they want it.</summary>
internal sealed partial class DiscordThreadLocks(
    DiscordRest rest,
    Database database,
    TimeProvider time,
    ILogger<DiscordThreadLocks> logger
)
{
    // One tick does so many, so that a stop never waits long.
    private const int Batch = 20;

    // A permission is not given within seconds.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private const string Due = """
        SELECT t.id, t.external_id AS Thread, 1 AS IsLocked
        FROM story s JOIN thread t ON t.story_id = s.id
        JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE s.locked_at IS NOT NULL AND t.locked_by_us = 0 AND t.state IN ('open', 'archived')
          AND COALESCE(t.next_try_at, 0) <= @Now AND w.platform = 'discord' AND w.removed_at IS NULL
        UNION ALL
        SELECT t.id, t.external_id AS Thread, 0 AS IsLocked
        FROM thread t JOIN story s ON s.id = t.story_id
        JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE t.locked_by_us = 1 AND s.locked_at IS NULL AND t.state <> 'gone'
          AND COALESCE(t.next_try_at, 0) <= @Now AND w.platform = 'discord' AND w.removed_at IS NULL
        LIMIT @Batch
        """;

    private const string Done = """
        UPDATE thread SET state = @State, locked_by_us = @IsLocked, attempts = 0, next_try_at = NULL, error = NULL
        WHERE id = @Id
        """;

    private const string PutOff = """
        UPDATE thread SET attempts = attempts + 1, next_try_at = @At, error = @Error WHERE id = @Id
        """;

    private const string Lost = "UPDATE thread SET state = 'gone', locked_by_us = 0 WHERE id = @Id";

    /// <returns>How many threads were locked or unlocked.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            connection => connection.QueryAsync<DueRow>(Due, new { Now = time.GetUtcNow().Ms(), Batch }),
            cancellationToken
        );
        var changed = 0;
        foreach (var row in due.AsList())
        {
            changed += await ChangeAsync(row, cancellationToken) ? 1 : 0;
        }

        return changed;
    }

    private async Task<bool> ChangeAsync(DueRow row, CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync(Snowflake.Parse(row.Thread), row.IsLocked != 0, cancellationToken);
        }
        catch (DiscordException error) when (error.Code is DiscordCodes.UnknownChannel)
        {
            await WriteAsync(Lost, new { row.Id }, cancellationToken);
            return false;
        }
        catch (DiscordException error)
        {
            var words = error.Code is DiscordCodes.MissingPermission or DiscordCodes.MissingAccess
                ? "The bot may not lock threads here. In the channel's settings, “Permissions”, give its role “Manage Threads”. What is written there is refused all the same."
                : string.Create(CultureInfo.InvariantCulture, $"Discord refused it (error {error.Code}).");
            LogRefused(row.Thread, words);
            var later = new
            {
                row.Id,
                At = (time.GetUtcNow() + (error.RetryAfter ?? Pause)).Ms(),
                Error = words,
            };
            await WriteAsync(PutOff, later, cancellationToken);
            return false;
        }

        var done = new
        {
            row.Id,
            row.IsLocked,
            State = row.IsLocked != 0 ? "locked" : "open",
        };
        await WriteAsync(Done, done, cancellationToken);
        return true;
    }

    // An archived thread takes a lock only together with being opened.
    private async Task SetAsync(Snowflake thread, bool isLocked, CancellationToken cancellationToken)
    {
        try
        {
            await rest.ModifyThreadAsync(thread, new ThreadDraft { Locked = isLocked }, cancellationToken);
        }
        catch (DiscordException error) when (error.Code == DiscordCodes.ThreadArchived)
        {
            var both = new ThreadDraft { Locked = isLocked, Archived = false };
            await rest.ModifyThreadAsync(thread, both, cancellationToken);
            await rest.ModifyThreadAsync(thread, new ThreadDraft { Archived = true }, cancellationToken);
        }
    }

    private Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => (Task)connection.ExecuteAsync(sql, parameters), cancellationToken);

    [LoggerMessage(LogLevel.Warning, "Could not lock or unlock thread {Thread}, trying again: {Words}")]
    private partial void LogRefused(string thread, string words);

    private sealed class DueRow
    {
        public required long Id { get; init; }
        public required string Thread { get; init; }
        public required long IsLocked { get; init; }
    }
}
