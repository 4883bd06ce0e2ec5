namespace NewsBot.Core.Feeds;

/// <summary>Who tells a feed's news as soon as there is any. Source: https://www.w3.org/TR/websub/#discovery</summary>
/// <param name="Hub">Where to subscribe; absolute http or https address.</param>
/// <param name="Topic">What the hub calls the feed.</param>
public sealed record FeedHub(Uri Hub, Uri Topic)
{
    // Twice what browsers take; what is longer is there to fill the database.
    private const int MaxLength = 4_096;

    /// <summary>Finds the hub of a feed that was fetched. What the headers say goes before what the document says.</summary>
    /// <param name="document">The feed.</param>
    /// <param name="fetched">The answer it came with.</param>
    /// <returns>Null where it names none.</returns>
    public static FeedHub? Of(ParsedFeed document, FetchOutcome.Fetched fetched)
    {
        var topic = fetched.Self ?? document.Self ?? fetched.FinalUrl;
        return
            (fetched.Hub ?? document.Hub) is { } hub
            && hub.AbsoluteUri.Length <= MaxLength
            && topic.OriginalString.Length <= MaxLength
            ? new FeedHub(hub, topic)
            : null;
    }

    /// <summary>The hub to prefer: the first, but one with https before one without.</summary>
    public static Uri? Better(Uri? known, Uri? offered) =>
        known is null || (known.Scheme == Uri.UriSchemeHttp && offered?.Scheme == Uri.UriSchemeHttps) ? offered : known;
}
