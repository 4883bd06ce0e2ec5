namespace NewsBot.Testing.Checking;

/// <summary>A story that feeds told, and where it has to stand.</summary>
/// <param name="Headline">Unlike every other, and no part of another.</param>
/// <param name="Cards">Rows of the channels in which its card has to stand once.</param>
/// <param name="Digests">Rows of the channels in whose digests it has to be once.</param>
internal sealed record ToldStory(string Headline, IReadOnlyList<long> Cards, IReadOnlyList<long> Digests);
