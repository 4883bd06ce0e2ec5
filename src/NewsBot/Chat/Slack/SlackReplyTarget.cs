using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using NewsBot.Clients.Slack;
using NewsBot.Core.Stories;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Finds what a message of Slack answers. Threads are flat there: a reply answers the story, unless it names a number or
/// begins with the link of a comment's message.
/// </summary>
internal static partial class SlackReplyTarget
{
    private const string FindComment = """
        SELECT c.number FROM comment c JOIN channel ch ON ch.id = c.channel_id
        JOIN workspace w ON w.id = ch.workspace_id
        WHERE c.story_id = @Story AND c.message_id = @Message AND ch.external_id = @Channel AND w.platform = 'slack'
        UNION ALL
        SELECT c.number FROM post p JOIN comment c ON c.id = CASE WHEN p.subject LIKE 'comment:%' THEN CAST(SUBSTR(p.subject, 9) AS BIGINT) END
        JOIN channel ch ON ch.id = p.channel_id JOIN workspace w ON w.id = ch.workspace_id
        WHERE c.story_id = @Story AND p.message_id = @Message AND p.operation = 'create'
          AND p.subject LIKE 'comment:%' AND ch.external_id = @Channel AND w.platform = 'slack'
        LIMIT 1
        """;

    /// <param name="connection">Any connection.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="thread">The parent of its thread.</param>
    /// <param name="typed">What was typed, see <see cref="SlackReader.Typed"/>.</param>
    public static async Task<ReplyTarget> FindAsync(
        DbConnection connection,
        SlackReplyPlace place,
        SlackTs thread,
        string typed
    )
    {
        if (place.Story is { } story)
        {
            return await QuotedAsync(connection, story, typed) is { } number
                ? new ReplyTarget.Comment(story, number, typed, thread.Text)
                : await ReplyTarget.OfStoryAsync(connection, story, typed, thread.Text);
        }

        return await ReplyTarget.OfPostAsync(connection, place.Channel, thread.Text, typed) is { } target ? target
            : await ReplyTarget.IsSendingAsync(connection, place.Channel) ? new ReplyTarget.NotYetKnown()
            : new ReplyTarget.Nothing();
    }

    /// <summary>The link that Slack gives out for a message, at the beginning of an answer to it.</summary>
    private static async Task<int?> QuotedAsync(DbConnection connection, StoryId story, string typed)
    {
        var link = Permalink().Match(typed);
        if (!link.Success || typed[link.Length..].Trim().Length == 0)
        {
            return null;
        }

        var digits = link.Groups["digits"].Value;
        var number = await connection.ExecuteScalarAsync<long?>(
            FindComment,
            new
            {
                Story = story.Value,
                Channel = link.Groups["channel"].Value,
                Message = $"{digits[..^6]}.{digits[^6..]}",
            }
        );
        return (int?)number;
    }

    [GeneratedRegex(
        @"^(&gt;\s*)?<https?://[^/\s|<>]{1,253}/archives/(?<channel>[A-Z0-9]{1,32})/p(?<digits>[0-9]{7,30})(\?[^|<>\s]{0,500})?(\|[^<>]{0,500})?>",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Permalink();
}
