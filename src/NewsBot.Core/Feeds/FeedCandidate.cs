namespace NewsBot.Core.Feeds;

/// <summary>An address where a feed may be.</summary>
/// <param name="Url">Absolute http or https address.</param>
/// <param name="Title">Plain text, what the page calls the feed; null where it does not say.</param>
/// <param name="Declared">True where the page itself names it as its feed; false for a guess that must be tried.</param>
public sealed record FeedCandidate(Uri Url, string? Title, bool Declared);
