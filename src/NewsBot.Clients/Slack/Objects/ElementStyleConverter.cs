using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>Reads a style that is a name in one kind of element and a set of switches in another.</summary>
internal sealed class ElementStyleConverter : JsonConverter<ElementStyle>
{
    public override ElementStyle? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var switches = JsonSerializer.Deserialize<Switches>(ref reader, options)!;
            return new ElementStyle
            {
                Bold = switches.Bold is true,
                Italic = switches.Italic is true,
                Strike = switches.Strike is true,
                Code = switches.Code is true,
            };
        }

        return JsonSerializer.Deserialize<string>(ref reader, options) is { } name ? ElementStyle.Of(name) : null;
    }

    public override void Write(Utf8JsonWriter writer, ElementStyle value, JsonSerializerOptions options)
    {
        if (value.Name is not null)
        {
            writer.WriteStringValue(value.Name);
            return;
        }

        // Slack refuses switches that are off.
        var switches = new Switches(On(value.Bold), On(value.Italic), On(value.Strike), On(value.Code));
        JsonSerializer.Serialize(writer, switches, options);
    }

    private static bool? On(bool isOn) => isOn ? true : null;

    private sealed record Switches(bool? Bold = null, bool? Italic = null, bool? Strike = null, bool? Code = null);
}
