using System.Globalization;
using System.Net;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Opens the thread of a story's card when it is first wanted. Discord allows only so many active threads a server, so
/// none is opened in advance; a thread keeps the name it began with, because Discord allows hardly any renames.
/// </summary>
internal sealed partial class DiscordThreads(
    DiscordRest rest,
    Database database,
    TimeProvider time,
    ILogger<DiscordThreads> logger
)
{
    // One tick does so many, so that a stop never waits long.
    private const int Batch = 20;

    // Half a minute, doubled eight times: a server without the permission is asked about every two hours.
    private const int MaxDoublings = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    private const string FindCard = """
        SELECT p.message_id AS Message, c.external_id AS Channel, c.kind, s.headline, t.state, t.id AS ThreadId
        FROM post p JOIN channel c ON c.id = p.channel_id JOIN workspace w ON w.id = c.workspace_id
        JOIN story s ON s.id = @Story
        LEFT JOIN thread t ON t.channel_id = c.id AND t.external_id = p.message_id
        WHERE p.channel_id = @ChannelId AND p.subject = @Subject AND p.part = 0 AND p.operation = 'create'
          AND p.state = 'sent' AND w.platform = 'discord'
        """;

    // A story may have had a thread here that was deleted, and got another card since.
    private const string FindThread = """
        SELECT external_id AS Thread, state, next_try_at AS NextTryAt FROM thread
        WHERE channel_id = @ChannelId AND story_id = @Story
        ORDER BY CASE state WHEN 'gone' THEN 2 WHEN 'wanted' THEN 1 ELSE 0 END, id DESC LIMIT 1
        """;

    private const string Want = """
        INSERT INTO thread (channel_id, story_id, external_id, state, active_at, created_at)
        VALUES (@ChannelId, @Story, @Message, 'wanted', @Now, @Now)
        ON CONFLICT (channel_id, external_id) DO UPDATE SET active_at = @Now
        RETURNING id
        """;

    private const string Wanted = """
        SELECT t.id AS ThreadId, t.external_id AS Message, c.external_id AS Channel, c.kind, s.headline, t.state
        FROM thread t JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        JOIN story s ON s.id = t.story_id
        WHERE t.state = 'wanted' AND COALESCE(t.next_try_at, 0) <= @Now AND w.platform = 'discord'
          AND w.removed_at IS NULL
        ORDER BY t.next_try_at, t.id LIMIT @Batch
        """;

    private const string Opened = """
        UPDATE thread SET state = 'open', attempts = 0, next_try_at = NULL, error = NULL, named_after = @Headline
        WHERE id = @Id
        """;

    private const string SetState = "UPDATE thread SET state = @State, error = @Error WHERE id = @Id";

    private const string PutOff = """
        UPDATE thread SET attempts = attempts + 1, error = @Error,
               next_try_at = @Now + @FirstMs * (1 << MIN(attempts, @MaxDoublings))
        WHERE id = @Id
        """;

    /// <summary>Opens the thread of a story's card in a channel, where it is not open yet.</summary>
    /// <param name="channel">The channel with the card.</param>
    /// <param name="story">Which story.</param>
    /// <param name="cancellationToken">Cancels the wait; the thread may still open.</param>
    /// <returns>The thread; null where it cannot be opened now. Then the reason stands in the thread's row, it is tried again, and replies to the card go on being collected.</returns>
    public async Task<Snowflake?> OpenAsync(ChannelId channel, StoryId story, CancellationToken cancellationToken)
    {
        var key = new
        {
            ChannelId = channel.Value,
            Story = story.Value,
            Subject = PostSubject.Of(story).Value,
        };
        var card = await database.ReadAsync(
            connection => connection.QueryFirstOrDefaultAsync<ThreadRow>(FindCard, key),
            cancellationToken
        );
        if (card is null or { State: "gone" } || !Snowflake.TryParse(card.Message, out var thread))
        {
            return null;
        }

        if (card.State is "open" or "archived" or "locked")
        {
            return thread;
        }

        var want = new
        {
            key.ChannelId,
            key.Story,
            card.Message,
            Now = time.GetUtcNow().Ms(),
        };
        var id = await database.WriteAsync(
            connection => connection.ExecuteScalarAsync<long>(Want, want),
            cancellationToken
        );
        return await TryOpenAsync(id, card, cancellationToken) ? thread : null;
    }

    /// <summary>Finds the thread of a story in a channel for what is to be posted there, and opens it where nobody has yet.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="story">Which story.</param>
    /// <param name="cancellationToken">Cancels the wait; the thread may still open.</param>
    public async Task<DiscordThreadFinding> FindAsync(
        ChannelId channel,
        StoryId story,
        CancellationToken cancellationToken
    ) =>
        await KnownAsync(channel, story, cancellationToken)
        ?? (
            await OpenAsync(channel, story, cancellationToken) is { } opened
                ? new DiscordThreadFinding.Found(opened)
                // Why it was not opened stands in its row now; where there is no row there is no card either.
                : await KnownAsync(channel, story, cancellationToken) ?? new DiscordThreadFinding.Gone()
        );

    /// <summary>Opens the threads that replies asked for.</summary>
    /// <returns>How many were opened.</returns>
    public async Task<int> OpenWantedAsync(CancellationToken cancellationToken)
    {
        var wanted = await database.ReadAsync(
            connection => connection.QueryAsync<ThreadRow>(Wanted, new { Now = time.GetUtcNow().Ms(), Batch }),
            cancellationToken
        );
        var opened = 0;
        foreach (var row in wanted.AsList())
        {
            opened += await TryOpenAsync(row.ThreadId!.Value, row, cancellationToken) ? 1 : 0;
        }

        return opened;
    }

    // A thread outlives its card, and one that was put off is not asked for by every copy that waits.
    private async Task<DiscordThreadFinding?> KnownAsync(
        ChannelId channel,
        StoryId story,
        CancellationToken cancellationToken
    )
    {
        var row = await database.ReadAsync(
            connection =>
                connection.QueryFirstOrDefaultAsync<StateRow>(
                    FindThread,
                    new { ChannelId = channel.Value, Story = story.Value }
                ),
            cancellationToken
        );
        var wait = (Instants.At(row?.NextTryAt) ?? default) - time.GetUtcNow();
        return row?.State switch
        {
            null => null,
            "gone" => new DiscordThreadFinding.Gone(),
            "wanted" when wait > TimeSpan.Zero => new DiscordThreadFinding.Later(wait),
            "wanted" => null,
            _ => new DiscordThreadFinding.Found(Snowflake.Parse(row.Thread)),
        };
    }

    private async Task<bool> TryOpenAsync(long id, ThreadRow row, CancellationToken cancellationToken)
    {
        try
        {
            if (row.Kind is not ("forum" or "media"))
            {
                await StartAsync(row, cancellationToken);
            }

            await WriteAsync(Opened, new { Id = id, row.Headline }, cancellationToken);
            return true;
        }
        catch (DiscordException error) when (error.Code == DiscordCodes.UnknownMessage)
        {
            await WriteAsync(
                SetState,
                new
                {
                    Id = id,
                    State = "gone",
                    Error = "The card was removed on Discord.",
                },
                cancellationToken
            );
            return false;
        }
        catch (DiscordException error)
        {
            var words = Words(error);
            LogRefused(row.Message, words);
            await PutOffAsync(id, words, cancellationToken);
            return false;
        }
    }

    // Without a length Discord takes the channel's own for how long a thread stays open.
    private async Task StartAsync(ThreadRow row, CancellationToken cancellationToken)
    {
        try
        {
            await rest.StartThreadAsync(
                Snowflake.Parse(row.Channel),
                Snowflake.Parse(row.Message),
                new ThreadDraft { Name = DiscordRenderer.ThreadName(row.Headline) },
                cancellationToken
            );
        }
        catch (DiscordException error) when (error.Code == DiscordCodes.ThreadExists)
        {
            // A card has one thread, with the card's id: it is the one we want.
        }
    }

    private static string Words(DiscordException error) =>
        error.Code switch
        {
            DiscordCodes.TooManyThreads or DiscordCodes.TooManyAnnouncementThreads =>
                "The server has as many active threads as Discord allows. Close some, or shorten after how long they are archived.",
            DiscordCodes.MissingPermission or DiscordCodes.MissingAccess =>
                "The bot may not open threads here. In the channel's settings, “Permissions”, give its role “Create Public Threads”. Replies to the card itself are collected all the same.",
            DiscordCodes.AutoModeration =>
                "AutoMod does not let the headline become the name of a thread. Replies to the card itself are collected all the same.",
            _ when error.Status is HttpStatusCode.TooManyRequests => "Discord asked for a pause.",
            _ => string.Create(CultureInfo.InvariantCulture, $"Discord refused it (error {error.Code})."),
        };

    private Task PutOffAsync(long id, string words, CancellationToken cancellationToken) =>
        WriteAsync(
            PutOff,
            new
            {
                Id = id,
                Error = words,
                Now = time.GetUtcNow().Ms(),
                FirstMs = (long)FirstPause.TotalMilliseconds,
                MaxDoublings,
            },
            cancellationToken
        );

    private Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => (Task)connection.ExecuteAsync(sql, parameters), cancellationToken);

    [LoggerMessage(LogLevel.Warning, "Could not open the thread of message {Message}, trying again: {Words}")]
    private partial void LogRefused(string message, string words);

    private sealed class StateRow
    {
        public required string Thread { get; init; }
        public required string State { get; init; }
        public long? NextTryAt { get; init; }
    }

    private sealed class ThreadRow
    {
        public long? ThreadId { get; init; }
        public required string Message { get; init; }
        public required string Channel { get; init; }
        public required string Kind { get; init; }
        public string Headline { get; init; } = "";
        public string? State { get; init; }
    }
}
