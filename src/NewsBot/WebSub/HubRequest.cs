using NewsBot.Core.Feeds;

namespace NewsBot.WebSub;

/// <summary>What a hub is to be asked.</summary>
/// <param name="Id">Which agreement.</param>
/// <param name="Feed">Whose news it is about.</param>
/// <param name="Hub">Whom to ask; as foreign as the feed that named it.</param>
/// <param name="Topic">What the hub calls the feed, letter by letter.</param>
/// <param name="Callback">Where the hub is to answer and to push.</param>
/// <param name="Secret">What pushes are signed with; null where it can no longer be read.</param>
/// <param name="Leaves">True to unsubscribe.</param>
/// <param name="Attempts">How often it was asked, with this time.</param>
internal sealed record HubRequest(
    long Id,
    FeedId Feed,
    Uri Hub,
    string Topic,
    Uri Callback,
    string? Secret,
    bool Leaves,
    int Attempts
)
{
    // A fortnight is what the large hubs give at most; they shorten it as they like.
    private const string LeaseSeconds = "1209600";

    /// <summary>The fields of the form. Source: https://www.w3.org/TR/websub/#subscriber-sends-subscription-request</summary>
    public IReadOnlyDictionary<string, string> Form()
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hub.mode"] = Leaves ? "unsubscribe" : "subscribe",
            ["hub.topic"] = Topic,
            ["hub.callback"] = Callback.AbsoluteUri,
        };
        if (!Leaves && Secret is { } secret)
        {
            form["hub.lease_seconds"] = LeaseSeconds;
            form["hub.secret"] = secret;
        }

        return form;
    }

    /// <summary>Names the agreement without its callback and secret.</summary>
    public override string ToString() => $"WebSub {Id}";
}

/// <summary>Where a push goes.</summary>
/// <param name="Id">Which agreement.</param>
/// <param name="Feed">Whose news it brings, whatever it says itself.</param>
/// <param name="Secret">What it has to be signed with; null where that can no longer be read.</param>
/// <param name="Seen">SHA-256 of the last bodies, the newest first.</param>
internal sealed record PushTarget(long Id, FeedId Feed, string? Secret, IReadOnlyList<string> Seen)
{
    /// <summary>Names the agreement without its secret.</summary>
    public override string ToString() => $"WebSub {Id}";
}
