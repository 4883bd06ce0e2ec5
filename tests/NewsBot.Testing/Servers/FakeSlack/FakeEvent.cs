using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>One event on its way to the app.</summary>
/// <param name="TeamId">The workspace it is about.</param>
/// <param name="EventId">Stays the same in all retries.</param>
/// <param name="Payload">The whole envelope, of type event_callback. Whoever changes it clones it first.</param>
public sealed record FakeEvent(string TeamId, string EventId, JsonObject Payload)
{
    /// <summary>What happened, such as "message" or "reaction_added".</summary>
    public string Type => Payload["event"]!["type"]!.GetValue<string>();
}
