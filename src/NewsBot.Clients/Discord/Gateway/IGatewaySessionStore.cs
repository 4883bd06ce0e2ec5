namespace NewsBot.Clients.Discord.Gateway;

/// <summary>Keeps what is needed to continue the sessions after a restart.</summary>
public interface IGatewaySessionStore
{
    /// <summary>What was saved last for a shard; null where there is nothing to continue.</summary>
    /// <param name="shard">Counted from 0.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<GatewayResume?> LoadAsync(int shard, CancellationToken cancellationToken);

    /// <summary>Replaces what is saved. Called about once a second at most, and at each disconnect.</summary>
    /// <param name="shard">Counted from 0.</param>
    /// <param name="place">Null forgets it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task SaveAsync(int shard, GatewayResume? place, CancellationToken cancellationToken);
}
