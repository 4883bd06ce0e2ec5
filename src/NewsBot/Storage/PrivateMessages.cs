using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

/// <summary>Writes what only one member reads: answers to <c>follow</c>, and words to admins. The same cause is told once.</summary>
internal static class PrivateMessages
{
    // One failed poll is a hiccup, three in a row are worth a look.
    private const int FailuresWorthTelling = 3;

    private const string TellFollowers = """
        INSERT INTO private_message (member_id, cause, body, created_at)
        SELECT f.member_id, @Cause, @Body, @Now FROM follow f JOIN member m ON m.id = f.member_id
        WHERE f.story_id = @Story AND f.member_id <> @Author AND m.erased_at IS NULL
        ON CONFLICT (member_id, cause) DO NOTHING
        """;

    private const string NewComment = """
        SELECT s.headline, s.slug, COALESCE(m.pseudonym, m.name) AS Author, c.member_id AS AuthorId
        FROM comment c JOIN story s ON s.id = c.story_id JOIN member m ON m.id = c.member_id
        WHERE c.story_id = @Story AND c.number = @Number AND c.state = 'visible' AND c.visibility = 'public'
        """;

    private const string TellAdminsOfFeed = """
        INSERT INTO private_message (member_id, cause, body, created_at)
        SELECT m.id, @Cause || s.id, @Body, @Now FROM source s
        JOIN member m ON m.community_id = s.community_id AND m.role = 'admin' AND m.erased_at IS NULL
        WHERE s.feed_id = @Feed AND s.quiet = 0 AND s.paused_at IS NULL
        ON CONFLICT (member_id, cause) DO NOTHING
        """;

    private const string MarkTold = """
        UPDATE feed SET told_at = @Now
        WHERE id = @Feed AND told_at IS NULL AND (failures >= @Worth OR state = 'retired')
        RETURNING COALESCE(title, url)
        """;

    private const string TellAdminsOfChannel = """
        INSERT INTO private_message (member_id, cause, body, created_at)
        SELECT m.id, @Cause, 'Nothing more is posted to #' || c.name || ': ' || @Reason, @Now FROM channel c
        JOIN member m ON m.community_id = c.community_id AND m.role = 'admin' AND m.erased_at IS NULL
        WHERE c.id = @Channel
        ON CONFLICT (member_id, cause) DO NOTHING
        """;

    /// <summary>Tells those who follow a story of a new comment.</summary>
    public static async Task TellFollowersAsync(
        SqliteConnection connection,
        StoryId story,
        int number,
        DateTimeOffset now
    )
    {
        var comment = await connection.QueryFirstOrDefaultAsync<CommentRow>(
            NewComment,
            new { Story = story.Value, Number = number }
        );
        if (comment is null)
        {
            return;
        }

        var page = string.Create(
            CultureInfo.InvariantCulture,
            $"{Web.PageAddresses.StoryPath(story.Value, comment.Slug)}#c{number}"
        );
        var link = $"[{MarkdownEscape.Line(comment.Headline)}]({page})";
        await connection.ExecuteAsync(
            TellFollowers,
            new
            {
                Story = story.Value,
                Author = comment.AuthorId,
                Cause = string.Create(CultureInfo.InvariantCulture, $"comment:{story.Value}:{number}"),
                Body = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{MarkdownEscape.Line(comment.Author)} wrote comment {number} on {link}."
                ),
                Now = now.Ms(),
            }
        );
    }

    /// <summary>Tells the admins of a feed that keeps failing or is gone: once, until it works again.</summary>
    public static async Task TellOfFeedAsync(SqliteConnection connection, FeedPoll poll)
    {
        var parameters = new
        {
            Feed = poll.Feed.Id.Value,
            Worth = FailuresWorthTelling,
            Now = poll.Now.Ms(),
        };
        if (await connection.ExecuteScalarAsync<string?>(MarkTold, parameters) is { } title)
        {
            await connection.ExecuteAsync(
                TellAdminsOfFeed,
                new
                {
                    parameters.Feed,
                    parameters.Now,
                    Cause = string.Create(CultureInfo.InvariantCulture, $"feed:{parameters.Feed}:{parameters.Now}:"),
                    Body = $"The source {MarkdownEscape.Line(title)} cannot be read. {MarkdownEscape.Line(poll.Error ?? "")} "
                        + "It is tried again by itself; the status page says when.",
                }
            );
        }
    }

    /// <summary>Tells the admins that a channel refuses the bot.</summary>
    public static Task TellOfChannelAsync(
        SqliteConnection connection,
        ChannelId channel,
        string reason,
        DateTimeOffset now
    ) =>
        connection.ExecuteAsync(
            TellAdminsOfChannel,
            new
            {
                Channel = channel.Value,
                Reason = MarkdownEscape.Line(reason),
                Cause = string.Create(CultureInfo.InvariantCulture, $"parked:{channel.Value}:{now.Ms()}"),
                Now = now.Ms(),
            }
        );

    private sealed class CommentRow
    {
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public required string Author { get; init; }
        public required long AuthorId { get; init; }
    }
}
