using System.Text.Json;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>Reads what names an event however often it is delivered.</summary>
internal static class EventName
{
    // Slack's have a dozen characters; what is longer is not worth remembering.
    private const int MaxId = 100;

    /// <param name="payload">Valid JSON, an object.</param>
    /// <returns>Its event_id; null where it has none.</returns>
    public static string? Of(ReadOnlyMemory<byte> payload)
    {
        var reader = new Utf8JsonReader(payload.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            var isId = reader.ValueTextEquals("event_id"u8);
            reader.Read();
            if (isId)
            {
                return reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and <= MaxId } id
                    ? id
                    : null;
            }

            reader.Skip();
        }

        return null;
    }
}
