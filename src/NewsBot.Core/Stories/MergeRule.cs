namespace NewsBot.Core.Stories;

/// <summary>Decides what happens when a report turns out to belong to two stories at once. Pure.</summary>
public static class MergeRule
{
    /// <param name="older">The story that began first.</param>
    /// <param name="newer">The other one.</param>
    public static MergeDecision Decide(MergeSide older, MergeSide newer) =>
        (older.IsOut, newer.IsOut) switch
        {
            // People have seen or discussed both: which goes on is theirs to say.
            (true, true) => new MergeDecision(newer.Story, older.Story, IsSuggestion: true),
            (false, true) => new MergeDecision(older.Story, newer.Story, IsSuggestion: false),
            _ => new MergeDecision(newer.Story, older.Story, IsSuggestion: false),
        };
}

/// <summary>One of two stories that may be one.</summary>
/// <param name="Story">Which.</param>
/// <param name="Comments">How many comments it ever had.</param>
/// <param name="Posts">How many of its cards were posted or wait to be.</param>
public sealed record MergeSide(StoryId Story, long Comments, long Posts)
{
    public bool IsOut => Comments > 0 || Posts > 0;
}

/// <summary>Which story is to point to which.</summary>
/// <param name="Loser">The one that points.</param>
/// <param name="Winner">The one that goes on.</param>
/// <param name="IsSuggestion">True where moderators are asked; false where it is done.</param>
public sealed record MergeDecision(StoryId Loser, StoryId Winner, bool IsSuggestion);
