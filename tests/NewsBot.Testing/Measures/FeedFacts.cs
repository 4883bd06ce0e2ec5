using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NewsBot.Testing.Measures;

/// <summary>Compares what was read from a feed with what is known of it: titles, links, dates and how many entries it has.</summary>
internal static partial class FeedFacts
{
    /// <param name="expected"><c>{feed: {title?}, entryCount?, entries: [{index, title?, link?, dates?: []}]}</c></param>
    /// <param name="read"><c>{ok, title, entries: [{title, link, published, updated}]}</c></param>
    /// <returns>Whether all that is known was read so.</returns>
    public static bool Agree(JsonNode expected, JsonNode read)
    {
        var entries = read["entries"] as JsonArray ?? [];
        return read["ok"]?.GetValue<bool>() == true
            && Same(expected["feed"]!, read, "title", Plain)
            && (expected["entryCount"] is not { } count || count.GetValue<int>() == entries.Count)
            && expected["entries"]!.AsArray().All(entry => Agrees(entry!, entries));
    }

    private static bool Agrees(JsonNode expected, JsonArray entries)
    {
        var index = expected["index"]!.GetValue<int>();
        var read = index < entries.Count ? entries[index]! : new JsonObject();
        string[] dates = [Second(read["published"]), Second(read["updated"])];
        return Same(expected, read, "title", Plain)
            && Same(expected, read, "link", node => Plain(node).TrimEnd('/'))
            && (
                expected["dates"] is not JsonArray known
                || known.Select(Second).Intersect(dates, StringComparer.Ordinal).Any()
            );
    }

    private static bool Same(JsonNode expected, JsonNode read, string name, Func<JsonNode?, string> normal) =>
        !expected.AsObject().ContainsKey(name) || normal(expected[name]) == normal(read[name]);

    // Readers differ in how much of the markup they leave; what people read is compared.
    private static string Plain(JsonNode? node)
    {
        var text = node?.ToString() ?? "";
        for (var round = 0; round < 2; round++)
        {
            text = Tag().Replace(WebUtility.HtmlDecode(text), "");
        }

        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Second(JsonNode? node) => Fraction().Replace(node?.ToString() ?? "", "Z");

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1_000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(\.\d+)?(Z|\+00:00)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Fraction();
}
