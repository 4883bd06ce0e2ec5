using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.SignIn;

namespace NewsBot.Tests.Doors;

/// <summary>A session is of the browser it began in, from signing in to signing out, and leads nowhere else.</summary>
public sealed class SessionTests
{
    private const string Cookie = "newsbot-session";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_planted_session_is_not_the_one_after_signing_in_and_signing_out_ends_only_this_one()
    {
        await using var rig = await SignInRig.StartAsync();
        using var attacker = await rig.SignedInAsync("discord", "saga_w");
        var planted = Secret(attacker);
        using var victim = rig.Browser();
        victim.Cookies.Add(rig.Newsroom.Http.BaseAddress!, new Cookie(Cookie, planted));
        using var other = await rig.SignedInAsync("discord", "Kofi");

        using var begun = await victim.SignInAsync("discord", "Kofi");
        var secret = Secret(victim);
        var me = await victim.PageAsync("/me");
        using var byPlanted = await MeAsync(rig, planted);
        using var bySecret = await MeAsync(rig, secret);

        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        Assert.NotEqual(planted, secret);
        Assert.Equal(HttpStatusCode.Found, byPlanted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, bySecret.StatusCode);
        using var made = await MeAsync(rig, "made-up-by-whoever-asks-and-as-long-as-ours");
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);

        var form = (AngleSharp.Html.Dom.IHtmlFormElement)me.QuerySelector("form[action='/sign-out']")!;
        using var ended = await victim.SubmitAsync(form);
        using var kept = await MeAsync(rig, secret);
        using var others = await other.GetAsync("/me");

        Assert.Equal(HttpStatusCode.Found, kept.StatusCode);
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
    }

    [Theory]
    [InlineData("no state")]
    [InlineData("made up")]
    [InlineData("of another platform")]
    [InlineData("without the cookie")]
    [InlineData("with the cookie of another beginning")]
    [InlineData("of twenty minutes ago")]
    public async Task Nobody_is_signed_in_by_a_state_that_is_not_of_this_browser_now(string how)
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = rig.Browser();
        using var another = rig.Browser();
        var page = await browser.BeginAsync("discord");
        var state = QueryHelpers.ParseQuery(page.Query)["state"].ToString();
        var sent = how switch
        {
            "no state" => null,
            "made up" => "CfDJ8made-up",
            "of another platform" => QueryHelpers
                .ParseQuery((await browser.BeginAsync("slack")).Query)["state"]
                .ToString(),
            "of twenty minutes ago" => Aged(rig, state, TimeSpan.FromMinutes(20)),
            _ => state,
        };
        var back = await browser.ConsentAsync(page, "Kofi");
        var fields = QueryHelpers.ParseQuery(back.Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        fields["state"] = sent;
        if (how == "with the cookie of another beginning")
        {
            await another.BeginAsync("discord");
        }

        var asked = how.Contains("the cookie", StringComparison.Ordinal) ? another : browser;
        using var answer = await asked.GetAsync(
            QueryHelpers.AddQueryString(back.AbsolutePath, fields.Where(pair => pair.Value is not null).ToDictionary())
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM web_session"));
    }

    [Fact]
    public async Task A_state_of_ten_minutes_ago_is_good()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = rig.Browser();
        var back = await browser.ConsentAsync(await browser.BeginAsync("discord"), "Kofi");
        var state = QueryHelpers.ParseQuery(back.Query)["state"].ToString();

        using var answer = await browser.GetAsync(
            back.PathAndQuery.Replace(
                Uri.EscapeDataString(state),
                Uri.EscapeDataString(Aged(rig, state, TimeSpan.FromMinutes(10))),
                StringComparison.Ordinal
            )
        );

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task No_way_back_leads_to_another_site()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = rig.Browser();
        foreach (var address in Elsewhere)
        {
            var state = QueryHelpers.ParseQuery((await browser.BeginAsync("discord", address)).Query)["state"];
            Assert.Equal("/", Format(rig).Unprotect(state.ToString())!.RedirectUri);
        }

        using var good = rig.Browser();
        using var home = await good.SignInAsync("discord", "Kofi", Elsewhere[0]);
        Assert.Equal("/", home.Headers.Location?.OriginalString);
        using var led = await good.SignInAsync("discord", "Kofi", "/stories/1?order=time");
        Assert.Equal("/stories/1?order=time", led.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Over_TLS_the_cookies_of_a_session_are_for_this_site_and_no_script_alone()
    {
        await using var rig = await SignInRig.StartAsync("--Web:PublicUrl=https://news.example.org");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0");
        using var begun = await GetAsync(http, rig.Newsroom, "/sign-in/discord/start?back=/", null);
        var correlation = Assert.Single(begun.Headers.GetValues("Set-Cookie"));
        using var consent = await http.GetAsync(new Uri($"{begun.Headers.Location!.AbsoluteUri}&user=Kofi"), Stop);
        using var ended = await GetAsync(
            http,
            rig.Newsroom,
            consent.Headers.Location!.PathAndQuery,
            correlation.Split(';')[0]
        );

        var session = ended
            .Headers.GetValues("Set-Cookie")
            .Single(cookie => cookie.Contains(Cookie, StringComparison.Ordinal));
        Assert.StartsWith("__Host-", session, StringComparison.Ordinal);
        foreach (var cookie in (string[])[correlation, session])
        {
            var flags = cookie.Split("; ").Skip(1).Select(flag => flag.ToLowerInvariant()).ToList();
            Assert.Contains("secure", flags);
            Assert.Contains("httponly", flags);
            Assert.Contains("samesite=lax", flags);
            Assert.DoesNotContain(flags, flag => flag.StartsWith("domain", StringComparison.Ordinal));
        }

        Assert.Contains("path=/;", session + ";", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Addresses that some browser takes for another site.</summary>
    public static IReadOnlyList<string> Elsewhere { get; } =
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\\/evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https://evil.example",
        "https://news.example.org@evil.example/",
        "https://news.example.org.evil.example/",
        "javascript:alert(1)//evil",
        "data:text/html,evil",
        "\t//evil.example",
        " //evil.example",
        "/\t/evil.example",
        "/\r\n/evil.example",
        "/\0/evil.example",
        "/\u2028/evil.example",
        "/\uff0fevil.example",
        "evil.example",
        "?//evil.example",
        "/ok\r\nLocation: https://evil.example",
    ];

    // As it would be had it been given out earlier.
    private static string Aged(SignInRig rig, string state, TimeSpan age)
    {
        var properties = Format(rig).Unprotect(state)!;
        Assert.NotNull(properties.IssuedUtc);
        properties.IssuedUtc -= age;
        return Format(rig).Protect(properties);
    }

    private static ISecureDataFormat<AuthenticationProperties> Format(SignInRig rig) =>
        rig.Newsroom.Services.GetRequiredService<IOptionsMonitor<OAuthOptions>>().Get("discord").StateDataFormat;

    private static string Secret(SignInBrowser browser) =>
        browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == Cookie).Value;

    private static async Task<HttpResponseMessage> MeAsync(SignInRig rig, string secret)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        return await GetAsync(
            http,
            rig.Newsroom,
            "/me",
            string.Create(CultureInfo.InvariantCulture, $"{Cookie}={secret}")
        );
    }

    private static async Task<HttpResponseMessage> GetAsync(
        HttpClient http,
        RunningNewsroom newsroom,
        string path,
        string? cookie
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(newsroom.Http.BaseAddress!, path));
        request.Headers.Host = new Uri(SignInRig.PublicUrl).Host;
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await http.SendAsync(request, Stop);
    }
}
