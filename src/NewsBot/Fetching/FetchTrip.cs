using NewsBot.Core.Feeds;

namespace NewsBot.Fetching;

/// <summary>Where one fetch stands: the address it has reached and the time it has left.</summary>
/// <param name="start">The address asked for.</param>
/// <param name="own">Whether it is one of our own origins; the whole trip has to stay there.</param>
/// <param name="timeout">Time on the network for the whole trip.</param>
internal sealed class FetchTrip(Uri start, OwnOrigins own, TimeSpan timeout)
{
    /// <summary>More than any honest site needs; browsers stop at 20.</summary>
    public const int MaxRedirects = 10;

    private readonly HashSet<Uri> _seen = [start];
    private bool _permanent = true;
    private bool _hasLeft;

    public Uri Url { get; private set; } = start;

    public bool Own { get; } = own.Cover(start);

    /// <summary>What opens the document; null for none.</summary>
    public FeedLogin? Login { get; init; }

    /// <summary>What is sent to the present address. Once a redirect led elsewhere nothing is sent any more, not even back home.</summary>
    public FeedLogin? SentLogin => !_hasLeft && !Own && Login?.IsFor(Url) == true ? Login : null;

    /// <summary>True where whoever sits in between could read the login.</summary>
    public bool ShowsLogin => SentLogin is not null && Url.Scheme != Uri.UriSchemeHttps;

    public TimeSpan Left { get; private set; } = timeout;

    /// <summary>What a sentence may say of the present address.</summary>
    public string Place => WebAddressRules.Place(Url);

    /// <summary>The new address, where there was a redirect and all were permanent. A login stays with its server.</summary>
    public Uri? MovedTo => _permanent && _seen.Count > 1 && !_hasLeft ? Url : null;

    /// <summary>Takes the time of one request off.</summary>
    public void Spend(TimeSpan spent) => Left = spent < Left ? Left - spent : TimeSpan.Zero;

    /// <summary>Goes on to where a redirect leads.</summary>
    /// <param name="location">As sent; null where absent.</param>
    /// <param name="permanent">301 or 308.</param>
    /// <exception cref="FetchRefusedException">It leads nowhere, in a circle, too far, or where nothing is fetched.</exception>
    public void Follow(Uri? location, bool permanent)
    {
        if (location is null || !Uri.TryCreate(Url, location, out var next))
        {
            throw new FetchRefusedException($"{Place} redirects without saying where to.");
        }

        if (WebAddressRules.Complaint(next) is { } complaint)
        {
            throw new FetchRefusedException($"{Place} redirects elsewhere. {complaint}");
        }

        if (next.Fragment.Length > 0)
        {
            next = new UriBuilder(next) { Fragment = "" }.Uri;
        }

        if (Own && !own.Cover(next))
        {
            throw new FetchRefusedException($"{Place} redirects out of the sample newsroom, which is not followed.");
        }

        if (!_seen.Add(next))
        {
            throw new FetchRefusedException($"{Place} redirects in a circle; the owner of the site has to mend that.");
        }

        if (_seen.Count > MaxRedirects + 1)
        {
            throw new FetchRefusedException($"{Place} redirects more than {MaxRedirects} times, so it was given up.");
        }

        // A new address without encryption is followed but not kept: whoever sits in between could have sent it.
        _permanent = _permanent && permanent && !(Url.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp);
        _hasLeft = _hasLeft || Login?.IsFor(next) == false;
        Url = next;
    }
}
