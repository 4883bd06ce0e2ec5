using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace NewsBot.Tests.Disk;

/// <summary>Every page, feed and answer of a newsroom that can be reached, without what depends on the moment it is asked for.</summary>
internal static partial class PageCrawl
{
    // Many times what a small newsroom has; only an endless one gets there.
    private const int MostPages = 2_000;

    private static readonly string[] Entrances =
    [
        "/",
        "/sitemap.xml",
        "/robots.txt",
        "/about",
        "/status",
        "/sources",
        "/chat/news",
        "/search?q=the",
        "/feed.atom",
        "/me",
        "/api/v1/channels",
        "/api/v1/channels/1/messages?limit=200",
        "/api/v1/stories?limit=200",
        "/openapi/v1.json",
    ];

    /// <summary>Fetches everything that can be reached from the entrances, by links, by the sitemap and by ids of the API.</summary>
    /// <param name="http">Where to.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What each address gave, by address.</returns>
    public static async Task<SortedDictionary<string, string>> AllAsync(
        HttpClient http,
        CancellationToken cancellationToken
    )
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(Entrances);
        while (waiting.TryDequeue(out var path) && found.Count < MostPages)
        {
            if (found.ContainsKey(path))
            {
                continue;
            }

            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var type = answer.Content.Headers.ContentType?.MediaType ?? "";
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            var isText = !type.StartsWith("image/", StringComparison.Ordinal) || type == "image/svg+xml";
            var body = isText
                ? System.Text.Encoding.UTF8.GetString(bytes)
                : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));
            found[path] = Timeless(
                $"{(int)answer.StatusCode} {answer.Headers.Location} {type}\n{body}",
                http.BaseAddress!,
                path
            );
            foreach (var next in Links(body, type, http.BaseAddress!))
            {
                waiting.Enqueue(next);
            }
        }

        return found;
    }

    private static IEnumerable<string> Links(string body, string type, Uri root)
    {
        var links = type switch
        {
            "text/html" => new HtmlParser()
                .ParseDocument(body)
                .QuerySelectorAll("[href], [src]")
                .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!),
            "application/xml" or "application/atom+xml" => Locations()
                .Matches(body)
                .Select(match => match.Groups["at"].Value),
            "application/json" => StoryIds(body)
                .SelectMany(id =>
                    new[]
                    {
                        $"/api/v1/stories/{id}",
                        $"/api/v1/stories/{id}/comments?limit=200",
                        $"/api/v1/stories/{id}/comments?order=time",
                        $"/stories/{id}.md",
                        $"/stories/{id}/comments.json",
                    }
                ),
            _ => [],
        };
        foreach (var link in links)
        {
            if (
                Uri.TryCreate(root, link, out var address)
                && address.Authority == root.Authority
                // The made-up outlets are other people's sites; a stream never ends.
                && !address.AbsolutePath.StartsWith("/sample/", StringComparison.Ordinal)
                && !address.AbsolutePath.Contains("live", StringComparison.Ordinal)
            )
            {
                yield return address.PathAndQuery;
            }
        }
    }

    private static IEnumerable<string> StoryIds(string body) =>
        JsonDocument.Parse(body).RootElement is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty("stories", out var stories)
        && stories.ValueKind == JsonValueKind.Array
            ? stories.EnumerateArray().Select(story => story.GetProperty("id").GetString()!)
            : [];

    // What says how long ago something is, when the page was made, or proves a form, is another one each time.
    private static string Timeless(string body, Uri root, string path)
    {
        var text = body.Replace(root.GetLeftPart(UriPartial.Authority), "http://here", StringComparison.Ordinal)
            .Replace(root.Authority, "here", StringComparison.Ordinal);
        text = TimeWords().Replace(text, "…");
        text = Proofs().Replace(text, "proof");
        text = Moving().Replace(text, "…");
        // Its charts end now, whenever that is.
        return path == "/status" ? Moments().Replace(text, "<time>") : text;
    }

    [GeneratedRegex("(?<=<time [^>]{0,200}>)[^<]*(?=</time>)", RegexOptions.None, 1_000)]
    private static partial Regex TimeWords();

    [GeneratedRegex(
        """CfDJ8[\w-]+|"traceId":"[^"]*"|nonce-[\w+/=-]+|name="?key"? value="?[\w-]+"?""",
        RegexOptions.None,
        1_000
    )]
    private static partial Regex Proofs();

    [GeneratedRegex(
        @"up \d+[^<]*|in (a|an|\d+) (second|minute|hour|day)s?|(a|an|\d+) (second|minute|hour|day)s? ago|just now|\d+(\.\d+)? MB",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Moving();

    [GeneratedRegex("<time [^>]*>", RegexOptions.None, 1_000)]
    private static partial Regex Moments();

    [GeneratedRegex("<loc>(?<at>[^<]+)</loc>|href=\"(?<at>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Locations();
}
