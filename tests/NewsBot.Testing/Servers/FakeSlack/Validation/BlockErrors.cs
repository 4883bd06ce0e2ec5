using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>What is wrong with blocks, in Slack's way of saying it.</summary>
internal sealed class BlockErrors
{
    // Further ones would only repeat the first.
    private const int MaxShown = 10;

    private readonly List<string> _found = [];

    /// <summary>All text so far, which is limited together.</summary>
    public int TextLength { get; private set; }

    /// <summary>The text of all markdown blocks, which is limited together.</summary>
    public int MarkdownLength { get; set; }

    /// <summary>The ids of blocks, which are unique in a message.</summary>
    public HashSet<string> BlockIds { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of actions, which are unique in a block.</summary>
    public HashSet<string> ActionIds { get; } = new(StringComparer.Ordinal);

    public void Add(string message, string path)
    {
        if (_found.Count < MaxShown)
        {
            _found.Add($"{message} [json-pointer:{path}]");
        }
    }

    /// <exception cref="FakeApiException">There is any.</exception>
    public void Throw(string code)
    {
        if (_found.Count > 0)
        {
            throw new FakeApiException(code, [.. _found]);
        }
    }

    /// <summary>A field with one of the two kinds of text object.</summary>
    /// <param name="owner">What has it.</param>
    /// <param name="field">Its name.</param>
    /// <param name="path">Of the owner.</param>
    /// <param name="max">Characters allowed.</param>
    /// <param name="plainOnly">Whether mrkdwn is refused.</param>
    /// <param name="required">Whether it must be there.</param>
    public void TextObject(
        JsonObject owner,
        string field,
        string path,
        int max,
        bool plainOnly = true,
        bool required = true
    )
    {
        if (owner[field] is null)
        {
            if (required)
            {
                Add($"missing required field: {field}", path);
            }

            return;
        }

        Text(owner[field], $"{path}/{field}", max, plainOnly);
    }

    /// <summary>One text object.</summary>
    public void Text(JsonNode? node, string path, int max, bool plainOnly)
    {
        if (node is not JsonObject text)
        {
            Add("must be a text object", path);
            return;
        }

        var type = text["type"]?.ToString();
        if (type != "plain_text" && (plainOnly || type != "mrkdwn"))
        {
            Add(plainOnly ? "must be a plain_text object" : "must be one of: plain_text, mrkdwn", path);
        }

        if (type == "plain_text" && text.ContainsKey("verbatim"))
        {
            Add("invalid additional property: verbatim", path);
        }

        if (type == "mrkdwn" && text.ContainsKey("emoji"))
        {
            Add("invalid additional property: emoji", path);
        }

        Known(text, path, "type", "text", "emoji", "verbatim");
        String(text, "text", path, max, required: true);
        TextLength += text["text"]?.ToString().Length ?? 0;
    }

    /// <summary>A field with a string of limited length.</summary>
    public void String(JsonObject owner, string field, string path, int max, bool required = false)
    {
        var node = owner[field];
        if (node is null)
        {
            if (required)
            {
                Add($"missing required field: {field}", path);
            }

            return;
        }

        if (node.GetValueKind() != JsonValueKind.String)
        {
            Add("must provide a string", $"{path}/{field}");
            return;
        }

        var length = node.GetValue<string>().Length;
        if (length > max)
        {
            Add($"must be less than {max + 1} characters", $"{path}/{field}");
        }
        else if (required && length == 0)
        {
            Add("must be more than 0 characters", $"{path}/{field}");
        }
    }

    /// <summary>Refuses fields that are not known.</summary>
    public void Known(JsonObject owner, string path, params string[] fields)
    {
        foreach (var (name, _) in owner)
        {
            if (!fields.Contains(name))
            {
                Add($"invalid additional property: {name}", path);
            }
        }
    }

    /// <summary>A list of so many.</summary>
    public JsonArray List(JsonObject owner, string field, string path, int least, int most)
    {
        if (owner[field] is not JsonArray list)
        {
            Add(owner[field] is null ? $"missing required field: {field}" : "must be an array", path);
            return [];
        }

        if (list.Count > most)
        {
            Add($"no more than {most} items allowed", $"{path}/{field}");
        }
        else if (list.Count < least)
        {
            Add($"no fewer than {least} items required", $"{path}/{field}");
        }

        return list;
    }

    /// <summary>An id that is unique among its like.</summary>
    public void Unique(JsonObject owner, string field, string path, HashSet<string> seen)
    {
        String(owner, field, path, 255);
        if (owner[field] is { } id && !seen.Add(id.ToString()))
        {
            Add($"{field} {id} already exists", path);
        }
    }

    /// <summary>An http or https address.</summary>
    public void Url(JsonObject owner, string field, string path, bool required)
    {
        String(owner, field, path, 3000, required);
        if (
            owner[field] is { } url
            && !(Uri.TryCreate(url.ToString(), UriKind.Absolute, out var read) && read.Scheme is "http" or "https")
        )
        {
            Add("invalid url", $"{path}/{field}");
        }
    }
}
