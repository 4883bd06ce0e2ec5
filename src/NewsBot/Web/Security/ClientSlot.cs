using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace NewsBot.Web.Security;

/// <summary>Whom a limit is counted for: a client's address, in one of a fixed number of places.</summary>
internal static class ClientSlot
{
    /// <summary>
    /// So many clients are told apart. A table of all addresses there are could be filled by whoever has many; two clients
    /// that share a place, which is drawn anew with each start, share what is generous for one.
    /// </summary>
    public const int Count = 1 << 16;

    /// <param name="address">The client's address, as a trusted proxy told it or the connection says; null where there is none.</param>
    /// <returns>0 to <see cref="Count"/> - 1; one for each IPv4 address and each /64 of IPv6, which is what one household gets.</returns>
    public static int Of(IPAddress? address) => address is null ? 0 : HashCode.Combine(Network(address)) & (Count - 1);

    private static ulong Network(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? BinaryPrimitives.ReadUInt64BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
