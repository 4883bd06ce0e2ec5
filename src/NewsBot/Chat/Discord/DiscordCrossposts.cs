using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Publishes what was posted in announcement channels to those who follow them, where an admin asked for it. A step of
/// its own, because Discord allows ten an hour and channel: what is over waits and is never lost. Publishing twice is
/// impossible, Discord refuses the second time.
/// Source: https://discord.com/developers/docs/resources/message#crosspost-message
/// </summary>
internal sealed partial class DiscordCrossposts(
    DiscordRest rest,
    Database database,
    TimeProvider time,
    ILogger<DiscordCrossposts> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    // A limit may ask for up to an hour; who waits that long in a call holds the others.
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan RetryPause = TimeSpan.FromMinutes(5);

    // Followers are not told of yesterday's news because somebody switched this on today.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    // One a channel, oldest first: the channel's order is kept, and a channel in its limit holds nobody else.
    private const string Due = """
        SELECT p.id, c.external_id AS Channel, p.message_id AS Message
        FROM channel c JOIN workspace w ON w.id = c.workspace_id
        JOIN post p ON p.id = (
            SELECT MIN(x.id) FROM post x
            WHERE x.channel_id = c.id AND x.operation = 'create' AND x.state = 'sent' AND x.sent_at > @Oldest
              AND x.crossposted_at IS NULL AND (x.subject LIKE 'story:%' OR x.subject LIKE 'digest:%'))
        WHERE c.crosspost = 1 AND c.kind = 'announcement' AND c.parked_reason IS NULL AND w.platform = 'discord'
          AND w.removed_at IS NULL AND COALESCE(p.crosspost_after, 0) <= @Now
        LIMIT 50
        """;

    private const string Done = "UPDATE post SET crossposted_at = @Now WHERE id = @Id";

    private const string Later = "UPDATE post SET crosspost_after = @At WHERE id = @Id";

    /// <summary>Publishes one message of every channel that has one waiting.</summary>
    /// <returns>How many were published.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await database.ReadAsync(
            connection => connection.QueryAsync<DueRow>(Due, new { Now = now.Ms(), Oldest = (now - LongestWait).Ms() }),
            cancellationToken
        );
        var published = await Task.WhenAll(due.Select(row => PublishAsync(row, cancellationToken)));
        return published.Count(isPublished => isPublished);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
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

    private async Task<bool> PublishAsync(DueRow row, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestCall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await rest.CrosspostAsync(Snowflake.Parse(row.Channel), Snowflake.Parse(row.Message), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await PutOffAsync(row, RetryPause, cancellationToken);
            return false;
        }
        catch (DiscordException error) when (IsOver(error))
        {
            // It is published already, or there is nothing left to publish.
        }
        catch (DiscordException error)
        {
            LogRefused(row.Id, (int?)error.Status, error.Code);
            await PutOffAsync(row, error.RetryAfter ?? RetryPause, cancellationToken);
            return false;
        }

        var done = new { row.Id, Now = time.GetUtcNow().Ms() };
        await database.WriteAsync(connection => (Task)connection.ExecuteAsync(Done, done), cancellationToken);
        return true;
    }

    private static bool IsOver(DiscordException error) =>
        error.Code
            is DiscordCodes.AlreadyPublished
                or DiscordCodes.UnknownMessage
                or DiscordCodes.NotOurs
                or DiscordCodes.WrongChannelType;

    private Task PutOffAsync(DueRow row, TimeSpan pause, CancellationToken cancellationToken)
    {
        var later = new { row.Id, At = (time.GetUtcNow() + pause).Ms() };
        return database.WriteAsync(connection => (Task)connection.ExecuteAsync(Later, later), cancellationToken);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Could not publish post {Post} to followers, trying again: status {Status}, error {Code}"
    )]
    private partial void LogRefused(long post, int? status, int code);

    [LoggerMessage(LogLevel.Error, "Publishing to followers broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);

    private sealed class DueRow
    {
        public required long Id { get; init; }
        public required string Channel { get; init; }
        public required string Message { get; init; }
    }
}
