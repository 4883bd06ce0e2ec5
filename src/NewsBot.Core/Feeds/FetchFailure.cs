namespace NewsBot.Core.Feeds;

/// <summary>Why there is no document, as it is counted.</summary>
public enum FetchFailure
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>We did not ask, or read no further: the address is not allowed, the answer too large or redirected too often.</summary>
    Refused,

    /// <summary>The host's name was not found.</summary>
    Name,

    /// <summary>No connection, or one that broke.</summary>
    Connection,

    /// <summary>No encrypted connection.</summary>
    Tls,

    /// <summary>The answer took too long.</summary>
    Timeout,

    /// <summary>A login is wanted, or another one.</summary>
    Login,

    /// <summary>An answer that is no document.</summary>
    Status,
}
