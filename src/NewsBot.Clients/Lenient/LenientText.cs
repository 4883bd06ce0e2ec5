using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace NewsBot.Clients.Lenient;

/// <summary>
/// Takes a number or truth where text is meant, digit for digit as it stands, and anything else as nothing. Half a
/// surrogate pair, as cut text may end with, becomes the replacement character.
/// </summary>
internal sealed partial class LenientText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(ref reader);
            case JsonTokenType.Number:
            case JsonTokenType.True:
            case JsonTokenType.False:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            var whole = Escapes()
                .Replace(
                    Encoding.UTF8.GetString(reader.ValueSpan),
                    match => match.Groups["half"].Success ? "\\ufffd" : match.Value
                );
            return JsonSerializer.Deserialize<string>($"\"{whole}\"");
        }
    }

    // Every escape is matched, so that neither an escaped backslash nor a whole pair is taken apart.
    [GeneratedRegex(
        @"\\(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Escapes();
}
