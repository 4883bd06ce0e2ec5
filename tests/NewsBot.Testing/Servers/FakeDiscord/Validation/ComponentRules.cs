using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>The rules of components. Source: https://discord.com/developers/docs/components/reference</summary>
internal sealed class ComponentRules
{
    private const int MaxComponents = 40;
    private const int MaxText = 4000;
    private const int MaxRows = 5;

    private readonly FieldErrors _errors;
    private readonly bool _v2;
    private readonly HashSet<string> _customIds = new(StringComparer.Ordinal);
    private readonly HashSet<long> _ids = [];
    private int _count;
    private int _text;

    private ComponentRules(FieldErrors errors, bool v2)
    {
        _errors = errors;
        _v2 = v2;
    }

    /// <summary>Checks all components of a message.</summary>
    /// <param name="body">The message.</param>
    /// <param name="path">Where they stand in it.</param>
    /// <param name="v2">Whether the message has Components V2.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <returns>Them as they are shown, each with its id.</returns>
    public static JsonArray Check(JsonObject body, string path, bool v2, FieldErrors errors)
    {
        var rules = new ComponentRules(errors, v2);
        var shown = new JsonArray();
        foreach (var (component, at) in errors.Objects(body, "components", path, v2 ? MaxComponents : MaxRows))
        {
            var copy = (JsonObject)component.DeepClone();
            rules.Top(copy, at);
            shown.Add(copy);
        }

        rules.Total(path);
        ComponentIds.Number(shown, rules._ids);
        return shown;
    }

    private void Total(string path)
    {
        if (_v2 && _count > MaxComponents)
        {
            _errors.Add(
                path,
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                $"Total number of components cannot exceed {MaxComponents}"
            );
        }

        if (_text > MaxText)
        {
            _errors.Add(
                path,
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                $"Total displayable text size exceeds maximum size of {MaxText}"
            );
        }
    }

    private void Top(JsonObject component, string at)
    {
        var type = Type(component, at);
        switch (type)
        {
            case 1:
                Row(component, at);
                break;
            case 9 or 10 or 12 or 13 or 14 when _v2:
                Content(component, type.Value, at);
                break;
            case 17 when _v2:
                Container(component, at);
                break;
            case null:
                break;
            default:
                _errors.Choice(at + ".type", _v2 ? "1, 9, 10, 12, 13, 14, 17" : "1,");
                break;
        }
    }

    private void Container(JsonObject component, string at)
    {
        _errors.Number(component, "accent_color", at + ".accent_color", 0, 16_777_215);
        var inner = Children(component, at, 1, MaxComponents);
        foreach (var (child, path) in inner)
        {
            var type = Type(child, path);
            switch (type)
            {
                case 1:
                    Row(child, path);
                    break;
                case 9 or 10 or 12 or 13 or 14:
                    Content(child, type.Value, path);
                    break;
                case null:
                    break;
                default:
                    _errors.Choice(path + ".type", "1, 9, 10, 12, 13, 14");
                    break;
            }
        }
    }

    private void Row(JsonObject row, string at)
    {
        var inner = Children(row, at, 1, 5);
        foreach (var (child, path) in inner)
        {
            switch (Type(child, path))
            {
                case 2:
                    Button(child, path);
                    break;
                case 3 or 5 or 6 or 7 or 8:
                    if (inner.Count > 1)
                    {
                        _errors.Add(
                            at + ".components",
                            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                            "The specified component exceeds the maximum width"
                        );
                    }

                    SelectRules.Check(child, path, _errors);
                    CustomId(child, path);
                    break;
                case null:
                    break;
                default:
                    _errors.Choice(path + ".type", "2, 3, 5, 6, 7, 8");
                    break;
            }
        }
    }

    private void Content(JsonObject component, long type, string at)
    {
        switch (type)
        {
            case 9:
                Section(component, at);
                break;
            case 10:
                Text(component, at);
                break;
            case 12:
                foreach (var (item, path) in Listed(component, "items", at, 1, 10))
                {
                    Media(item, "media", path);
                    _errors.Text(item, "description", path + ".description", 0, 1024);
                }

                break;
            case 13:
                Media(component, "file", at, "attachment");
                break;
            case 14:
                if (_errors.Number(component, "spacing", at + ".spacing", 1, 2) is null)
                {
                    component["spacing"] = 1;
                }

                break;
        }
    }

    private void Section(JsonObject section, string at)
    {
        foreach (var (child, path) in Children(section, at, 1, 3))
        {
            if (Type(child, path) is 10)
            {
                Text(child, path);
            }
            else
            {
                _errors.Choice(path + ".type", "10,");
            }
        }

        if (_errors.Object(section, "accessory", at + ".accessory") is not { } accessory)
        {
            _errors.Missing(at + ".accessory");
            return;
        }

        switch (Type(accessory, at + ".accessory"))
        {
            case 2:
                Button(accessory, at + ".accessory");
                break;
            case 11:
                Media(accessory, "media", at + ".accessory");
                _errors.Text(accessory, "description", at + ".accessory.description", 0, 1024);
                break;
            default:
                _errors.Choice(at + ".accessory.type", "2, 11");
                break;
        }
    }

    private void Text(JsonObject component, string at) =>
        _text += FieldErrors.Length(
            _errors.Text(component, "content", at + ".content", 1, MaxText, required: true).Trim()
        );

    private void Media(JsonObject of, string name, string at, params string[] schemes)
    {
        var allowed = schemes.Length > 0 ? schemes : ["http", "https", "attachment"];
        if (_errors.Object(of, name, $"{at}.{name}") is not { } media)
        {
            _errors.Missing($"{at}.{name}");
        }
        else if (_errors.Url(media, "url", $"{at}.{name}.url", 2048, allowed) is null)
        {
            _errors.Missing($"{at}.{name}.url");
        }
    }

    private void Button(JsonObject button, string at)
    {
        if (ButtonRules.Check(button, at, _errors))
        {
            CustomId(button, at);
        }
    }

    private void CustomId(JsonObject component, string at)
    {
        var id = _errors.Text(component, "custom_id", at + ".custom_id", 1, 100, required: true);
        if (id.Length > 0 && !_customIds.Add(id))
        {
            _errors.Add(
                at + ".custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated"
            );
        }
    }

    private long? Type(JsonObject component, string at)
    {
        _count++;
        if (_errors.Number(component, "id", at + ".id", 0, int.MaxValue) is { } id && id > 0 && !_ids.Add(id))
        {
            _errors.Add(at + ".id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
        }

        var type = _errors.Number(component, "type", at + ".type", 1, 30);
        if (type is null)
        {
            _errors.Missing(at + ".type");
        }

        return type;
    }

    private List<(JsonObject Item, string Path)> Children(JsonObject of, string at, int min, int max) =>
        Listed(of, "components", at, min, max);

    private List<(JsonObject Item, string Path)> Listed(JsonObject of, string name, string at, int min, int max)
    {
        var found = _errors.Objects(of, name, $"{at}.{name}", int.MaxValue).ToList();
        if (found.Count < min || found.Count > max)
        {
            _errors.Add($"{at}.{name}", "BASE_TYPE_BAD_LENGTH", $"Must be between {min} and {max} in length.");
        }

        return found;
    }
}
