namespace NewsBot.Clients.Http;

/// <summary>Which addresses and tokens calls may be made with.</summary>
internal static class HttpRules
{
    // Real tokens are some 70 to 300 characters; this only keeps nonsense out of headers and paths.
    private const int LongestToken = 1_000;

    /// <summary>True for https, and for plain http only where it stays on this machine: tokens never travel readable.</summary>
    public static bool Allows(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    public static bool IsToken(string? token) =>
        token is { Length: > 0 and <= LongestToken } && token.All(letter => letter is > ' ' and <= '~');

    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Host == other.Host && one.Port == other.Port;

    /// <summary>No redirects, no cookies, and addresses looked up again now and then.</summary>
    public static SocketsHttpHandler CreateHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
}
