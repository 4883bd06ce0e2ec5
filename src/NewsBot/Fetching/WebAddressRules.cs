using System.Collections.Frozen;
using NewsBot.Core.Text;

namespace NewsBot.Fetching;

/// <summary>Which addresses are fetched at all, before any name is looked up. Pure.</summary>
internal static class WebAddressRules
{
    private const int MaxLength = 4_096;

    // Other protocols live here; a request sent there could be read as commands. The list of
    // https://fetch.spec.whatwg.org/#port-blocking without X11's neighbours, and the usual ports of databases and admin doors.
    private static readonly FrozenSet<int> ClosedPorts = FrozenSet.Create([
        .. (ReadOnlySpan<int>)
            [
                0,
                1,
                7,
                9,
                11,
                13,
                15,
                17,
                19,
                20,
                21,
                22,
                23,
                25,
                37,
                42,
                43,
                53,
                69,
                77,
                79,
                87,
                95,
                101,
                102,
                103,
                104,
            ],
        .. (ReadOnlySpan<int>)
            [109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 138, 139, 143, 161, 162, 179, 389, 427, 445, 465],
        .. (ReadOnlySpan<int>)
            [512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 873, 989, 990, 993, 995],
        .. (ReadOnlySpan<int>)
            [1_433, 1_521, 1_719, 1_720, 1_723, 2_049, 2_375, 2_376, 2_379, 3_306, 3_389, 3_659, 4_045, 4_190, 5_060],
        .. (ReadOnlySpan<int>)
            [5_061, 5_432, 5_900, 6_000, 6_379, 6_566, 6_665, 6_666, 6_667, 6_668, 6_669, 6_679, 6_697, 9_042, 10_080],
        .. (ReadOnlySpan<int>)[11_211, 27_017],
    ]);

    /// <summary>Says what is wrong with an address.</summary>
    /// <returns>One sentence without secrets; null where it may be fetched.</returns>
    public static string? Complaint(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return "Only http and https addresses can be fetched.";
        }

        if (url.UserInfo.Length > 0)
        {
            return $"The address at {url.Host} holds a user name or password; remove it from the address.";
        }

        if (url.Host.Length == 0 || url.AbsoluteUri.Length > MaxLength)
        {
            return "The address has no host or is too long.";
        }

        if (!HostName.IsUsable(url))
        {
            return "The address names a host that cannot exist; check it for odd letters.";
        }

        return ClosedPorts.Contains(url.Port)
            ? $"Port {url.Port} of {url.Host} belongs to another kind of service than the web and is never fetched."
            : null;
    }

    /// <summary>Host, and port where it is not the usual one: what a sentence may name.</summary>
    public static string Place(Uri url) => url.IsDefaultPort ? url.Host : $"{url.Host}:{url.Port}";
}
