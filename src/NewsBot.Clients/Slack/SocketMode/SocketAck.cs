using System.Text.Json;
using System.Text.Json.Nodes;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>Writes acknowledgements. Source: https://docs.slack.dev/apis/events-api/using-socket-mode#acknowledge</summary>
internal static class SocketAck
{
    /// <param name="envelope">What is acknowledged.</param>
    /// <param name="answer">Left out where the envelope takes none.</param>
    public static ReadOnlyMemory<byte> Make(SlackEnvelope envelope, JsonNode? answer) =>
        Make(envelope.Id, envelope.AcceptsPayload ? answer : null);

    public static ReadOnlyMemory<byte> Make(string envelopeId, JsonNode? answer)
    {
        var ack = new JsonObject { ["envelope_id"] = envelopeId };
        if (answer is not null)
        {
            // A node has one parent only, and the handler may keep its own.
            ack["payload"] = answer.Parent is null ? answer : answer.DeepClone();
        }

        return JsonSerializer.SerializeToUtf8Bytes(ack, SlackJson.Options);
    }
}
