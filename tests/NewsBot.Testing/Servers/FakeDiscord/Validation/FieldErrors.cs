using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>
/// Collects what is wrong with a body, in the form Discord tells it. Source:
/// https://discord.com/developers/docs/reference#error-messages
/// </summary>
internal sealed class FieldErrors
{
    private readonly JsonObject _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>Notes an error.</summary>
    /// <param name="path">Names and indices with dots between them, such as embeds.0.title; empty for the body.</param>
    /// <param name="code">Discord's name of the error.</param>
    /// <param name="message">Its sentence.</param>
    public void Add(string path, string code, string message)
    {
        var at = _errors;
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at[part] is not JsonObject next)
            {
                at[part] = next = [];
            }

            at = next;
        }

        if (at["_errors"] is not JsonArray list)
        {
            at["_errors"] = list = [];
        }

        list.Add(new JsonObject { ["code"] = code, ["message"] = message });
    }

    public FakeApiException Exception() => new(400, 50035, "Invalid Form Body", _errors);

    public void ThrowIfAny()
    {
        if (Any)
        {
            throw Exception();
        }
    }

    public void Missing(string path) => Add(path, "BASE_TYPE_REQUIRED", "This field is required");

    public void Choice(string path, string choices) =>
        Add(path, "BASE_TYPE_CHOICES", $"Value must be one of {{{choices}}}.");

    /// <summary>Checks a text.</summary>
    /// <returns>The text; empty where it is absent or wrong.</returns>
    public string Text(JsonObject of, string name, string path, int min, int max, bool required = false)
    {
        if (of[name] is not { } node)
        {
            if (required)
            {
                Missing(path);
            }

            return "";
        }

        if (node is not JsonValue value || !value.TryGetValue(out string? text))
        {
            // Discord takes numbers for texts too.
            if (node is JsonValue number && number.GetValueKind() == JsonValueKind.Number)
            {
                text = number.ToString();
            }
            else
            {
                Add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.");
                return "";
            }
        }

        var length = Length(text.Trim());
        if (length < min && min > 0)
        {
            Add(
                path,
                min == 1 && length == 0 ? "BASE_TYPE_REQUIRED" : "BASE_TYPE_BAD_LENGTH",
                min == 1 && length == 0 ? "This field is required" : $"Must be between {min} and {max} in length."
            );
        }
        else if (length > max)
        {
            Add(
                path,
                min > 0 ? "BASE_TYPE_BAD_LENGTH" : "BASE_TYPE_MAX_LENGTH",
                min > 0 ? $"Must be between {min} and {max} in length." : $"Must be {max} or fewer in length."
            );
        }

        return text;
    }

    /// <summary>Checks a whole number.</summary>
    public long? Number(JsonObject of, string name, string path, long min, long max)
    {
        if (of[name] is not { } node)
        {
            return null;
        }

        if (Whole(node) is not { } number)
        {
            Add(path, "NUMBER_TYPE_COERCE", $"Value \"{Short(node)}\" is not int.");
            return null;
        }

        if (number < min)
        {
            Add(path, "NUMBER_TYPE_MIN", $"int value should be greater than or equal to {min}.");
        }
        else if (number > max)
        {
            Add(path, "NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");
        }

        return number;
    }

    public bool? Flag(JsonObject of, string name, string path)
    {
        if (of[name] is not { } node)
        {
            return null;
        }

        if (node is JsonValue value && value.TryGetValue(out bool flag))
        {
            return flag;
        }

        Add(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        return null;
    }

    public ulong? Id(JsonObject of, string name, string path)
    {
        if (of[name] is not { } node)
        {
            return null;
        }

        if (ulong.TryParse(node.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        Add(path, "NUMBER_TYPE_COERCE", $"Value \"{Short(node)}\" is not snowflake.");
        return null;
    }

    public JsonArray List(JsonObject of, string name, string path, int max)
    {
        switch (of[name])
        {
            case null:
                return [];
            case JsonArray list:
                if (list.Count > max)
                {
                    Add(path, "BASE_TYPE_BAD_LENGTH", $"Must be {max} or fewer in length.");
                }

                return list;
            default:
                Add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                return [];
        }
    }

    public IEnumerable<(JsonObject Item, string Path)> Objects(JsonObject of, string name, string path, int max)
    {
        var list = List(of, name, path, max);
        for (var index = 0; index < list.Count; index++)
        {
            var at = $"{path}.{index}";
            if (list[index] is JsonObject item)
            {
                yield return (item, at);
            }
            else
            {
                Add(at, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            }
        }
    }

    public JsonObject? Object(JsonObject of, string name, string path)
    {
        switch (of[name])
        {
            case null:
                return null;
            case JsonObject item:
                return item;
            default:
                Add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
                return null;
        }
    }

    public string? Url(JsonObject of, string name, string path, int max, params string[] schemes)
    {
        if (of[name] is null)
        {
            return null;
        }

        var text = Text(of, name, path, 0, max);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            Add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
        else if (!schemes.Contains(url.Scheme, StringComparer.OrdinalIgnoreCase))
        {
            Add(
                path,
                "URL_TYPE_INVALID_SCHEME",
                $"Scheme \"{url.Scheme}\" is not supported. Scheme must be one of ({string.Join(", ", schemes.Select(scheme => $"'{scheme}'"))})."
            );
        }

        return text;
    }

    /// <summary>Discord counts code points.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    // A number may have come as JSON, as text, or have been put there by a caller in this process.
    private static long? Whole(JsonNode node) =>
        node is JsonValue value
        && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && long.TryParse(
            value.ToString(),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static string Short(JsonNode node)
    {
        var text = new StringBuilder(node.ToJsonString()).Replace("\"", "");
        return text.Length > 60 ? text.ToString(0, 60) : text.ToString();
    }
}
