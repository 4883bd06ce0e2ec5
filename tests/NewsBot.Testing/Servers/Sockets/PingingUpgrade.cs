using Microsoft.AspNetCore.Http.Features;

namespace NewsBot.Testing.Servers.Sockets;

/// <summary>
/// Upgrades to a socket that can be pinged. The runtime pings only those that are silent, but clients wait for pings also
/// while they talk.
/// </summary>
/// <param name="inner">Upgrades.</param>
internal sealed class PingingUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    /// <summary>The connection once it is upgraded.</summary>
    public PingingStream? Stream { get; private set; }

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync() => Stream = new PingingStream(await inner.UpgradeAsync());
}
