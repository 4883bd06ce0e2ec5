using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat;

/// <summary>Tells somebody privately, once, why their message did not become a comment.</summary>
internal static class ChatNotices
{
    // What the digest names, the cards first; the newest cards where it names none.
    private const string StoriesOfDigest = """
        SELECT s.id, s.headline, s.slug, p.message_id AS Card
        FROM digest_story d JOIN story s ON s.id = d.story_id
        LEFT JOIN post p ON p.channel_id = @Channel AND p.subject = 'story:' || s.id AND p.operation = 'create' AND p.part = 0
        WHERE d.digest_id = @Digest AND s.taken_down_at IS NULL
        ORDER BY CASE WHEN p.message_id IS NULL THEN 1 ELSE 0 END, d.rank LIMIT 10
        """;

    private const string FindStory = "SELECT id, headline, slug, NULL AS Card FROM story WHERE id = @Story";

    /// <summary>Says that a digest is no story, and names the stories it holds.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="channel">Where the digest stands.</param>
    /// <param name="asker">Who replied to it.</param>
    /// <param name="digest">Which.</param>
    /// <param name="cardUrl">The address of a card in that channel by its message's id.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task ChooseStoryAsync(
        DbConnection connection,
        ChannelId channel,
        MemberId asker,
        long digest,
        Func<string, string> cardUrl,
        DateTimeOffset now
    )
    {
        var stories = await connection.QueryAsync<StoryRow>(
            StoriesOfDigest,
            new { Digest = digest, Channel = channel.Value }
        );
        var list = string.Concat(
            stories.Select(story =>
                story.Card is null
                    ? $"\n- {Link(story)}"
                    : $"\n- {MarkdownEscape.Link(story.Headline, cardUrl(story.Card))}"
            )
        );
        await TellAsync(
            connection,
            asker,
            string.Create(CultureInfo.InvariantCulture, $"digest:{digest}"),
            "A digest is not one story, so your reply to it did not become a comment. "
                + $"Reply to a story's card instead:{list}",
            now
        );
    }

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="author">Who is muted.</param>
    /// <param name="platform">What it is called, such as "Discord".</param>
    /// <param name="until">How long.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static Task MutedAsync(
        DbConnection connection,
        MemberId author,
        string platform,
        DateTimeOffset until,
        DateTimeOffset now
    ) =>
        TellAsync(
            connection,
            author,
            string.Create(CultureInfo.InvariantCulture, $"muted:{until.Ms()}"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"A moderator has muted you until {until:d MMMM yyyy, HH:mm} UTC. What you write in {platform} until then does not become a comment."
            ),
            now
        );

    public static async Task ClosedAsync(
        DbConnection connection,
        MemberId author,
        StoryId story,
        bool isTakenDown,
        DateTimeOffset now
    )
    {
        var row = await connection.QuerySingleAsync<StoryRow>(FindStory, new { Story = story.Value });
        await TellAsync(
            connection,
            author,
            string.Create(CultureInfo.InvariantCulture, $"closed:{story.Value}"),
            isTakenDown
                ? "The story you answered was taken down, so your reply did not become a comment."
                : $"A moderator has closed the discussion of {Link(row)}, so your reply did not become a comment.",
            now
        );
    }

    private static Task TellAsync(
        DbConnection connection,
        MemberId member,
        string cause,
        string body,
        DateTimeOffset now
    ) => PrivateMessages.TellAsync(connection, member.Value, cause, body, now);

    private static string Link(StoryRow story) =>
        $"[{MarkdownEscape.Line(story.Headline)}]({PageAddresses.StoryPath(story.Id, story.Slug)})";

    private sealed class StoryRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public string? Card { get; init; }
    }
}
