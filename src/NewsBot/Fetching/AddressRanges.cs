using System.Net;
using System.Net.Sockets;

namespace NewsBot.Fetching;

/// <summary>
/// Tells addresses of the public internet from all others. Pure. Sources:
/// https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry
/// </summary>
internal static class AddressRanges
{
    private static readonly IPNetwork[] ClosedV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // carrier-grade NAT
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local, and the metadata servers of clouds
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, broadcast
    ];

    // All public IPv6 lies in here; loopback, unique local, link-local and multicast addresses do not.
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] ClosedV6 =
    [
        IPNetwork.Parse("2001::/23"), // Teredo, benchmarks, ORCHID: an IPv4 address may hide inside
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4: an IPv4 address hides inside
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    // Networks without IPv4 reach it through this prefix (RFC 6052); what counts is the address inside.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether anyone on the internet could reach this address too.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        if (plain.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(ClosedV4, range => range.Contains(plain));
        }

        if (plain.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        var inside = new IPAddress(plain.GetAddressBytes().AsSpan(12));
        if (Nat64.Contains(plain))
        {
            return IsPublic(inside);
        }

        return GlobalV6.Contains(plain)
            && !Array.Exists(ClosedV6, range => range.Contains(plain))
            && (!IsIsatap(plain) || IsPublic(inside));
    }

    /// <summary>The IPv4 address where it is one in IPv6 clothes (::ffff:a.b.c.d), else the address without its scope.</summary>
    public static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress(address.GetAddressBytes())
            : address;
    }

    // RFC 5214: the interface part is 0000:5efe or 0200:5efe and then an IPv4 address.
    private static bool IsIsatap(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
    }
}
