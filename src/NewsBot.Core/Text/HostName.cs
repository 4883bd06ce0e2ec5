namespace NewsBot.Core.Text;

/// <summary>The name of a host as the network knows it. Pure.</summary>
public static class HostName
{
    /// <param name="url">An absolute address.</param>
    /// <returns>In its ASCII form; as it is written where no such form exists, so that nobody can be asked for it.</returns>
    public static string Of(Uri url) => TryAscii(url, out var host) ? host : url.Host;

    /// <summary>Whether the name can be asked for at all. An address can be well formed although its name never is one.</summary>
    public static bool IsUsable(Uri url) => TryAscii(url, out _);

    private static bool TryAscii(Uri url, out string host)
    {
        try
        {
            host = url.IdnHost;
            return true;
        }
        catch (UriFormatException)
        {
            host = "";
            return false;
        }
    }
}
