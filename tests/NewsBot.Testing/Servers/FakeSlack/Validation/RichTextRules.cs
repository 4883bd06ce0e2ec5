using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>The shapes of rich text. Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block</summary>
internal static class RichTextRules
{
    // Text within rich text counts against the same limit as in sections.
    private const int MaxText = 3000;

    /// <summary>Checks sections, lists, quotes and preformatted parts.</summary>
    public static void Check(JsonArray parts, string path, BlockErrors errors)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            var at = $"{path}/{index}";
            if (parts[index] is not JsonObject part)
            {
                errors.Add("must be an object", at);
                continue;
            }

            switch (part["type"]?.ToString())
            {
                case "rich_text_section" or "rich_text_quote" or "rich_text_preformatted":
                    Inline(errors.List(part, "elements", at, 0, int.MaxValue), $"{at}/elements", errors);
                    break;
                case "rich_text_list":
                    if (part["style"]?.ToString() is not ("bullet" or "ordered"))
                    {
                        errors.Add("must be one of: bullet, ordered", $"{at}/style");
                    }

                    Check(errors.List(part, "elements", at, 0, int.MaxValue), $"{at}/elements", errors);
                    break;
                case var type:
                    errors.Add($"unsupported type: {type}", $"{at}/type");
                    break;
            }
        }
    }

    private static void Inline(JsonArray elements, string path, BlockErrors errors)
    {
        for (var index = 0; index < elements.Count; index++)
        {
            var at = $"{path}/{index}";
            if (elements[index] is not JsonObject element)
            {
                errors.Add("must be an object", at);
                continue;
            }

            One(element, at, errors);
        }
    }

    private static void One(JsonObject element, string path, BlockErrors errors)
    {
        switch (element["type"]?.ToString())
        {
            case "text":
                errors.Known(element, path, "type", "text", "style");
                errors.String(element, "text", path, MaxText, required: true);
                break;
            case "link":
                errors.Known(element, path, "type", "url", "text", "style", "unsafe");
                errors.String(element, "url", path, 3000, required: true);
                errors.String(element, "text", path, MaxText);
                break;
            case "user":
                errors.String(element, "user_id", path, 20, required: true);
                break;
            case "channel":
                errors.String(element, "channel_id", path, 20, required: true);
                break;
            case "usergroup":
                errors.String(element, "usergroup_id", path, 20, required: true);
                break;
            case "emoji":
                errors.String(element, "name", path, 100, required: true);
                break;
            case "broadcast":
                if (element["range"]?.ToString() is not ("here" or "channel" or "everyone"))
                {
                    errors.Add("must be one of: here, channel, everyone", $"{path}/range");
                }

                break;
            case "date":
                errors.String(element, "format", path, 255, required: true);
                break;
            case "color":
                errors.String(element, "value", path, 20, required: true);
                break;
            case var type:
                errors.Add($"unsupported type: {type}", $"{path}/type");
                break;
        }
    }
}
