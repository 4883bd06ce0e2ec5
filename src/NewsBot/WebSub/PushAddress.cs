using Microsoft.Extensions.Options;
using NewsBot.Fetching;
using NewsBot.Web;

namespace NewsBot.WebSub;

/// <summary>Whether hubs can reach this server, and where.</summary>
internal sealed class PushAddress(IOptions<WebOptions> web, IOptions<FetchingOptions> fetching)
{
    /// <summary>The public address; null where hubs are asked for nothing.</summary>
    public Uri? Origin =>
        fetching.Value.WebSub && web.Value.PublicUrl is { } url && new Uri(url) is { Scheme: "https" } origin
            ? origin
            : null;

    /// <summary>Why hubs are asked for nothing, and what to do; empty where they are asked.</summary>
    public string WhyOff =>
        Origin is not null ? ""
        : !fetching.Value.WebSub ? "switched off by Fetching:WebSub"
        : "off, because hubs need a public address with https: set Web:PublicUrl";
}
