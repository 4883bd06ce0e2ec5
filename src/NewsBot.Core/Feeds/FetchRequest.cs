namespace NewsBot.Core.Feeds;

/// <summary>One conditional GET.</summary>
/// <param name="Url">Absolute http or https address.</param>
/// <param name="ETag">Validator of the last answer, as sent; null for none.</param>
/// <param name="LastModified">Validator of the last answer, as sent; null for none.</param>
/// <param name="BodyHash">Hash of the last body, so that an unchanged 200 is seen; null for none.</param>
public sealed record FetchRequest(Uri Url, string? ETag, string? LastModified, string? BodyHash)
{
    /// <summary>What the document is wanted for; a feed where nothing else is said.</summary>
    public FetchKind Kind { get; init; } = FetchKind.Feed;

    /// <summary>What opens it; sent to its own server only, and only with a feed. Null for none.</summary>
    public FeedLogin? Login { get; init; }

    /// <summary>A first look at an address: no validators.</summary>
    public static FetchRequest First(Uri url) => new(url, null, null, null);
}
