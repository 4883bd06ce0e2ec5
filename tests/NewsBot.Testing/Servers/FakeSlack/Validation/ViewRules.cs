using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>The shapes and limits of modals. Source: https://docs.slack.dev/reference/views/modal-views</summary>
internal static class ViewRules
{
    private const int MaxBytes = 250_000;
    private const int MaxOptions = 100;

    /// <summary>Checks a view that is to be shown.</summary>
    /// <exception cref="FakeApiException">invalid_arguments with all that is wrong, or view_too_large.</exception>
    public static void Check(JsonObject view)
    {
        if (Encoding.UTF8.GetByteCount(view.ToJsonString()) > MaxBytes)
        {
            throw new FakeApiException("view_too_large");
        }

        var errors = new BlockErrors();
        var type = view["type"]?.ToString();
        if (type is not ("modal" or "home"))
        {
            errors.Add("must be one of: modal, home", "/view/type");
        }

        errors.Known(
            view,
            "/view",
            "type",
            "title",
            "submit",
            "close",
            "blocks",
            "private_metadata",
            "callback_id",
            "external_id",
            "clear_on_close",
            "notify_on_close",
            "submit_disabled"
        );
        errors.String(view, "private_metadata", "/view", 3000);
        errors.String(view, "callback_id", "/view", 255);
        errors.String(view, "external_id", "/view", 255);
        var surface = type == "home" ? Surface.Home : Surface.Modal;
        if (surface == Surface.Modal)
        {
            errors.TextObject(view, "title", "/view", 24);
            errors.TextObject(view, "submit", "/view", 24, required: false);
            errors.TextObject(view, "close", "/view", 24, required: false);
            if (Inputs(view).Any() && view["submit"] is null)
            {
                errors.Add("missing required field: submit", "/view");
            }
        }

        BlockRules.Collect(errors.List(view, "blocks", "/view", 0, 100), surface, "/view/blocks", errors);
        errors.Throw("invalid_arguments");
    }

    /// <summary>What stands in the inputs before anybody types.</summary>
    public static JsonObject InitialValues(JsonObject view)
    {
        var values = new JsonObject();
        foreach (var block in Inputs(view))
        {
            var element = (JsonObject)block["element"]!;
            Put(values, block, element, Initial(element));
        }

        return values;
    }

    /// <summary>Whether a view has an input block of that id.</summary>
    public static bool HasInput(JsonObject view, string blockId) =>
        Inputs(view).Any(block => block["block_id"]?.ToString() == blockId);

    /// <summary>Puts what a human typed or chose into the state of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="values">Its state.</param>
    /// <param name="name">The block_id or action_id of an input.</param>
    /// <param name="given">A text, a list of texts, or null for nothing.</param>
    /// <exception cref="ArgumentException">There is no such input or choice.</exception>
    public static void Fill(JsonObject view, JsonObject values, string name, JsonNode? given)
    {
        var block =
            Inputs(view)
                .FirstOrDefault(one =>
                    one["block_id"]?.ToString() == name || one["element"]!["action_id"]?.ToString() == name
                )
            ?? throw new ArgumentException($"The view has no input {name}.", nameof(name));
        var element = (JsonObject)block["element"]!;
        Put(values, block, element, ElementValues.Of(element, given));
    }

    /// <summary>The first input that must be filled in but is not; null for none.</summary>
    public static string? Missing(JsonObject view, JsonObject values) =>
        Inputs(view)
            .Where(block => block["optional"]?.ToString() != "true")
            .Select(block => (Block: block["block_id"]!.ToString(), Action: block["element"]!["action_id"]!.ToString()))
            .FirstOrDefault(one => !ElementValues.IsFilled(values[one.Block]?[one.Action]))
            .Block;

    /// <summary>Checks the choices for a menu.</summary>
    /// <exception cref="FakeApiException">They are none.</exception>
    public static JsonObject Options(JsonObject? answer)
    {
        var errors = new BlockErrors();
        var lists = answer?["option_groups"] is JsonArray groups
            ? groups.Select(group => group?["options"] as JsonArray).ToList()
            : [answer?["options"] as JsonArray];
        foreach (var list in lists)
        {
            if (list is null || list.Count > MaxOptions)
            {
                throw new FakeApiException("invalid_arguments", "options are a list of at most 100");
            }

            for (var index = 0; index < list.Count; index++)
            {
                ElementRules.Option(list[index], $"/options/{index}", errors);
            }
        }

        errors.Throw("invalid_arguments");
        return (JsonObject)answer!.DeepClone();
    }

    private static IEnumerable<JsonObject> Inputs(JsonObject view) =>
        (view["blocks"] as JsonArray ?? []).OfType<JsonObject>().Where(block => block["type"]?.ToString() == "input");

    private static void Put(JsonObject values, JsonObject block, JsonObject element, JsonObject value)
    {
        var blockId = block["block_id"]!.ToString();
        if (values[blockId] is not JsonObject of)
        {
            values[blockId] = of = [];
        }

        of[element["action_id"]!.ToString()] = value;
    }

    private static JsonObject Initial(JsonObject element)
    {
        var value = new JsonObject { ["type"] = element["type"]!.ToString() };
        foreach (
            var (from, to) in (ReadOnlySpan<(string, string)>)
                [
                    ("initial_value", "value"),
                    ("initial_option", "selected_option"),
                    ("initial_options", "selected_options"),
                    ("initial_channel", "selected_channel"),
                    ("initial_conversation", "selected_conversation"),
                    ("initial_user", "selected_user"),
                    ("initial_date", "selected_date"),
                    ("initial_time", "selected_time"),
                ]
        )
        {
            if (element[from] is { } initial)
            {
                value[to] = initial.DeepClone();
            }
        }

        if (element["type"]!.ToString() is "plain_text_input" && !value.ContainsKey("value"))
        {
            value["value"] = null;
        }

        return value;
    }
}
