using System.Runtime.InteropServices;

namespace NewsBot.Core.Digests;

/// <summary>Something people of a community did with a story: one comment on it, or what one of them reacted to its card with.</summary>
/// <param name="Story">Which story.</param>
/// <param name="Source">Name of the source that led it.</param>
/// <param name="Topic">What it was about; null where nothing says so.</param>
/// <param name="At">When they did.</param>
/// <param name="Reactions">How many reactions a comment got; 1 for a person who reacted to the card.</param>
/// <param name="IsComment">Whether somebody wrote; else somebody only reacted to the card.</param>
public sealed record InterestSign(
    long Story,
    string Source,
    string? Topic,
    DateTimeOffset At,
    int Reactions,
    bool IsComment = true
);

/// <summary>How much a community cares for a source or a topic.</summary>
/// <param name="Strength">From 0 for what nobody talks about to 1.</param>
/// <param name="Stories">How many of its stories were talked about or reacted to in the last seven days.</param>
/// <param name="Silent">How many of those nobody wrote about: people only reacted to them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Liking(double Strength, int Stories, int Silent = 0)
{
    /// <summary>Of what nobody talked about.</summary>
    public static Liking None { get; }
}
