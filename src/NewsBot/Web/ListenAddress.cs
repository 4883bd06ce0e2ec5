namespace NewsBot.Web;

/// <summary>Where a listener can be reached from its own machine.</summary>
internal static class ListenAddress
{
    /// <param name="listened">An address to listen at; one that means every address of the machine is also on loopback.</param>
    public static Uri Reachable(string listened)
    {
        var url = new UriBuilder(listened);
        url.Host = url.Host is "0.0.0.0" or "[::]" or "+" or "*" ? "127.0.0.1" : url.Host;
        return url.Uri;
    }
}
