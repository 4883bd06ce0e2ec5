using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NewsBot.Clients.Lenient;

namespace NewsBot.Clients.Slack;

/// <summary>How Slack writes JSON: snake case, null for absent; and how freely it may leave things out.</summary>
public static class SlackJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Reads what came from outside.</summary>
    /// <returns>Null where it is no JSON, not UTF-8, nested too deep, or no object of this shape.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter is how broken UTF-8 inside a text shows.
            return null;
        }
    }

    /// <returns>Null where it has another shape.</returns>
    public static T? Read<T>(JsonElement json)
        where T : class
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object ? json.Deserialize<T>(Options) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null where it is no text.</returns>
    internal static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.Deserialize<string>(Options)
            : null;

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = 64,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new LenientValues(), new LenientLists(), new LenientText() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ForgivingProperties.Apply } },
        };
        options.MakeReadOnly();
        return options;
    }
}
