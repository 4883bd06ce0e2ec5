using AngleSharp.Html.Parser;
using NewsBot.Tests.SignIn;

namespace NewsBot.Tests.Doors;

/// <summary>A browser at the public address of a newsroom, with cookies as it was given them.</summary>
internal sealed class WebVisitor : IDisposable
{
    private readonly DoorWorld _world;
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private SignInBrowser? _signedIn;

    public WebVisitor(DoorWorld world, string cookie)
    {
        _world = world;
        if (cookie.Split('=', 2) is [var name, var value])
        {
            _cookies[name] = value;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One in which somebody signed in.</summary>
    public static async Task<WebVisitor> SignInAsync(DoorWorld world, string name, string platform = "discord")
    {
        var browser = await world.Rig.SignedInAsync(platform, name);
        var visitor = new WebVisitor(world, "") { _signedIn = browser };
        foreach (System.Net.Cookie cookie in browser.Cookies.GetAllCookies())
        {
            visitor._cookies[cookie.Name] = cookie.Value;
        }

        return visitor;
    }

    public void Dispose() => _signedIn?.Dispose();

    /// <summary>The proof of the forms of a page.</summary>
    public async Task<string> ProofAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        var field = (await new HtmlParser().ParseDocumentAsync(html, Stop)).QuerySelector("input[name=proof]");
        return field?.GetAttribute("value") ?? throw new InvalidOperationException($"{path} has no form: {html}");
    }

    public async Task<string> PageAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    public async Task<string> PostAsync(string path, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await SendAsync(HttpMethod.Post, path, form);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Host = new Uri(SignInRig.PublicUrl).Host;
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await _world.Rig.Newsroom.Http.SendAsync(request, Stop);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var parts = cookie.Split(';')[0].Split('=', 2);
            _cookies[parts[0]] = parts[1];
        }

        return answer;
    }
}
