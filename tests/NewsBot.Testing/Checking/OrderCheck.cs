using System.Globalization;

namespace NewsBot.Testing.Checking;

/// <summary>A channel's posts stand in the order they were written into the outbox, so that a copy comes behind what it answers.</summary>
internal static class OrderCheck
{
    public static void Look(CheckedWorld world, CheckReport report)
    {
        var copies = world
            .Ledger.Posts.Where(post =>
                post is { Operation: "create", State: "sent", Message: not null }
                && post.Subject.StartsWith("comment:", StringComparison.Ordinal)
            )
            // What was posted anew stands where it was posted last.
            .GroupBy(post => (post.Channel, post.Subject))
            .ToDictionary(posts => posts.Key, posts => posts.MaxBy(post => post.Part)!);
        foreach (var comment in world.Ledger.Comments.Where(comment => comment.Parent > 0))
        {
            var parent = world.Ledger.Comments.FirstOrDefault(one =>
                one.Story == comment.Story && one.Number == comment.Parent
            );
            foreach (var channel in world.Channels.Values)
            {
                if (
                    parent is not null
                    && copies.TryGetValue((channel.Id, Subject(comment)), out var reply)
                    && copies.TryGetValue((channel.Id, Subject(parent)), out var answered)
                    && answered.Part == 0
                    && Compare(reply.Message!, answered.Message!) < 0
                )
                {
                    report.Add(
                        FindingKind.Disordered,
                        $"In channel {channel.Id} ({channel.Side}) the copy of #{comment.Number} of story {comment.Story} stands before that of #{parent.Number}, which it answers."
                    );
                }
            }
        }

        foreach (var channel in world.Channels.Values)
        {
            LookAtCards(world, channel, report);
        }
    }

    private static void LookAtCards(CheckedWorld world, ChannelRow channel, CheckReport report)
    {
        PostRow? before = null;
        foreach (
            var post in world.Ledger.Posts.Where(post =>
                post.Channel == channel.Id
                && post is { Operation: "create", State: "sent", Message: not null }
                && (
                    post.Subject.StartsWith("story:", StringComparison.Ordinal)
                    || post.Subject.StartsWith("digest:", StringComparison.Ordinal)
                )
            )
        )
        {
            // What was put off lets those behind it pass.
            if (before is not null && before.Due <= post.Due && Compare(post.Message!, before.Message!) < 0)
            {
                report.Add(
                    FindingKind.Disordered,
                    $"In channel {channel.Id} ({channel.Side}) the {post} stands before the {before}."
                );
            }

            before = post;
        }
    }

    private static string Subject(CommentRow comment) =>
        string.Create(CultureInfo.InvariantCulture, $"comment:{comment.Id}");

    // Ids of a platform grow and are decimal numbers, so the longer text is the greater one.
    private static int Compare(string one, string other) =>
        one.Length == other.Length ? string.CompareOrdinal(one, other) : one.Length.CompareTo(other.Length);
}
