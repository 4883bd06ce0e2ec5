namespace NewsBot.Core.Sources;

/// <summary>What a filter decided about an entry, and why.</summary>
/// <param name="Passes">Whether the entry goes on.</param>
/// <param name="Term">The part of the filter that decided, in canonical form; empty for a filter without terms.</param>
/// <param name="Found">Where it was found, such as “the title”; null where it was decisive that it was not found.</param>
public sealed record FilterVerdict(bool Passes, string Term, string? Found)
{
    /// <summary>The decision in words, such as “by -rumor, found in the title”.</summary>
    public string Reason =>
        (Term, Found) switch
        {
            ("", _) => "by an empty filter, which lets everything through",
            (_, null) => $"by {Term}, not found",
            _ => $"by {Term}, found in {Found}",
        };
}
