using System.Text.Json;
using System.Text.Json.Serialization;
using NewsBot.Clients.Lenient;

namespace NewsBot.Clients.Discord;

/// <summary>How Discord writes JSON: snake case, null for absent, numbers for enums; and how freely it may leave things out.</summary>
public static class DiscordJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = 64,
            Converters = { new LenientValues(), new LenientLists() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
