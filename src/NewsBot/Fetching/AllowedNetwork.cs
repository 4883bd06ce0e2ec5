using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace NewsBot.Fetching;

/// <summary>A private network feeds may be fetched from all the same.</summary>
/// <param name="Network">Its addresses.</param>
/// <param name="Port">The only port allowed there; null for all that are not refused everywhere.</param>
internal sealed record AllowedNetwork(IPNetwork Network, int? Port)
{
    /// <summary>Reads "10.1.0.0/16", "127.0.0.1/32:8080" or "fd00::/8:8080".</summary>
    /// <returns>False where it is written in any other way.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AllowedNetwork? network)
    {
        network = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0)
        {
            return false;
        }

        // An IPv6 address has colons of its own, but only before the slash.
        var colon = text!.IndexOf(':', slash);
        var range = colon < 0 ? text : text[..colon];
        int? port = null;
        if (colon >= 0)
        {
            if (
                !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > 65_535
            )
            {
                return false;
            }

            port = number;
        }

        if (!IPNetwork.TryParse(range, out var parsed))
        {
            return false;
        }

        network = new AllowedNetwork(parsed, port);
        return true;
    }

    /// <summary>Whether a connection to this address and port is within it.</summary>
    public bool Holds(IPAddress address, int port) =>
        (Port is null || Port == port) && Network.Contains(AddressRanges.Plain(address));
}
