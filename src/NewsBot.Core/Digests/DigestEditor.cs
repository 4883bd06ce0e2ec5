using NewsBot.Core.Posts;
using NewsBot.Core.Text;

namespace NewsBot.Core.Digests;

/// <summary>Chooses what a digest shows, and in which order. Pure.</summary>
public static class DigestEditor
{
    /// <summary>More lines than this nobody reads; what is left over waits for the next digest.</summary>
    public const int MaxLines = 30;

    /// <summary>Ranks the candidates: the best that have no card yet become cards, the rest lines.</summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="taste">How the channel wants it.</param>
    /// <param name="interest">What the community cares for.</param>
    /// <param name="now">When the digest is made.</param>
    public static DigestPlan Choose(
        IReadOnlyList<DigestCandidate> candidates,
        DigestTaste taste,
        CommunityInterest interest,
        DateTimeOffset now
    )
    {
        var ranked = candidates
            .OrderByDescending(candidate => DigestScore.Of(candidate, interest, now).Total)
            .ThenByDescending(candidate => candidate.PublishedAt)
            .ThenBy(candidate => candidate.Story.Value)
            .ToList();
        var (distinct, repeats) = Distinct(ranked);
        // Variety needs a choice: a channel of one source gets what there is.
        var isMixed = distinct.Select(one => one.Source).Distinct(StringComparer.Ordinal).Skip(1).Any();
        var places = new Places(isMixed ? taste : taste with { PerSource = int.MaxValue });
        var cards = distinct.Where(one => !one.IsCarded && places.TakeCard(one.Source)).ToList();
        var lines = distinct.Except(cards).Where(one => places.TakeLine(one.Source)).ToList();
        return new DigestPlan(cards, lines, repeats);
    }

    /// <returns>The line of a candidate.</returns>
    public static DigestLine Line(DigestCandidate candidate) =>
        new(
            candidate.Story,
            candidate.Headline,
            candidate.Url,
            candidate.Source,
            candidate.Comments,
            candidate.CardMessage
        );

    // Two stories that were not recognised as one still read as one.
    private static (List<DigestCandidate> Distinct, List<DigestCandidate> Repeats) Distinct(
        List<DigestCandidate> ranked
    )
    {
        HashSet<string> headlines = new(StringComparer.Ordinal);
        List<DigestCandidate> distinct = [];
        List<DigestCandidate> repeats = [];
        // What has its card already is the one that stays.
        foreach (var candidate in ranked.OrderByDescending(one => one.IsCarded))
        {
            var headline = string.Join(' ', WordTokens.Of(Folded.Of(candidate.Headline)));
            var isNew = headline.Length == 0 || headlines.Add(headline);
            (isNew ? distinct : repeats).Add(candidate);
        }

        return ([.. ranked.Where(distinct.Contains)], repeats);
    }

    private sealed class Places(DigestTaste taste)
    {
        private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
        private int _cards;
        private int _lines;

        public bool TakeCard(string source) => Take(source, ref _cards, taste.Cards, taste.CardsPerSource);

        public bool TakeLine(string source) => Take(source, ref _lines, MaxLines, taste.PerSource);

        private bool Take(string source, ref int used, int most, int mostOfSource)
        {
            var taken = _taken.GetValueOrDefault(source);
            if (used >= most || taken >= mostOfSource)
            {
                return false;
            }

            used++;
            _taken[source] = taken + 1;
            return true;
        }
    }
}

/// <summary>What a digest shows.</summary>
/// <param name="Cards">Best first.</param>
/// <param name="Lines">Best first.</param>
/// <param name="Repeats">Stories that say in the same words what another one says; they are not shown.</param>
public sealed record DigestPlan(
    IReadOnlyList<DigestCandidate> Cards,
    IReadOnlyList<DigestCandidate> Lines,
    IReadOnlyList<DigestCandidate> Repeats
);
