using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>What a human has put into an element, as the state of a view shows it.</summary>
internal static class ElementValues
{
    /// <summary>Reads what was given.</summary>
    /// <param name="element">The input.</param>
    /// <param name="given">A text, a list of texts, or null for nothing; of menus the value of an option.</param>
    /// <exception cref="ArgumentException">There is no such choice.</exception>
    public static JsonObject Of(JsonObject element, JsonNode? given)
    {
        var type = element["type"]!.ToString();
        var value = new JsonObject { ["type"] = type };
        switch (type)
        {
            case "static_select" or "radio_buttons":
                value["selected_option"] = given is null ? null : Option(element, given.ToString());
                break;
            case "external_select":
                value["selected_option"] = given?.DeepClone();
                break;
            case "multi_static_select" or "checkboxes":
                value["selected_options"] = new JsonArray([
                    .. Several(given).Select(one => Option(element, one.ToString())),
                ]);
                break;
            case "channels_select":
                value["selected_channel"] = given?.ToString();
                break;
            case "conversations_select":
                value["selected_conversation"] = given?.ToString();
                break;
            case "users_select":
                value["selected_user"] = given?.ToString();
                break;
            case "multi_channels_select":
                value["selected_channels"] = List(given);
                break;
            case "multi_conversations_select":
                value["selected_conversations"] = List(given);
                break;
            case "multi_users_select":
                value["selected_users"] = List(given);
                break;
            case "datepicker":
                value["selected_date"] = given?.ToString();
                break;
            case "timepicker":
                value["selected_time"] = given?.ToString();
                break;
            default:
                value["value"] = given?.ToString() is { Length: > 0 } text ? text : null;
                break;
        }

        return value;
    }

    /// <summary>Whether anything was put in.</summary>
    public static bool IsFilled(JsonNode? value) =>
        value is JsonObject state
        && state.Any(field => field.Key != "type" && field.Value is not null and not JsonArray { Count: 0 });

    private static IEnumerable<JsonNode> Several(JsonNode? given) =>
        given switch
        {
            null => [],
            JsonArray list => list.OfType<JsonNode>(),
            _ => [given],
        };

    private static JsonArray List(JsonNode? given) => [.. Several(given).Select(one => (JsonNode)one.ToString())];

    private static JsonNode Option(JsonObject element, string value)
    {
        var groups = element["option_groups"] as JsonArray;
        var options = groups is null
            ? element["options"] as JsonArray ?? []
            : groups.SelectMany(group => group?["options"] as JsonArray ?? []);
        return options.FirstOrDefault(option => option?["value"]?.ToString() == value)?.DeepClone()
            ?? throw new ArgumentException($"There is no choice {value}.", nameof(value));
    }
}
