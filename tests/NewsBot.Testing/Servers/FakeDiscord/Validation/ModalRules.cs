using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>
/// The rules of modals, and of what is entered in them. Source:
/// https://discord.com/developers/docs/components/reference#label
/// </summary>
internal static class ModalRules
{
    public static void Check(JsonObject modal, string path, FieldErrors errors)
    {
        errors.Text(modal, "custom_id", path + ".custom_id", 1, 100, required: true);
        errors.Text(modal, "title", path + ".title", 1, 45, required: true);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var top = errors.Objects(modal, "components", path + ".components", 5).ToList();
        if (top.Count == 0)
        {
            errors.Add(path + ".components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        }

        foreach (var (component, at) in top)
        {
            switch (errors.Number(component, "type", at + ".type", 1, 30))
            {
                case 18:
                    Label(component, at, ids, errors);
                    break;
                case 10:
                    errors.Text(component, "content", at + ".content", 1, 4000, required: true);
                    break;
                case 1:
                    Row(component, at, ids, errors);
                    break;
                default:
                    errors.Choice(at + ".type", "1, 10, 18");
                    break;
            }
        }
    }

    /// <summary>All inputs of a modal, whatever they lie in.</summary>
    public static IEnumerable<JsonObject> Inputs(JsonObject modal)
    {
        foreach (var component in (modal["components"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (component["component"] is JsonObject inner)
            {
                yield return inner;
            }

            foreach (var child in (component["components"] as JsonArray ?? []).OfType<JsonObject>())
            {
                yield return child;
            }
        }
    }

    /// <summary>Checks what a human entered.</summary>
    /// <param name="modal">As it was opened.</param>
    /// <param name="entered">As it comes back.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static void CheckEntered(JsonObject modal, JsonObject entered, FieldErrors errors)
    {
        var values = Inputs(entered).ToDictionary(one => one["custom_id"]?.ToString() ?? "", StringComparer.Ordinal);
        foreach (var input in Inputs(modal))
        {
            var id = input["custom_id"]?.ToString() ?? "";
            var given = values.GetValueOrDefault(id);
            var text = given?["value"]?.ToString() ?? "";
            var picked = (given?["values"] as JsonArray)?.Count ?? 0;
            var required = input["required"]?.GetValue<bool>() ?? true;
            if (required && text.Length == 0 && picked == 0 && input["min_values"]?.ToString() != "0")
            {
                errors.Missing($"data.components.{id}");
            }
            else if (text.Length > 0)
            {
                var min = (int?)input["min_length"] ?? 0;
                var max = (int?)input["max_length"] ?? 4000;
                errors.Text(given!, "value", $"data.components.{id}.value", min, max);
            }
        }
    }

    private static void Label(JsonObject label, string at, HashSet<string> ids, FieldErrors errors)
    {
        errors.Text(label, "label", at + ".label", 1, 45, required: true);
        errors.Text(label, "description", at + ".description", 0, 100);
        if (errors.Object(label, "component", at + ".component") is not { } inner)
        {
            errors.Missing(at + ".component");
            return;
        }

        Input(inner, at + ".component", ids, inLabel: true, errors);
    }

    private static void Row(JsonObject row, string at, HashSet<string> ids, FieldErrors errors)
    {
        var inner = errors.Objects(row, "components", at + ".components", 1).ToList();
        if (inner.Count == 0)
        {
            errors.Missing(at + ".components");
        }

        foreach (var (input, path) in inner)
        {
            Input(input, path, ids, inLabel: false, errors);
        }
    }

    private static void Input(JsonObject input, string at, HashSet<string> ids, bool inLabel, FieldErrors errors)
    {
        if (!ids.Add(errors.Text(input, "custom_id", at + ".custom_id", 1, 100, required: true)))
        {
            errors.Add(at + ".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }

        switch (errors.Number(input, "type", at + ".type", 1, 30))
        {
            case 4:
                if (errors.Number(input, "style", at + ".style", 1, 2) is null)
                {
                    errors.Missing(at + ".style");
                }

                errors.Text(input, "label", at + ".label", inLabel ? 0 : 1, 45, required: !inLabel);
                errors.Text(input, "placeholder", at + ".placeholder", 0, 100);
                errors.Text(input, "value", at + ".value", 0, 4000);
                errors.Number(input, "min_length", at + ".min_length", 0, 4000);
                errors.Number(input, "max_length", at + ".max_length", 1, 4000);
                break;
            case 3 or 5 or 6 or 7 or 8:
                SelectRules.Check(input, at, errors);
                break;
            case 19 or 21 or 22 or 23 when inLabel:
                break;
            default:
                errors.Choice(at + ".type", "3, 4, 5, 6, 7, 8, 19, 21, 22, 23");
                break;
        }
    }
}
