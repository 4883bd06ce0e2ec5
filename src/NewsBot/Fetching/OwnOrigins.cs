namespace NewsBot.Fetching;

/// <summary>Addresses of this very process that may be fetched although they are not public: the sample newsroom.</summary>
internal sealed class OwnOrigins
{
    private volatile Uri[] _prefixes = [];

    /// <summary>Adds one; may be called at any time.</summary>
    /// <param name="prefix">Scheme, host, port and a path that ends with a slash, such as http://127.0.0.1:5080/sample/.</param>
    /// <exception cref="ArgumentException">The path does not end with a slash, or there is a query.</exception>
    public void Add(Uri prefix)
    {
        if (!prefix.AbsolutePath.EndsWith('/') || prefix.Query.Length > 0)
        {
            throw new ArgumentException("An own origin ends with a slash and has no query.", nameof(prefix));
        }

        _prefixes = [.. _prefixes, prefix];
    }

    /// <summary>Whether this is exactly one of our origins and below its path.</summary>
    public bool Cover(Uri url) =>
        Array.Exists(
            _prefixes,
            prefix =>
                url.Scheme == prefix.Scheme
                && url.Host == prefix.Host
                && url.Port == prefix.Port
                && url.AbsolutePath.StartsWith(prefix.AbsolutePath, StringComparison.Ordinal)
                && !MayClimb(url.AbsolutePath)
        );

    /// <summary>Whether a connection for one of our origins may go to this host and port.</summary>
    public bool Listen(string host, int port) =>
        Array.Exists(_prefixes, prefix => prefix.IdnHost == host && prefix.Port == port);

    // What a server makes of escaped dots and slashes is its own affair; we have no need for them.
    private static bool MayClimb(string path) =>
        path.Contains("..", StringComparison.Ordinal)
        || path.Contains('\\', StringComparison.Ordinal)
        || path.Contains("%2e", StringComparison.OrdinalIgnoreCase)
        || path.Contains("%2f", StringComparison.OrdinalIgnoreCase)
        || path.Contains("%5c", StringComparison.OrdinalIgnoreCase);
}
