using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>Reads a text that is an object in one kind of element and a bare string in another.</summary>
internal sealed class TextObjectConverter : JsonConverter<TextObject>
{
    public override TextObject? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var fields = JsonSerializer.Deserialize<Fields>(ref reader, options)!;
            return new TextObject(fields.Type, fields.Text ?? "") { Emoji = fields.Emoji, Verbatim = fields.Verbatim };
        }

        return JsonSerializer.Deserialize<string>(ref reader, options) is { } text ? TextObject.Bare(text) : null;
    }

    public override void Write(Utf8JsonWriter writer, TextObject value, JsonSerializerOptions options)
    {
        if (value.Type is null)
        {
            writer.WriteStringValue(value.Text);
        }
        else
        {
            JsonSerializer.Serialize(writer, new Fields(value.Type, value.Text, value.Emoji, value.Verbatim), options);
        }
    }

    private sealed record Fields(string? Type, string? Text, bool? Emoji = null, bool? Verbatim = null);
}
