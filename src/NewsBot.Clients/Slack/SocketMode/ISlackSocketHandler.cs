using System.Text.Json.Nodes;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>What the owner of the sockets does with what arrives.</summary>
public interface ISlackSocketHandler
{
    /// <summary>
    /// Handles one envelope; returning acknowledges it, so that Slack does not send it again. Events come one after the
    /// other and are to be stored; commands and interactions come side by side and have to be answered within
    /// <see cref="SlackSocketOptions.InteractionTimeout"/>, so that what takes longer is to be done elsewhere. After a failure
    /// it is not acknowledged; events are tried again a few times before.
    /// </summary>
    /// <param name="envelope">It may be a repetition.</param>
    /// <param name="cancellationToken">Cancelled at shutdown and when its time is up.</param>
    /// <returns>What to answer; null for a bare acknowledgement. Left out where the envelope takes none.</returns>
    Task<JsonNode?> HandleAsync(SlackEnvelope envelope, CancellationToken cancellationToken);

    /// <summary>Says how the sockets are doing. Must be quick and must not throw.</summary>
    /// <param name="state">The new state.</param>
    void OnState(SlackSocketState state);
}
