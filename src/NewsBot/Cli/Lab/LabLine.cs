using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NewsBot.Cli.Lab;

/// <summary>What the laboratory prints and reads: one JSON object a line.</summary>
internal static class LabLine
{
    // For eyes and programs, never for a page.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print(JsonObject line) => Output.Line(line.ToJsonString(Plain));

    /// <summary>The same with the file it is about in front.</summary>
    public static void Print(string file, JsonObject line)
    {
        line.Insert(0, "file", file);
        Print(line);
    }

    public static JsonObject Failed(string error) => new() { ["ok"] = false, ["error"] = error };

    /// <returns>ISO 8601 in UTC, to the second.</returns>
    public static string? Instant(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The objects on standard input. A line that is none is named and left out.</summary>
    public static IEnumerable<JsonObject> Read(CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var text in Input.Lines())
        {
            cancellationToken.ThrowIfCancellationRequested();
            number++;
            if (text.Length == 0)
            {
                continue;
            }

            if (Parse(text) is { } line && line["id"] is JsonValue)
            {
                yield return line;
            }
            else
            {
                Output.Error(
                    string.Create(CultureInfo.InvariantCulture, $"Line {number} is no JSON object with an id.")
                );
            }
        }
    }

    /// <returns>Null where the line has no such text.</returns>
    public static string? Text(JsonObject line, string name) =>
        line[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
