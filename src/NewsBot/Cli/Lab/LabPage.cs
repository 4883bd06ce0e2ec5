using System.Text.Json.Nodes;
using NewsBot.Fetching;

namespace NewsBot.Cli.Lab;

/// <summary>What an article's page says, as the reader of articles reads it.</summary>
internal static class LabPage
{
    public static async Task<JsonObject> ReadAsync(byte[] body, Uri url, CancellationToken cancellationToken)
    {
        var reading = await ArticleExtractor.ReadAsync(HtmlBytes.Decode(body, null), url, cancellationToken);
        var article = reading.Article;
        var line = new JsonObject
        {
            ["title"] = article?.Title,
            ["byline"] = article?.Byline,
            ["published"] = LabLine.Instant(article?.PublishedAt),
            ["language"] = article?.Language,
            ["text"] = article?.Text ?? "",
        };
        if (reading.Reason is { } reason)
        {
            line["reason"] = reason;
        }

        return line;
    }
}
