using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsBot.Testing.Checking;

/// <summary>
/// Each comment stands once in the thread of its story in every other channel that is mirrored, with its number, what it
/// answers and its words of now; what was deleted is nowhere to be read.
/// </summary>
internal static partial class CopyCheck
{
    public static void Look(CheckedWorld world, CheckReport report)
    {
        var channels = world.Channels.Values.Where(channel => channel.Mirror == "two-way").ToList();
        foreach (var told in world.Account.Stories)
        {
            if (!world.Stories.TryGetValue(told.Headline, out var story))
            {
                continue;
            }

            foreach (var channel in channels.Where(channel => told.Cards.Contains(channel.Id)))
            {
                LookAtThread(world, told, story, channel, report);
            }
        }

        LookForDeleted(world, report);
    }

    private static void LookAtThread(
        CheckedWorld world,
        ToldStory told,
        StoryRow story,
        ChannelRow channel,
        CheckReport report
    )
    {
        var copies = Copies(world, story, channel);
        foreach (
            var reply in world.Account.Replies.Where(reply =>
                reply.Headline == told.Headline && reply.Channel != channel.Id
            )
        )
        {
            if (!world.Comments.TryGetValue(reply.Mark, out var comment))
            {
                continue;
            }

            var own = copies.Where(copy => copy.Number == comment.Number).ToList();
            var expected = reply.IsDeleted || IsToldWithOthers(world, comment, channel) ? 0 : 1;
            report.Copies += expected;
            report.Posts += expected;
            report.Count(
                expected,
                own.Count,
                $"The copy of #{comment.Number} “{reply.Text}” of “{told.Headline}” from {reply.Side} in channel {channel.Id} ({channel.Side})"
            );
            if (expected == 1)
            {
                own.ForEach(copy => LookAtCopy(reply, comment, copy, report));
            }
        }

        var written = world
            .Comments.Values.Where(comment => comment.Story == story.Id && comment.Channel != channel.Id)
            .Select(comment => comment.Number)
            .ToHashSet();
        foreach (var copy in copies.Where(copy => !written.Contains(copy.Number)))
        {
            report.Add(
                FindingKind.Doubled,
                $"A copy of #{copy.Number} of “{told.Headline}” stands in channel {channel.Id} ({channel.Side}), where it does not belong: {copy.Text}"
            );
        }
    }

    private static void LookAtCopy(SaidReply reply, CommentRow comment, Copy copy, CheckReport report)
    {
        var name = $"The copy of #{comment.Number} “{reply.Text}” at {copy.Side}";
        // The words come last, behind what is quoted of others.
        if (!copy.Text.TrimEnd().EndsWith(reply.Text, StringComparison.Ordinal))
        {
            report.Add(FindingKind.Wrong, $"{name} says “{copy.Text}”.");
        }

        if (copy.Parent != comment.Parent)
        {
            report.Add(FindingKind.Wrong, $"{name} answers #{copy.Parent}, not #{comment.Parent}: “{copy.Text}”.");
        }

        if (comment.Author is { Length: > 0 } author && copy.Author is { } shown && shown != author)
        {
            report.Add(FindingKind.Wrong, $"{name} is by “{shown}”, not “{author}”.");
        }
    }

    // In a flood one message stands for many, from the lowest number on.
    private static bool IsToldWithOthers(CheckedWorld world, CommentRow comment, ChannelRow channel)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"comment:{comment.Id}");
        return world.Ledger.Posts.Any(post =>
                post.Channel == channel.Id
                && post.Subject == subject
                && post is { Operation: "create", State: "dropped" }
            )
            && world.Ledger.Posts.Any(post =>
                post.Channel == channel.Id
                && post is { Operation: "create", State: "sent" }
                && post.Subject.Split(':') is ["more", var story, var first]
                && long.Parse(story, CultureInfo.InvariantCulture) == comment.Story
                && long.Parse(first, CultureInfo.InvariantCulture) <= comment.Number
            );
    }

    private static List<Copy> Copies(CheckedWorld world, StoryRow story, ChannelRow channel) =>
        channel.Side switch
        {
            Side.Discord =>
            [
                .. world
                    .Cards(story, channel)
                    .SelectMany(card => world.Shown.Discord.Where(one => one.Place == card.Id))
                    .SelectMany(AtDiscord),
            ],
            Side.Slack =>
            [
                .. world
                    .Cards(story, channel)
                    .SelectMany(card =>
                        world.Shown.Slack.Where(one => one.Place == channel.ExternalId && one.Thread == card.Id)
                    )
                    .SelectMany(AtSlack),
            ],
            _ =>
            [
                .. world
                    .Ledger.Web.Where(row => row.Channel == channel.Id && row.Story == story.Id && row.Member is null)
                    .SelectMany(row => OnWeb(world, row)),
            ],
        };

    private static IEnumerable<Copy> AtDiscord(ShownMessage message) =>
        InDiscord().Match(message.Text) is { Success: true } match
            ? [new Copy(Side.Discord, Number(match, "number"), Number(match, "parent"), message.Text, message.Name)]
            : [];

    private static IEnumerable<Copy> AtSlack(ShownMessage message) =>
        InSlack().Match(message.Text) is { Success: true } match
            ? [new Copy(Side.Slack, Number(match, "number"), Number(match, "parent"), message.Text, message.Name)]
            : [];

    // A copy in the built-in chat is a pointer at its comment; the page shows what that says.
    private static IEnumerable<Copy> OnWeb(CheckedWorld world, WebRow row) =>
        row.PostKey?.Split(':', '/') is ["comment", var id, "0"]
        && world.Ledger.Comments.FirstOrDefault(comment => comment.Id == long.Parse(id, CultureInfo.InvariantCulture))
            is { } comment
            ? [new Copy(Side.Web, comment.Number, comment.Parent, comment.Body, comment.Author)]
            : [];

    private static void LookForDeleted(CheckedWorld world, CheckReport report)
    {
        var all = world.Shown.Discord.Concat(world.Shown.Slack).ToList();
        foreach (var reply in world.Account.Replies.Where(reply => reply.IsDeleted))
        {
            foreach (var message in all.Where(one => one.Everything.Contains(reply.Mark, StringComparison.Ordinal)))
            {
                report.Add(
                    FindingKind.Wrong,
                    $"“{reply.Text}” was deleted and is still to be read at {message.Side}: {message.Text}"
                );
            }
        }
    }

    private static long Number(Match match, string name) =>
        match.Groups[name] is { Success: true, ValueSpan: var digits }
            ? long.Parse(digits, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        @"\A-# \[?#(?<number>[0-9]+)\b([^\n]* · answers \[?#(?<parent>[0-9]+)\b)?",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex InDiscord();

    [GeneratedRegex(
        @"\A#(?<number>[0-9]+)\b([^\n:]*?\(answers #(?<parent>[0-9]+)\))?",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex InSlack();

    /// <param name="Side">Where it stands.</param>
    /// <param name="Number">The number it shows.</param>
    /// <param name="Parent">The number it says it answers; 0 for none.</param>
    /// <param name="Text">Its words.</param>
    /// <param name="Author">The name it bears; null where its words say it.</param>
    private sealed record Copy(Side Side, long Number, long Parent, string Text, string? Author);
}
