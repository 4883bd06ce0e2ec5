namespace NewsBot.Core.Digests;

/// <summary>How a channel wants its digest.</summary>
/// <param name="Cards">Most cards; 0 for a digest of lines only.</param>
/// <param name="PerSource">Most stories of one source, of which at most half are cards.</param>
public sealed record DigestTaste(int Cards, int PerSource)
{
    /// <summary>What holds for a channel that says nothing else.</summary>
    public const int UsualPerSource = 6;

    /// <summary>The number of stories a channel may allow each source at most.</summary>
    public const int MostPerSource = 35;

    /// <summary>Most cards of one source.</summary>
    public int CardsPerSource => Math.Max(1, PerSource / 2);
}
