using System.Runtime.InteropServices;

namespace NewsBot.Core.Digests;

/// <summary>Something people of a community did with a story: one comment on it.</summary>
/// <param name="Story">Which story.</param>
/// <param name="Source">Name of the source that led it.</param>
/// <param name="Topic">What it was about; null where nothing says so.</param>
/// <param name="At">When they wrote.</param>
/// <param name="Reactions">How many reactions the comment got.</param>
public sealed record InterestSign(long Story, string Source, string? Topic, DateTimeOffset At, int Reactions);

/// <summary>How much a community cares for a source or a topic.</summary>
/// <param name="Strength">From 0 for what nobody talks about to 1.</param>
/// <param name="Stories">How many of its stories were talked about in the last seven days.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Liking(double Strength, int Stories)
{
    /// <summary>Of what nobody talked about.</summary>
    public static Liking None { get; }
}
