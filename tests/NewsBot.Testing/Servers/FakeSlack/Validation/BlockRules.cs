using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>The shapes and limits of blocks. Source: https://docs.slack.dev/reference/block-kit/blocks</summary>
internal static class BlockRules
{
    private const int MaxInMessage = 50;
    private const int MaxInView = 100;

    // All text of a message's blocks together; the documents are silent, and the real limit is a little above.
    private const int MaxText = 12_000;
    private const int MaxMarkdown = 12_000;

    /// <summary>Checks the blocks of a message.</summary>
    /// <exception cref="FakeApiException">invalid_blocks with all that is wrong, or msg_blocks_too_long.</exception>
    public static void Check(JsonArray blocks, Surface surface)
    {
        var errors = new BlockErrors();
        Collect(blocks, surface, "/blocks", errors);
        errors.Throw("invalid_blocks");
        if (surface != Surface.Response && errors.TextLength > MaxText)
        {
            throw new FakeApiException("msg_blocks_too_long");
        }
    }

    /// <summary>Notes all that is wrong.</summary>
    public static void Collect(JsonArray blocks, Surface surface, string path, BlockErrors errors)
    {
        var most = surface is Surface.Modal or Surface.Home ? MaxInView : MaxInMessage;
        if (blocks.Count > most)
        {
            errors.Add($"no more than {most} items allowed", path);
        }

        for (var index = 0; index < blocks.Count; index++)
        {
            var at = $"{path}/{index}";
            if (blocks[index] is not JsonObject block)
            {
                errors.Add("must be an object", at);
                continue;
            }

            errors.ActionIds.Clear();
            errors.Unique(block, "block_id", at, errors.BlockIds);
            Block(block, surface, at, errors);
        }

        if (errors.MarkdownLength > MaxMarkdown)
        {
            errors.Add($"all markdown blocks together must be less than {MaxMarkdown + 1} characters", path);
        }
    }

    /// <summary>Gives each block and action without an id one.</summary>
    public static void NumberBlocks(JsonArray blocks, Func<string> next)
    {
        foreach (var block in blocks.OfType<JsonObject>())
        {
            block["block_id"] ??= next();
            foreach (var element in Usable(block))
            {
                element["action_id"] ??= next();
            }
        }
    }

    /// <summary>All elements of a block that can be used.</summary>
    public static IEnumerable<JsonObject> Usable(JsonObject block) =>
        new[] { block["accessory"], block["element"] }
            .Concat(block["elements"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(one =>
                block["type"]?.ToString() is "section" or "actions" or "input" && one["type"]?.ToString() != "image"
            );

    private static void Block(JsonObject block, Surface surface, string path, BlockErrors errors)
    {
        switch (block["type"]?.ToString())
        {
            case "section":
                Section(block, path, errors);
                break;
            case "header":
                errors.Known(block, path, "type", "block_id", "text", "level");
                errors.TextObject(block, "text", path, 150);
                break;
            case "divider":
                errors.Known(block, path, "type", "block_id");
                break;
            case "context":
                Context(block, path, errors);
                break;
            case "actions":
                errors.Known(block, path, "type", "block_id", "elements");
                Elements(block, path, 25, errors);
                break;
            case "image":
                Image(block, path, errors);
                break;
            case "rich_text":
                errors.Known(block, path, "type", "block_id", "elements");
                RichTextRules.Check(errors.List(block, "elements", path, 0, int.MaxValue), $"{path}/elements", errors);
                break;
            case "markdown" when surface is not (Surface.Modal or Surface.Home):
                errors.Known(block, path, "type", "block_id", "text");
                errors.String(block, "text", path, MaxMarkdown, required: true);
                errors.MarkdownLength += block["text"]?.ToString().Length ?? 0;
                break;
            case "input":
                Input(block, path, errors);
                break;
            case "table" when surface is not (Surface.Modal or Surface.Home):
                Table(block, path, errors);
                break;
            case null:
                errors.Add("missing required field: type", path);
                break;
            case var type:
                errors.Add($"unsupported type: {type}", $"{path}/type");
                break;
        }
    }

    private static void Section(JsonObject block, string path, BlockErrors errors)
    {
        errors.Known(block, path, "type", "block_id", "text", "fields", "accessory", "expand");
        errors.TextObject(block, "text", path, 3000, plainOnly: false, required: block["fields"] is null);
        if (block["fields"] is not null)
        {
            var fields = errors.List(block, "fields", path, 1, 10);
            for (var index = 0; index < fields.Count; index++)
            {
                errors.Text(fields[index], $"{path}/fields/{index}", 2000, plainOnly: false);
            }
        }

        if (block["accessory"] is { } accessory)
        {
            ElementRules.Check(accessory, $"{path}/accessory", errors, ElementPlace.Accessory);
        }
    }

    private static void Context(JsonObject block, string path, BlockErrors errors)
    {
        errors.Known(block, path, "type", "block_id", "elements");
        var elements = errors.List(block, "elements", path, 1, 10);
        for (var index = 0; index < elements.Count; index++)
        {
            var at = $"{path}/elements/{index}";
            if (elements[index] is JsonObject image && image["type"]?.ToString() == "image")
            {
                ElementRules.ImageElement(image, at, errors);
            }
            else
            {
                // A context holds short texts; Slack refuses longer ones as it does in sections.
                errors.Text(elements[index], at, 2000, plainOnly: false);
            }
        }
    }

    private static void Elements(JsonObject block, string path, int most, BlockErrors errors)
    {
        var elements = errors.List(block, "elements", path, 1, most);
        for (var index = 0; index < elements.Count; index++)
        {
            ElementRules.Check(elements[index], $"{path}/elements/{index}", errors, ElementPlace.Actions);
        }
    }

    private static void Image(JsonObject block, string path, BlockErrors errors)
    {
        errors.Known(block, path, "type", "block_id", "image_url", "slack_file", "alt_text", "title");
        errors.String(block, "alt_text", path, 2000, required: true);
        errors.TextObject(block, "title", path, 2000, required: false);
        if (block["slack_file"] is null)
        {
            errors.Url(block, "image_url", path, required: true);
        }
    }

    private static void Input(JsonObject block, string path, BlockErrors errors)
    {
        errors.Known(block, path, "type", "block_id", "label", "element", "dispatch_action", "hint", "optional");
        errors.TextObject(block, "label", path, 2000);
        errors.TextObject(block, "hint", path, 2000, required: false);
        if (block["element"] is null)
        {
            errors.Add("missing required field: element", path);
            return;
        }

        ElementRules.Check(block["element"], $"{path}/element", errors, ElementPlace.Input);
    }

    private static void Table(JsonObject block, string path, BlockErrors errors)
    {
        errors.Known(block, path, "type", "block_id", "rows", "column_settings");
        var rows = errors.List(block, "rows", path, 1, 100);
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index] is not JsonArray { Count: <= 20 })
            {
                errors.Add("a row has at most 20 cells", $"{path}/rows/{index}");
            }
        }
    }
}
