using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>The rules of buttons. Source: https://discord.com/developers/docs/components/reference#button</summary>
internal static class ButtonRules
{
    /// <summary>Checks a button.</summary>
    /// <returns>Whether it has to have a custom_id, which is left to the caller to check.</returns>
    public static bool Check(JsonObject button, string at, FieldErrors errors)
    {
        var style = errors.Number(button, "style", at + ".style", 1, 6);
        errors.Text(button, "label", at + ".label", 0, 80);
        errors.Flag(button, "disabled", at + ".disabled");
        var needsId = false;
        switch (style)
        {
            case null:
                errors.Missing(at + ".style");
                break;
            case 5:
                if (errors.Url(button, "url", at + ".url", 512, "http", "https", "discord") is null)
                {
                    errors.Missing(at + ".url");
                }

                if (button["custom_id"] is not null)
                {
                    errors.Add(
                        at,
                        "COMPONENT_BUTTON_CUSTOM_ID_AND_URL",
                        "A custom id and url cannot both be specified"
                    );
                }

                break;
            default:
                if (button["url"] is not null)
                {
                    errors.Add(at + ".url", "COMPONENT_BUTTON_URL_NOT_ALLOWED", "Only link buttons have a url");
                }

                needsId = true;
                break;
        }

        if (style != 6 && (button["label"]?.ToString() ?? "").Length == 0 && button["emoji"] is null)
        {
            errors.Add(at, "COMPONENT_BUTTON_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji");
        }

        return needsId;
    }
}
