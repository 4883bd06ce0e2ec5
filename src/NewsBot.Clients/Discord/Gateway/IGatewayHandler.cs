namespace NewsBot.Clients.Discord.Gateway;

/// <summary>What the owner of the gateway does with what arrives. Shards call it side by side.</summary>
public interface IGatewayHandler
{
    /// <summary>Whether to keep a dispatch. Called on the read loop, so it must be quick; false drops it at once.</summary>
    /// <param name="type">The event's name.</param>
    /// <param name="data">UTF-8 JSON of "d"; gone when the call returns.</param>
    bool Wants(string type, ReadOnlySpan<byte> data);

    /// <summary>
    /// Handles one dispatch; returning means it is stored and need never be sent again. Awaited in order, one at a time
    /// for each shard. A failure is tried again a few times, see <see cref="GatewayOptions.HandlerRetries"/>.
    /// </summary>
    /// <param name="dispatch">The dispatch; it may be a repetition.</param>
    /// <param name="cancellationToken">Cancelled at shutdown and after <see cref="GatewayOptions.HandlerTimeout"/>.</param>
    Task HandleAsync(GatewayEvent dispatch, CancellationToken cancellationToken);

    /// <summary>Says how a shard is doing. Must be quick and must not throw.</summary>
    /// <param name="state">The new state.</param>
    void OnState(GatewayState state);
}
