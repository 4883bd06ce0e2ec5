namespace NewsBot.Testing.Servers.FakeSlack.Faults;

/// <summary>What can go wrong: with a call of a method, with what is delivered, or with a socket.</summary>
public enum FakeFaultKind
{
    /// <summary>A call: 429 with a Retry-After.</summary>
    RateLimited,

    /// <summary>A call: 200 with ok:false and a code.</summary>
    Error,

    /// <summary>A call: an HTTP status of the server's own fault, with HTML.</summary>
    Status,

    /// <summary>A call: no answer at all, for as long as the client waits.</summary>
    Timeout,

    /// <summary>A call: the connection is cut.</summary>
    Abort,

    /// <summary>A call: 200 with HTML in the place of JSON.</summary>
    Html,

    /// <summary>A call: 200 with a body that ends in the middle of its JSON.</summary>
    HalfJson,

    /// <summary>A call: the answer comes late.</summary>
    Slow,

    /// <summary>A delivery: it is lost on its way, and retried as if the app had not answered.</summary>
    Drop,

    /// <summary>A delivery: it is lost for good.</summary>
    Lose,

    /// <summary>A delivery: it comes twice.</summary>
    Duplicate,

    /// <summary>A delivery: it comes after the next one.</summary>
    Reorder,

    /// <summary>A delivery: its acknowledgement is lost, so that it is retried.</summary>
    LoseAck,

    /// <summary>A delivery over HTTP: it is signed with another secret.</summary>
    WrongSignature,

    /// <summary>A delivery over HTTP: its timestamp is six minutes old.</summary>
    StaleTimestamp,

    /// <summary>A socket: the connection is cut.</summary>
    Cut,

    /// <summary>A socket: the server says that it will ask for a new connection soon, and does so ten seconds later.</summary>
    Warning,

    /// <summary>A socket: the server asks for a new connection.</summary>
    Refresh,

    /// <summary>A socket: Socket Mode was switched off.</summary>
    LinkDisabled,

    /// <summary>A socket: there are too many.</summary>
    TooManyWebsockets,

    /// <summary>A socket: the close frame of the client is never answered.</summary>
    NoCloseHandshake,

    /// <summary>A socket: what comes is no JSON.</summary>
    Garbage,
}
