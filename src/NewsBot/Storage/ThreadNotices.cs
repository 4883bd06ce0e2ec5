using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Tells who writes in the thread of a story, once and from the first reply on, that others read it on the web.</summary>
internal static class ThreadNotices
{
    // Older discussions have ended; their next reply brings the notice.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    // A channel that is published is told itself as well, so its whole past need not be.
    private const int MostThreads = 20;

    private const string Sent = """
        SELECT id FROM post
        WHERE channel_id = @Channel AND subject >= 'notice:published:' AND subject < 'notice:published;'
          AND operation = 'create' AND state IN ('waiting', 'sent')
        """;

    private const string Threads = """
        SELECT s.id FROM story s
        WHERE s.last_comment_at >= @Since AND s.taken_down_at IS NULL AND s.id IN (
            SELECT t.story_id FROM thread t WHERE t.channel_id = @Channel AND t.state <> 'gone')
        ORDER BY s.last_comment_at DESC LIMIT @MostThreads
        """;

    /// <summary>What a notice says once the channel is published no more.</summary>
    public const string NoMore = "What is written here from now on no longer appears on the web.";

    /// <summary>Names the notice in every channel.</summary>
    public static PostSubject Subject(StoryId story) =>
        PostSubject.Notice(string.Create(CultureInfo.InvariantCulture, $"published:{story.Value}"));

    /// <param name="page">The story's page.</param>
    /// <param name="publication">Of the channel.</param>
    /// <returns>Markdown; null where the channel is published to nobody.</returns>
    public static string? Words(string page, string publication) =>
        publication switch
        {
            "public" => $"Replies here appear on <{page}>, where everybody can read them.",
            "members" => $"Replies here appear on <{page}>, on the web for members who sign in.",
            _ => null,
        };

    /// <summary>Writes the notice for the thread in a channel. Doing it again changes nothing.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="channel">A channel with the story's card.</param>
    /// <param name="story">Which story.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static Task AddAsync(DbConnection connection, MirrorRow channel, StoryId story, DateTimeOffset now) =>
        // The built-in chat says so above the thread, on the same page.
        channel.Publication != "off"
        && channel.Platform != "web"
            ? Outbox.CreateAsync(
                connection,
                new PostDraft(
                    new ChannelId(channel.ChannelId),
                    Subject(story),
                    0,
                    new PostBody.Notice("") { Below = story },
                    now
                )
                {
                    NotBefore = channel.IsCardSent != 0 ? null : CommentCopies.BehindCard,
                }
            )
            : Task.CompletedTask;

    /// <summary>Makes the notices of a channel true after it was published to others than before.</summary>
    /// <param name="connection">The connection of the change's transaction, after the change.</param>
    /// <param name="channel">Which channel.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task RenewAsync(DbConnection connection, ChannelId channel, DateTimeOffset now)
    {
        var key = new
        {
            Channel = channel.Value,
            Since = (now - Recent).Ms(),
            MostThreads,
        };
        var sent = (await connection.QueryAsync<long>(Sent, key)).AsList();
        await Outbox.EditAllAsync(connection, sent, CopyChange.Name.Priority, now, now);
        foreach (var id in (await connection.QueryAsync<long>(Threads, key)).AsList())
        {
            var story = new StoryId(id);
            var carrying = await CopyRows.TargetsAsync(connection, story);
            if (carrying.FirstOrDefault(row => row.ChannelId == channel.Value) is { } row)
            {
                await AddAsync(connection, row, story, now);
            }
        }
    }
}
