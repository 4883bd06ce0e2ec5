namespace NewsBot.Testing.Servers.FakeDiscord.Faults;

/// <summary>What can go wrong with a request.</summary>
public enum FakeFaultKind
{
    /// <summary>429 of the bucket.</summary>
    User,

    /// <summary>429 of the limit over all routes.</summary>
    Global,

    /// <summary>429 of a limit shared with others.</summary>
    Shared,

    /// <summary>429 although the headers say that requests are left.</summary>
    Hidden,

    /// <summary>429 whose only word is its body.</summary>
    NoHeaders,

    /// <summary>429 from the machine before Discord: HTML and a Retry-After.</summary>
    Cloudflare,

    /// <summary>An HTTP status of the server's own fault.</summary>
    Status,

    /// <summary>No answer at all, for as long as the client waits.</summary>
    Timeout,

    /// <summary>The connection is cut.</summary>
    Abort,

    /// <summary>200 with HTML in the place of JSON.</summary>
    Html,

    /// <summary>200 with a body that ends in the middle of its JSON.</summary>
    HalfJson,

    /// <summary>The answer comes late.</summary>
    Slow,

    /// <summary>The buckets get new hashes.</summary>
    NewBuckets,
}
