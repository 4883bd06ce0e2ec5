using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>Reads a truth that Slack writes as text where it comes from a form.</summary>
internal sealed class WrittenTruthConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var isTrue =
            reader.TokenType == JsonTokenType.True
            || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("true"u8));
        reader.Skip();
        return isTrue;
    }

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) =>
        writer.WriteBooleanValue(value);
}
