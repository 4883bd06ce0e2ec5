using System.Net;
using AngleSharp.Html.Parser;

namespace NewsBot.Tests.Doors;

/// <summary>A browser of one client that reaches the public address through a proxy.</summary>
internal sealed class DoorBrowser(EveryRoute routes, string client) : IDisposable
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What the answers set, as they wrote it.</summary>
    public List<string> SetCookies { get; } = [];

    public void Dispose() => _cookies.Clear();

    /// <summary>Picks a name in the built-in chat.</summary>
    public async Task<HttpStatusCode> JoinAsync(string name, string word)
    {
        using var page = await SendAsync("GET", "/chat/news");
        var html = await page.Content.ReadAsStringAsync(Stop);
        var proof = (await new HtmlParser().ParseDocumentAsync(html, Stop))
            .QuerySelector("input[name=proof]")
            ?.GetAttribute("value");
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["proof"] = proof ?? "",
                ["name"] = name,
                ["join"] = word,
                ["channel"] = "news",
            }
        );
        using var answer = await SendAsync("POST", "/chat/name", form);
        return answer.StatusCode;
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? content = null)
    {
        List<(string Name, string Value)> headers = [("X-Forwarded-For", client), ("X-Forwarded-Proto", "https")];
        if (_cookies.Count > 0)
        {
            headers.Add(("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))));
        }

        var answer = await routes.SendAsync(method, path, content, [.. headers]);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            SetCookies.Add(cookie);
            var parts = cookie.Split(';')[0].Split('=', 2);
            _cookies[parts[0]] = parts[1];
        }

        return answer;
    }
}
