using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>
/// The rules of embeds. Source: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
/// </summary>
internal static class EmbedRules
{
    private const int MaxSum = 6000;

    /// <summary>Checks all embeds of a message.</summary>
    /// <returns>Them as they are shown: trimmed, with their type.</returns>
    public static JsonArray Check(JsonObject body, string path, FieldErrors errors)
    {
        var sum = 0;
        var kept = new JsonArray();
        foreach (var (embed, at) in errors.Objects(body, "embeds", path, 10))
        {
            var shown = (JsonObject)embed.DeepClone();
            shown["type"] = "rich";
            sum += Part(shown, "title", at, 256);
            sum += Part(shown, "description", at, 4096);
            errors.Url(embed, "url", at + ".url", 2048, "http", "https");
            errors.Number(embed, "color", at + ".color", 0, 16_777_215);
            if (
                embed["timestamp"] is { } time
                && !DateTimeOffset.TryParse(time.ToString(), System.Globalization.CultureInfo.InvariantCulture, out _)
            )
            {
                errors.Add(at + ".timestamp", "DATE_TIME_TYPE_PARSE", $"Could not parse {time}. Should be ISO8601.");
            }

            if (errors.Object(shown, "footer", at + ".footer") is { } footer)
            {
                sum += Part(footer, "text", at + ".footer", 2048, required: true);
                errors.Url(footer, "icon_url", at + ".footer.icon_url", 2048, "http", "https", "attachment");
            }

            if (errors.Object(shown, "author", at + ".author") is { } author)
            {
                sum += Part(author, "name", at + ".author", 256, required: true);
                errors.Url(author, "url", at + ".author.url", 2048, "http", "https");
                errors.Url(author, "icon_url", at + ".author.icon_url", 2048, "http", "https", "attachment");
            }

            foreach (var (field, fieldAt) in errors.Objects(shown, "fields", at + ".fields", 25))
            {
                sum += Part(field, "name", fieldAt, 256, required: true);
                sum += Part(field, "value", fieldAt, 1024, required: true);
            }

            Picture(shown, "image", at);
            Picture(shown, "thumbnail", at);
            if (IsBare(shown))
            {
                errors.Missing(at + ".description");
            }

            kept.Add(shown);
        }

        if (sum > MaxSum)
        {
            errors.Add(path, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
        }

        return kept;

        int Part(JsonObject of, string name, string at, int max, bool required = false)
        {
            var text = errors.Text(of, name, $"{at}.{name}", required ? 1 : 0, max, required).Trim();
            if (of[name] is not null)
            {
                of[name] = text;
            }

            return FieldErrors.Length(text);
        }

        void Picture(JsonObject embed, string name, string at)
        {
            if (errors.Object(embed, name, $"{at}.{name}") is not { } picture)
            {
                return;
            }

            if (errors.Url(picture, "url", $"{at}.{name}.url", 2048, "http", "https", "attachment") is null)
            {
                errors.Missing($"{at}.{name}.url");
            }

            picture["width"] = 640;
            picture["height"] = 360;
        }
    }

    private static bool IsBare(JsonObject embed) =>
        new[]
        {
            "title",
            "description",
            "url",
            "footer",
            "author",
            "fields",
            "image",
            "thumbnail",
            "color",
            "timestamp",
        }.All(name => embed[name] is null or JsonArray { Count: 0 } || embed[name]!.ToString().Length == 0);
}
