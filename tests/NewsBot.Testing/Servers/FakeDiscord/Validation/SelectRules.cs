using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>
/// The rules of select menus. Source: https://discord.com/developers/docs/components/reference#string-select
/// </summary>
internal static class SelectRules
{
    public static void Check(JsonObject select, string at, FieldErrors errors)
    {
        errors.Text(select, "placeholder", at + ".placeholder", 0, 150);
        var min = errors.Number(select, "min_values", at + ".min_values", 0, 25) ?? 1;
        var max = errors.Number(select, "max_values", at + ".max_values", 1, 25) ?? 1;
        if (min > max)
        {
            errors.Add(at + ".min_values", "NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");
        }

        if (select["type"]?.ToString() != "3")
        {
            return;
        }

        var values = new HashSet<string>(StringComparer.Ordinal);
        var options = errors.Objects(select, "options", at + ".options", 25).ToList();
        if (options.Count == 0)
        {
            errors.Missing(at + ".options");
        }

        foreach (var (option, path) in options)
        {
            errors.Text(option, "label", path + ".label", 1, 100, required: true);
            errors.Text(option, "description", path + ".description", 0, 100);
            if (!values.Add(errors.Text(option, "value", path + ".value", 1, 100, required: true)))
            {
                errors.Add(
                    path + ".value",
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used"
                );
            }
        }

        if (max > options.Count && options.Count > 0)
        {
            errors.Add(
                at + ".max_values",
                "NUMBER_TYPE_MAX",
                $"int value should be less than or equal to {options.Count}."
            );
        }
    }
}
