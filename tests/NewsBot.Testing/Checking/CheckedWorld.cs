using System.Globalization;

namespace NewsBot.Testing.Checking;

/// <summary>What happened beside what was found of it.</summary>
internal sealed class CheckedWorld
{
    private CheckedWorld() { }

    public required Account Account { get; init; }

    public required Ledger Ledger { get; init; }

    public required ShownMessages Shown { get; init; }

    /// <summary>The story's row of each headline that was found once.</summary>
    public required IReadOnlyDictionary<string, StoryRow> Stories { get; init; }

    public required IReadOnlyDictionary<long, ChannelRow> Channels { get; init; }

    /// <summary>The comment of each mark that was found once.</summary>
    public required IReadOnlyDictionary<string, CommentRow> Comments { get; init; }

    public static CheckedWorld Of(Account account, Ledger ledger, ShownMessages shown, CheckReport report)
    {
        Dictionary<string, StoryRow> stories = new(StringComparer.Ordinal);
        foreach (var told in account.Stories)
        {
            var found = ledger.Stories.Where(story => story.Headline == told.Headline).ToList();
            report.Count(1, found.Count, $"The story “{told.Headline}” in the database");
            if (found.Count == 1)
            {
                stories[told.Headline] = found[0];
            }
        }

        Dictionary<string, CommentRow> comments = new(StringComparer.Ordinal);
        foreach (var reply in account.Replies)
        {
            var found = ledger.Comments.Where(comment => Is(reply, comment)).ToList();
            // Nobody has to have seen what was deleted at once.
            if (found.Count > 1 || (found.Count == 0 && !reply.MayBeUnknown && !reply.IsDeleted))
            {
                report.Count(1, found.Count, $"The reply “{reply.Text}” ({reply.Side}) in the database");
            }

            if (found.Count == 1)
            {
                comments[reply.Mark] = found[0];
            }
        }

        return new CheckedWorld
        {
            Account = account,
            Ledger = ledger,
            Shown = shown,
            Stories = stories,
            Channels = ledger.Channels.ToDictionary(channel => channel.Id),
            Comments = comments,
        };
    }

    /// <summary>The messages of ours that are the card of a story in a channel.</summary>
    public IReadOnlyList<ShownMessage> Cards(StoryRow story, ChannelRow channel)
    {
        // The button below a card names its story.
        var button = string.Create(CultureInfo.InvariantCulture, $"discuss:{story.Id}:");
        return channel.Side switch
        {
            Side.Discord =>
            [
                .. Shown.Discord.Where(one =>
                    one.Place == channel.ExternalId && one.Everything.Contains(button, StringComparison.Ordinal)
                ),
            ],
            Side.Slack =>
            [
                .. Shown.Slack.Where(one =>
                    one.Place == channel.ExternalId
                    && one.Thread is null
                    && one.Everything.Contains(button, StringComparison.Ordinal)
                ),
            ],
            _ =>
            [
                .. Ledger
                    .Web.Where(row =>
                        row.Channel == channel.Id
                        && row.Story == story.Id
                        && row.Member is null
                        && row.PostKey?.StartsWith("story:", StringComparison.Ordinal) == true
                    )
                    .Select(row => new ShownMessage(
                        Side.Web,
                        channel.ExternalId,
                        row.Id.ToString(CultureInfo.InvariantCulture),
                        row.Body,
                        row.Body
                    )),
            ],
        };
    }

    /// <summary>The message that a post is said to have made.</summary>
    public Whereabouts Whereabouts(PostRow post)
    {
        var channel = Channels[post.Channel];
        return Checking.Whereabouts.Of(channel.Side, channel.ExternalId, post.Message ?? "");
    }

    private static bool Is(SaidReply reply, CommentRow comment) =>
        reply.Message is { } message
            ? comment.Channel == reply.Channel && comment.Message == message
            : comment.Body.Contains(reply.Mark, StringComparison.Ordinal);
}
