using System.Globalization;

namespace NewsBot.Testing.Checking;

/// <summary>
/// Nothing waits any more, what is said to be posted stands there, and every message of ours is one that is known to be
/// posted: what nobody knows of is there twice.
/// </summary>
internal static class OutboxCheck
{
    public static void Look(CheckedWorld world, CheckReport report)
    {
        var (ledger, shown) = (world.Ledger, world.Shown);
        foreach (var post in ledger.Posts.Where(post => post.State == "waiting" && post.Priority <= 0))
        {
            report.Add(FindingKind.Waiting, $"The {post} was not sent.");
        }

        foreach (var post in ledger.Posts.Where(post => post.State == "failed"))
        {
            report.Add(FindingKind.Lost, $"The {post} was given up.");
        }

        if (ledger.WaitingEvents > 0)
        {
            report.Add(FindingKind.Waiting, $"{ledger.WaitingEvents} events of Slack were not taken into account.");
        }

        LookForTwins(shown, report);
        LookForKnown(world, report);
        var known = ledger.Posts.Select(world.Whereabouts).ToHashSet();
        foreach (
            var message in shown.Discord.Concat(shown.Slack).Where(message => !known.Contains(message.Whereabouts))
        )
        {
            report.Add(
                FindingKind.Doubled,
                $"Message {message.Id} in {message.Place} at {message.Side} is known to nobody: {message.Text} {message.Everything}"
            );
        }
    }

    /// <summary>No two messages of one place have the same key of ours.</summary>
    public static void LookForTwins(ShownMessages shown, CheckReport report)
    {
        foreach (
            var twins in shown
                .Discord.Concat(shown.Slack)
                .Where(message => message.Key is not null)
                .GroupBy(message => (message.Side, message.Place, message.Key))
                .Where(group => group.Count() > 1)
        )
        {
            report.Add(
                FindingKind.Doubled,
                $"{twins.Count()} messages at {twins.Key.Side} in {twins.Key.Place} have the key {twins.Key.Key}: {string.Join(" | ", twins.Select(one => $"{one.Id} {one.Text}"))}"
            );
        }
    }

    private static void LookForKnown(CheckedWorld world, CheckReport report)
    {
        var there = world
            .Shown.Discord.Concat(world.Shown.Slack)
            .Select(message => message.Whereabouts)
            .Concat(
                world.Ledger.Web.Select(row =>
                    Whereabouts.Of(Side.Web, "", row.Id.ToString(CultureInfo.InvariantCulture))
                )
            )
            .ToHashSet();
        var removed = world
            .Ledger.Posts.Where(post => post is { Operation: "delete", State: "sent" })
            .Select(post => (post.Channel, post.Subject, post.Part))
            .ToHashSet();
        foreach (var post in world.Ledger.Posts.Where(post => post is { Operation: "create", State: "sent" }))
        {
            var isRemoved = removed.Contains((post.Channel, post.Subject, post.Part));
            if (there.Contains(world.Whereabouts(post)) == isRemoved)
            {
                report.Add(
                    isRemoved ? FindingKind.Wrong : FindingKind.Lost,
                    $"The {post} is said to be message {post.Message}, which is {(isRemoved ? "still" : "not")} there."
                );
            }
        }
    }
}
