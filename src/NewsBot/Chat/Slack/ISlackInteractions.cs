using System.Text.Json.Nodes;
using NewsBot.Clients.Slack.SocketMode;

namespace NewsBot.Chat.Slack;

/// <summary>Takes slash commands, shortcuts, buttons and views. They come over a socket or by HTTP in the same shape.</summary>
internal interface ISlackInteractions
{
    /// <summary>Has to return within Slack's three seconds; what takes longer goes on by itself.</summary>
    /// <param name="envelope">A command or an interaction; its payload is not checked. It may come twice.</param>
    /// <param name="cancellationToken">Cancelled when the time is up and at the end of the process.</param>
    /// <returns>What to answer at once; null for a bare acknowledgement.</returns>
    Task<JsonNode?> TakeAsync(SlackEnvelope envelope, CancellationToken cancellationToken);
}
