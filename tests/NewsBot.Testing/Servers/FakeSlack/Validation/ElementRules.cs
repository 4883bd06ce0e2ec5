using System.Text.Json;
using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>The shapes and limits of elements. Source: https://docs.slack.dev/reference/block-kit/block-elements</summary>
internal static class ElementRules
{
    private static readonly string[] Selects =
    [
        "static_select",
        "external_select",
        "users_select",
        "conversations_select",
        "channels_select",
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
        "multi_conversations_select",
        "multi_channels_select",
    ];

    private static readonly string[] Pickers = ["datepicker", "timepicker", "datetimepicker"];

    private static readonly string[] InputsOnly =
    [
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    ];

    /// <summary>Checks one element.</summary>
    public static void Check(JsonNode? node, string path, BlockErrors errors, ElementPlace place)
    {
        if (node is not JsonObject element || element["type"]?.ToString() is not { } type)
        {
            errors.Add("must be an element with a type", path);
            return;
        }

        if (!Allowed(type, place))
        {
            errors.Add($"unsupported type: {type}", $"{path}/type");
            return;
        }

        if (type != "image")
        {
            errors.Unique(element, "action_id", path, errors.ActionIds);
        }

        if (element["confirm"] is { } confirm)
        {
            Confirm(confirm, $"{path}/confirm", errors);
        }

        switch (type)
        {
            case "button":
                Button(element, path, errors);
                break;
            case "image":
                ImageElement(element, path, errors);
                break;
            case "overflow":
                Options(element, path, 2, 5, errors);
                break;
            case "radio_buttons" or "checkboxes":
                Options(element, path, 1, 10, errors, plainOnly: false);
                break;
            case "static_select" or "multi_static_select":
                Select(element, path, errors);
                break;
            case "plain_text_input":
                TextInput(element, path, errors);
                break;
            default:
                errors.TextObject(element, "placeholder", path, 150, required: false);
                break;
        }
    }

    /// <summary>A small picture beside text.</summary>
    public static void ImageElement(JsonObject element, string path, BlockErrors errors)
    {
        errors.Known(element, path, "type", "image_url", "slack_file", "alt_text");
        errors.String(element, "alt_text", path, 2000, required: true);
        if (element["slack_file"] is null)
        {
            errors.Url(element, "image_url", path, required: true);
        }
    }

    /// <summary>One choice.</summary>
    public static void Option(JsonNode? node, string path, BlockErrors errors, bool plainOnly = true)
    {
        if (node is not JsonObject option)
        {
            errors.Add("must be an option", path);
            return;
        }

        errors.Known(option, path, "text", "value", "description", "url");
        errors.TextObject(option, "text", path, 75, plainOnly);
        errors.String(option, "value", path, 150, required: true);
        errors.TextObject(option, "description", path, 75, plainOnly, required: false);
    }

    private static bool Allowed(string type, ElementPlace place) =>
        place switch
        {
            ElementPlace.Accessory => type is "button" or "image" or "overflow" or "radio_buttons" or "checkboxes"
                || Selects.Contains(type)
                || Pickers.Contains(type),
            ElementPlace.Actions => type is "button" or "overflow" or "radio_buttons" or "checkboxes"
                || (Selects.Contains(type))
                || Pickers.Contains(type)
                || type == "rich_text_input",
            _ => type is "radio_buttons" or "checkboxes"
                || Selects.Contains(type)
                || Pickers.Contains(type)
                || InputsOnly.Contains(type),
        };

    private static void Button(JsonObject element, string path, BlockErrors errors)
    {
        errors.Known(
            element,
            path,
            "type",
            "action_id",
            "text",
            "value",
            "url",
            "style",
            "confirm",
            "accessibility_label"
        );
        errors.TextObject(element, "text", path, 75);
        errors.String(element, "value", path, 2000);
        errors.String(element, "accessibility_label", path, 75);
        if (element["url"] is not null)
        {
            errors.Url(element, "url", path, required: false);
        }

        if (element["style"]?.ToString() is not (null or "primary" or "danger"))
        {
            errors.Add("must be one of: primary, danger", $"{path}/style");
        }
    }

    private static void Select(JsonObject element, string path, BlockErrors errors)
    {
        errors.TextObject(element, "placeholder", path, 150, required: false);
        if (element["option_groups"] is null)
        {
            Options(element, path, 1, 100, errors);
            return;
        }

        var groups = errors.List(element, "option_groups", path, 1, 100);
        for (var index = 0; index < groups.Count; index++)
        {
            var at = $"{path}/option_groups/{index}";
            if (groups[index] is JsonObject group)
            {
                errors.TextObject(group, "label", at, 75);
                Options(group, at, 1, 100, errors);
            }
            else
            {
                errors.Add("must be an option group", at);
            }
        }
    }

    private static void Options(
        JsonObject element,
        string path,
        int least,
        int most,
        BlockErrors errors,
        bool plainOnly = true
    )
    {
        var options = errors.List(element, "options", path, least, most);
        for (var index = 0; index < options.Count; index++)
        {
            Option(options[index], $"{path}/options/{index}", errors, plainOnly);
        }

        foreach (var initial in Initial(element))
        {
            if (!options.Any(option => JsonNode.DeepEquals(option, initial)))
            {
                errors.Add("initial option must exactly match one of the options", path);
            }
        }
    }

    private static IEnumerable<JsonNode?> Initial(JsonObject element) =>
        element["initial_option"] is { } one ? [one]
        : element["initial_options"] is JsonArray several ? several
        : [];

    private static void TextInput(JsonObject element, string path, BlockErrors errors)
    {
        errors.Known(
            element,
            path,
            "type",
            "action_id",
            "initial_value",
            "multiline",
            "min_length",
            "max_length",
            "placeholder",
            "dispatch_action_config",
            "focus_on_load"
        );
        errors.TextObject(element, "placeholder", path, 150, required: false);
        errors.String(element, "initial_value", path, 3000);
        foreach (var field in (string[])["min_length", "max_length"])
        {
            if (
                element[field] is { } length
                && !(
                    length.GetValueKind() == JsonValueKind.Number
                    && length.AsValue().TryGetValue(out int number)
                    && number is >= 0 and <= 3000
                )
            )
            {
                errors.Add("must be from 0 to 3000", $"{path}/{field}");
            }
        }
    }

    private static void Confirm(JsonNode node, string path, BlockErrors errors)
    {
        if (node is not JsonObject confirm)
        {
            errors.Add("must be an object", path);
            return;
        }

        errors.TextObject(confirm, "title", path, 100);
        errors.TextObject(confirm, "text", path, 300, plainOnly: false);
        errors.TextObject(confirm, "confirm", path, 30);
        errors.TextObject(confirm, "deny", path, 30);
    }
}

/// <summary>Where an element stands.</summary>
internal enum ElementPlace
{
    Accessory,
    Actions,
    Input,
}
