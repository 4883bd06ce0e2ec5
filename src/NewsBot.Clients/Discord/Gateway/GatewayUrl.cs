using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>Makes the address a socket is opened to. Source: https://discord.com/developers/docs/events/gateway#connecting</summary>
internal static class GatewayUrl
{
    /// <summary>The address with the query of this client; first connections and resumes must ask for the same.</summary>
    public static Uri WithQuery(Uri address, bool compress) =>
        new UriBuilder(address)
        {
            Query = compress ? "v=10&encoding=json&compress=zlib-stream" : "v=10&encoding=json",
            Fragment = string.Empty,
        }.Uri;

    /// <summary>The address without query, as it is saved.</summary>
    public static string Bare(Uri address) => address.GetLeftPart(UriPartial.Path);

    /// <summary>An address from outside; null where it is none or its token would travel readable.</summary>
    public static Uri? Checked(string? text) =>
        text is { Length: <= 1024 } && Uri.TryCreate(text, UriKind.Absolute, out var url) && SocketRules.Allows(url)
            ? url
            : null;
}
