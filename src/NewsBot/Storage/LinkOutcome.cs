using NewsBot.Core.Communities;

namespace NewsBot.Storage;

/// <summary>How joining two names ended.</summary>
internal abstract record LinkOutcome
{
    private LinkOutcome() { }

    /// <summary>Nobody's code, or one that is too old.</summary>
    public static LinkOutcome NoCode { get; } =
        new Refused(
            "This is nobody's code, or it is older than ten minutes. `/news me link` shows a new one where your other name is; only names of the same community can be joined."
        );

    /// <param name="Member">The row that stays.</param>
    /// <param name="Emptied">The row whose things went to it.</param>
    /// <param name="First">What counted for the one that stays.</param>
    /// <param name="Second">What counted for the other.</param>
    /// <param name="Both">What counts now.</param>
    internal sealed record Joined(
        MemberId Member,
        MemberId Emptied,
        PersonFacts First,
        PersonFacts Second,
        PersonFacts Both
    ) : LinkOutcome;

    /// <param name="Markdown">Why not.</param>
    internal sealed record Refused(string Markdown) : LinkOutcome;
}
