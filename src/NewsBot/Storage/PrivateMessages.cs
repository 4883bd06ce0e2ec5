using System.Data.Common;
using System.Globalization;
using Dapper;
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
        WHERE c.story_id = @Story AND c.number = @Number AND c.state = 'visible' AND c.visibility <> 'off'
        """;

    // Who owns a guild may do everything in it, so they hear what admins hear.
    private const string IsAdmin = """
        m.erased_at IS NULL AND (m.role = 'admin' OR EXISTS (
            SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
            WHERE i.member_id = m.id AND w.owner_id = i.external_id AND w.removed_at IS NULL))
        """;

    private const string TellAdminsOfFeed = $"""
        INSERT INTO private_message (member_id, cause, body, created_at)
        SELECT m.id, @Cause || s.id, @Body, @Now FROM source s
        JOIN member m ON m.community_id = s.community_id AND {IsAdmin}
        WHERE s.feed_id = @Feed AND s.quiet = 0 AND s.paused_at IS NULL
        ON CONFLICT (member_id, cause) DO NOTHING
        """;

    private const string MarkTold = """
        UPDATE feed SET told_at = @Now
        WHERE id = @Feed AND told_at IS NULL AND (failures >= @Worth OR state = 'retired')
        RETURNING COALESCE(title, @Url)
        """;

    private const string MarkFewTold = """
        UPDATE feed SET few_told_at = @Now WHERE id = @Feed AND few_told_at IS NULL AND few_in_row >= @Worth
        RETURNING COALESCE(title, @Url)
        """;

    private const string TellAdmins = $"""
        INSERT INTO private_message (member_id, cause, body, created_at)
        SELECT m.id, @Cause, @Body, @Now FROM member m WHERE m.community_id = @Community AND {IsAdmin}
        ON CONFLICT (member_id, cause) DO NOTHING
        """;

    private const string TellOne = """
        INSERT INTO private_message (member_id, cause, body, created_at) VALUES (@Member, @Cause, @Body, @Now)
        ON CONFLICT (member_id, cause) DO NOTHING
        """;

    private const string FindChannel = """
        SELECT c.name, c.workspace_id AS WorkspaceId, w.platform FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE c.id = @Channel
        """;

    /// <summary>Tells those who follow a story of a new comment.</summary>
    public static async Task TellFollowersAsync(DbConnection connection, StoryId story, int number, DateTimeOffset now)
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
    public static async Task TellOfFeedAsync(DbConnection connection, FeedPoll poll)
    {
        if (poll is { IsRetired: false, Plan.FailuresInRow: < FailuresWorthTelling })
        {
            return;
        }

        var parameters = new
        {
            Feed = poll.Feed.Id.Value,
            Worth = FailuresWorthTelling,
            Now = poll.Now.Ms(),
            Url = poll.Feed.Url.AbsoluteUri,
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

    /// <summary>Tells the admins of a page that lists far fewer entries than usual: once, until it lists more again.</summary>
    public static async Task TellOfFewAsync(DbConnection connection, FeedPoll poll, PageCount count)
    {
        var parameters = new
        {
            Feed = poll.Feed.Id.Value,
            Worth = PageCount.WorthTelling,
            Now = poll.Now.Ms(),
            Url = poll.Feed.Url.AbsoluteUri,
        };
        if (await connection.ExecuteScalarAsync<string?>(MarkFewTold, parameters) is { } title)
        {
            await connection.ExecuteAsync(
                TellAdminsOfFeed,
                new
                {
                    parameters.Feed,
                    parameters.Now,
                    Cause = string.Create(CultureInfo.InvariantCulture, $"few:{parameters.Feed}:{parameters.Now}:"),
                    Body = string.Create(
                        CultureInfo.InvariantCulture,
                        $"The page {MarkdownEscape.Line(title)} brings only {count.Last} instead of about {count.Usual:0} entries. Perhaps it was rebuilt: `/news test {poll.Feed.Url.AbsoluteUri}` shows what could be read now, and `/news add` with its address changes its selectors."
                    ),
                }
            );
        }
    }

    /// <summary>Tells the admins that a channel refuses the bot: once, until it works again.</summary>
    public static async Task TellOfChannelAsync(
        DbConnection connection,
        ChannelId channel,
        string reason,
        DateTimeOffset now
    )
    {
        var row = await connection.QuerySingleAsync<ChannelRow>(FindChannel, new { Channel = channel.Value });
        var words = $"Nothing more is posted to #{MarkdownEscape.Line(row.Name, 100)}: {MarkdownEscape.Line(reason)}";
        var report = new TroubleReport(row.WorkspaceId, channel, Troubles.ParkedCause(channel), words);
        // The platform's own check looks why, and tells which switch mends it; it tells of this one where it finds none.
        await (
            row.Platform is "discord" or "slack"
                ? Troubles.KeepAsync(connection, report, now)
                : Troubles.ReportAsync(connection, report, now)
        );
    }

    /// <summary>Tells one member something, once for each cause.</summary>
    public static Task TellAsync(DbConnection connection, long member, string cause, string body, DateTimeOffset now) =>
        connection.ExecuteAsync(
            TellOne,
            new
            {
                Member = member,
                Cause = cause,
                Body = body,
                Now = now.Ms(),
            }
        );

    /// <summary>Tells the admins of a community, and the owners of its guilds.</summary>
    /// <returns>How many were told.</returns>
    public static Task<int> TellAdminsAsync(
        DbConnection connection,
        long community,
        string cause,
        string body,
        DateTimeOffset now
    ) =>
        connection.ExecuteAsync(
            TellAdmins,
            new
            {
                Community = community,
                Cause = cause,
                Body = body,
                Now = now.Ms(),
            }
        );

    private sealed class ChannelRow
    {
        public required string Name { get; init; }
        public required long WorkspaceId { get; init; }
        public required string Platform { get; init; }
    }

    private sealed class CommentRow
    {
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public required string Author { get; init; }
        public required long AuthorId { get; init; }
    }
}
