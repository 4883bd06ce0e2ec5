namespace NewsBot.Tests.Mirroring;

/// <summary>Makes up discussions, and tells one of them in any order in which platforms may tell it. Pure.</summary>
internal static class Gossip
{
    /// <summary>As much as one discussion has of everything.</summary>
    public const int MostHappenings = 200;

    private const int RecentMessages = 4;
    private const int Neighbours = 8;

    /// <summary>Makes up a discussion.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="places">How many channels there are.</param>
    /// <param name="members">How many people there are.</param>
    public static IReadOnlyList<Happening> Of(Random random, int places, int members)
    {
        var length = random.Next(4, MostHappenings);
        List<Happening> all = [];
        var messages = 0;
        var versions = 0;
        while (all.Count < length)
        {
            // What was just said is talked about most.
            var message =
                messages == 0 ? 0
                : random.Next(3) == 0 ? random.Next(messages)
                : messages - 1 - random.Next(Math.Min(RecentMessages, messages));
            all.Add(
                (messages == 0 ? 0 : random.Next(13)) switch
                {
                    <= 4 => new Happening.Said(
                        messages++,
                        random.Next(places),
                        random.Next(members),
                        messages > 1 && random.Next(3) > 0 ? random.Next(messages - 1) : null
                    ),
                    <= 6 => new Happening.Edited(message, ++versions),
                    7 => new Happening.Deleted(message),
                    8 => new Happening.Judged(message, random.Next(2) == 0),
                    <= 10 => new Happening.Reacted(message, random.Next(members), random.Next(3) > 0),
                    11 => new Happening.Sent(),
                    _ => new Happening.Echoed(),
                }
            );
        }

        return all;
    }

    /// <summary>The same in another order, with much of it told more than once.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="all">The discussion.</param>
    /// <param name="keepsOrderOfMessages">Whether messages come in the order in which they were written.</param>
    public static IReadOnlyList<Happening> Retold(
        Random random,
        IReadOnlyList<Happening> all,
        bool keepsOrderOfMessages
    )
    {
        List<Happening> waiting = [.. all];
        List<Happening> told = [];
        while (waiting.Count > 0)
        {
            // Neighbours change places more often than what lies far apart.
            var index = random.Next(random.Next(4) == 0 ? waiting.Count : Math.Min(Neighbours, waiting.Count));
            var next = waiting[index];
            if (waiting.Take(index).Any(earlier => MustComeFirst(earlier, next, keepsOrderOfMessages)))
            {
                continue;
            }

            waiting.RemoveAt(index);
            told.Add(next);
            if (random.Next(4) == 0)
            {
                told.Add(next);
            }

            // A platform may tell again what it told long ago. What a moderator does here is no such thing, and the chats'
            // own counters keep old reactions away.
            if (
                random.Next(4) == 0
                && told[random.Next(told.Count)] is var old
                && old is not (Happening.Judged or Happening.Reacted)
            )
            {
                told.Add(old);
            }
        }

        return told;
    }

    private static bool MustComeFirst(Happening earlier, Happening later, bool keepsOrderOfMessages) =>
        (earlier, later) switch
        {
            (Happening.Said first, Happening.Said second) => keepsOrderOfMessages || second.Answers == first.Message,
            // Only what stands here can be judged or reacted to, and both have an order of their own.
            (Happening.Said first, Happening.Judged or Happening.Reacted) => first.Message == later.Message,
            (Happening.Judged, Happening.Judged) => earlier.Message == later.Message,
            (Happening.Reacted, Happening.Reacted) => earlier.Message == later.Message,
            _ => false,
        };
}
