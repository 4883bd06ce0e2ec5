namespace NewsBot.Clients.Http;

/// <summary>What it means that no answer came.</summary>
internal static class HttpFailures
{
    /// <summary>True where the server cannot have got the call, so that trying again never does it twice.</summary>
    public static bool WasNeverSent(HttpRequestError error) =>
        error
            is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    /// <param name="platform">Who was called, such as Discord.</param>
    /// <param name="error">How it failed.</param>
    public static string Words(string platform, HttpRequestError error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => $"The name of {platform}'s server was not found",
            HttpRequestError.ConnectionError => $"{platform}'s server could not be reached",
            HttpRequestError.SecureConnectionError => $"{platform}'s server could not prove who it is",
            HttpRequestError.ProxyTunnelError => "The proxy did not let the call through",
            _ => $"The connection to {platform} broke",
        };
}
