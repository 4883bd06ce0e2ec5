using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>
/// The rules of application commands. Source:
/// https://discord.com/developers/docs/interactions/application-commands
/// </summary>
internal static class CommandRules
{
    private const int MaxText = 8000;
    private const int MaxOptions = 25;

    /// <summary>Checks a command.</summary>
    /// <param name="command">As it was sent.</param>
    /// <param name="path">Where it stands, with a dot at its end; empty at the top.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static void Check(JsonObject command, string path, FieldErrors errors)
    {
        var type = errors.Number(command, "type", path + "type", 1, 4) ?? 1;
        var name = errors.Text(command, "name", path + "name", 1, 32, required: true);
        if (type == 1)
        {
            Name(name, path + "name", errors);
            errors.Text(command, "description", path + "description", 1, 100, required: true);
            Options(command, path + "options", 0, errors);
        }
        else if (command["description"]?.ToString() is { Length: > 0 })
        {
            errors.Add(
                path + "description",
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET",
                "Context menu commands cannot have description"
            );
        }
        else if (command["options"] is JsonArray { Count: > 0 })
        {
            errors.Add(
                path + "options",
                "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_CANNOT_BE_SET",
                "Context menu commands cannot have options"
            );
        }

        Localizations(command, "name_localizations", path, 32, type == 1, errors);
        Localizations(command, "description_localizations", path, 100, names: false, errors);
        if (command["default_member_permissions"] is { } permissions && !IsNumber(permissions.ToString()))
        {
            errors.Add(path + "default_member_permissions", "NUMBER_TYPE_COERCE", "Value is not int.");
        }

        Listed(command, "contexts", 0, 2, path, errors);
        Listed(command, "integration_types", 0, 1, path, errors);
        errors.Flag(command, "nsfw", path + "nsfw");
        if (Size(command) > MaxText)
        {
            errors.Add(path.TrimEnd('.'), "APPLICATION_COMMAND_TOO_LARGE", $"Command exceeds maximum size ({MaxText})");
        }
    }

    /// <summary>Characters of names, descriptions and values, each in its longest language.</summary>
    public static int Size(JsonObject of)
    {
        var size = Longest("name") + Longest("description");
        if (of["value"] is { } value)
        {
            size += FieldErrors.Length(value.ToString());
        }

        foreach (var list in (string[])["options", "choices"])
        {
            size += (of[list] as JsonArray ?? []).OfType<JsonObject>().Sum(Size);
        }

        return size;

        int Longest(string name) =>
            (of[name + "_localizations"] as JsonObject ?? [])
                .Select(pair => pair.Value?.ToString() ?? "")
                .Append(of[name]?.ToString() ?? "")
                .Max(FieldErrors.Length);
    }

    private static void Options(JsonObject of, string path, int depth, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var optionalSeen = false;
        bool? subs = null;
        foreach (var (option, at) in errors.Objects(of, "options", path, MaxOptions))
        {
            var type = errors.Number(option, "type", at + ".type", 1, 11);
            var name = errors.Text(option, "name", at + ".name", 1, 32, required: true);
            Name(name, at + ".name", errors);
            errors.Text(option, "description", at + ".description", 1, 100, required: true);
            Localizations(option, "name_localizations", at + ".", 32, names: true, errors);
            Localizations(option, "description_localizations", at + ".", 100, names: false, errors);
            if (!names.Add(name))
            {
                errors.Add(at, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists");
            }

            if (type is null)
            {
                errors.Missing(at + ".type");
                continue;
            }

            var isSub = type is 1 or 2;
            if ((subs ??= isSub) != isSub || (type == 2 && depth > 0) || (type == 1 && depth > 1))
            {
                errors.Add(
                    at,
                    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                    "Sub-command and sub-command group option types are mutually exclusive to all other types"
                );
            }

            if (isSub)
            {
                Options(option, at + ".options", type == 2 ? 1 : 2, errors);
                continue;
            }

            Plain(option, (int)type, at, ref optionalSeen, errors);
        }
    }

    private static void Plain(JsonObject option, int type, string at, ref bool optionalSeen, FieldErrors errors)
    {
        var required = errors.Flag(option, "required", at + ".required") ?? false;
        if (required && optionalSeen)
        {
            errors.Add(
                at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options"
            );
        }

        optionalSeen |= !required;
        var autocomplete = errors.Flag(option, "autocomplete", at + ".autocomplete") ?? false;
        var choices = errors.Objects(option, "choices", at + ".choices", MaxOptions).ToList();
        if (autocomplete && choices.Count > 0)
        {
            errors.Add(
                at,
                "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_EXCLUSIVE",
                "Options with choices cannot have autocomplete"
            );
        }

        if (autocomplete && type is not (3 or 4 or 10))
        {
            errors.Add(at + ".autocomplete", "BASE_TYPE_CHOICES", "Only strings and numbers have autocomplete");
        }

        foreach (var (choice, path) in choices)
        {
            errors.Text(choice, "name", path + ".name", 1, 100, required: true);
            errors.Text(choice, "value", path + ".value", type == 3 ? 1 : 0, 100, required: true);
        }

        if (type == 3)
        {
            errors.Number(option, "min_length", at + ".min_length", 0, 6000);
            errors.Number(option, "max_length", at + ".max_length", 1, 6000);
        }
    }

    private static void Name(string name, string path, FieldErrors errors)
    {
        if (
            name.Length > 0
            && (
                !name.EnumerateRunes().All(IsNamed)
                || name.EnumerateRunes().Any(rune => Rune.ToLowerInvariant(rune) != rune)
            )
        )
        {
            errors.Add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
    }

    private static bool IsNamed(Rune rune) =>
        rune.Value is '-' or '_' or '\''
        || Rune.IsLetter(rune)
        || Rune.IsNumber(rune)
        || rune.Value is (>= 0x0900 and <= 0x097F) or (>= 0x0E00 and <= 0x0E7F);

    private static void Localizations(JsonObject of, string field, string path, int max, bool names, FieldErrors errors)
    {
        if (errors.Object(of, field, path + field) is not { } localizations)
        {
            return;
        }

        foreach (var (locale, _) in localizations)
        {
            var at = $"{path}{field}.{locale}";
            if (!Locales.Contains(locale))
            {
                errors.Choice(at, string.Join(", ", Locales));
            }

            var text = errors.Text(localizations, locale, at, 1, max, required: true);
            if (names)
            {
                Name(text, at, errors);
            }
        }
    }

    private static void Listed(JsonObject of, string field, int min, int max, string path, FieldErrors errors)
    {
        var list = errors.List(of, field, path + field, max - min + 1);
        foreach (var item in list)
        {
            if (!IsNumber(item?.ToString() ?? "") || int.Parse(item!.ToString(), CultureInfo.InvariantCulture) > max)
            {
                errors.Choice(path + field, string.Join(", ", Enumerable.Range(min, max - min + 1)));
            }
        }
    }

    private static bool IsNumber(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static readonly HashSet<string> Locales =
    [
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    ];
}
