using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace NewsBot.Tests.Doors;

/// <summary>What has to hold of every address there is, also of one that is added tomorrow: none is named here.</summary>
public sealed class EveryRouteTests(EveryRoute routes) : IClassFixture<EveryRoute>
{
    private const string OneYear = "max-age=31536000";

    private static readonly string[] Private =
    [
        "/me",
        "/settings",
        "/moderation",
        "/sign-in",
        "/sign-out",
        "/chat",
        "/slack/install",
        "/slack/oauth",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(routes.Newsroom.Folder, "newsbot.db");

    [Fact]
    public async Task Every_answer_carries_the_protecting_headers()
    {
        var all = routes.All();
        Assert.True(all.Count > 60, $"Only {all.Count} addresses were found.");

        foreach (var route in all)
        {
            using var answer = await routes.SendAsync(route.Method, route.Path);
            var headers = answer.Headers;
            var policy = Only(route, headers, "Content-Security-Policy");

            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src 'unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Only(route, headers, "X-Content-Type-Options"));
            Assert.Equal("same-origin", Only(route, headers, "Referrer-Policy"));
            Assert.Equal("same-origin", Only(route, headers, "Cross-Origin-Opener-Policy"));
            Assert.Contains("camera=()", Only(route, headers, "Permissions-Policy"), StringComparison.Ordinal);
            Assert.Equal(OneYear, Only(route, headers, "Strict-Transport-Security"));
            Assert.False(headers.Contains("Server"), $"{route} names the server.");
            Assert.False(headers.Contains("Access-Control-Allow-Origin"), $"{route} opens itself to other origins.");
            if (Private.Any(path => route.Path == path || route.Path.StartsWith($"{path}/", StringComparison.Ordinal)))
            {
                Assert.True(headers.CacheControl?.NoStore, $"{route} may be kept: {headers.CacheControl}");
            }
        }
    }

    [Fact]
    public async Task Without_TLS_nobody_is_bound_to_it()
    {
        using var answer = await routes.SendAsync(
            "GET",
            "/",
            null,
            ("Host", routes.Newsroom.Http.BaseAddress!.Authority)
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://news.example.org")]
    [InlineData("Origin", "https://news.example.org.evil.example")]
    [InlineData("Origin", "https://news.example.org:8443")]
    [InlineData("Origin", "https://evil.example#https://news.example.org")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task No_change_is_made_for_a_page_of_another_site(string header, string value)
    {
        var before = await DatabaseDump.ReadAsync(Database);
        var changing = routes.All().Where(route => route.IsUnsafe).ToList();
        Assert.True(changing.Count > 15, $"Only {changing.Count} changing addresses were found.");

        foreach (var route in changing)
        {
            using var form = Form("text=hello&name=Eve&do=unlink");
            using var answer = await routes.SendAsync(route.Method, route.Path, form, (header, value));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{route} answered {answer.StatusCode}");
        }

        DatabaseDump.AssertSame(before, await DatabaseDump.ReadAsync(Database));
    }

    [Fact]
    public async Task No_form_is_taken_without_its_proof_and_no_json_without_a_token()
    {
        var before = await DatabaseDump.ReadAsync(Database);

        foreach (var route in routes.All().Where(route => route.IsUnsafe))
        {
            string[] bodies =
            [
                "text=hello&name=Eve&do=unlink",
                "text=hello&name=Eve&proof=CfDJ8made-up",
                $"name=Eve&join={EveryRoute.JoinSecret}",
            ];
            foreach (var body in bodies)
            {
                using var form = Form(body);
                using var answer = await routes.SendAsync(
                    route.Method,
                    route.Path,
                    form,
                    ("Cookie", "newsbot-form=made-up; newsbot-session=made-up; __Host-newsbot-session=made-up")
                );
                Refused(route, answer);
            }

            using var json = new StringContent(
                """{"author":"Eve","text":"hello"}""",
                Encoding.UTF8,
                "application/json"
            );
            using var said = await routes.SendAsync(route.Method, route.Path, json);
            Refused(route, said);
        }

        DatabaseDump.AssertSame(before, await DatabaseDump.ReadAsync(Database));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("news.example.org.evil.example")]
    [InlineData("news.example.org:81")]
    [InlineData("news.example.org@evil.example")]
    [InlineData("evil.example:443")]
    public async Task No_address_answers_under_a_foreign_name(string host)
    {
        foreach (var route in routes.All())
        {
            using var answer = await routes.SendAsync(route.Method, route.Path, null, ("Host", host));
            Assert.True(
                answer.StatusCode is HttpStatusCode.MisdirectedRequest or HttpStatusCode.BadRequest,
                $"{route} answered {answer.StatusCode} as {host}"
            );
        }
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "http")]
    [InlineData("X-Forwarded-Prefix", "/evil")]
    [InlineData("Forwarded", "host=evil.example;proto=http")]
    [InlineData("X-Original-URL", "/settings")]
    [InlineData("X-Rewrite-URL", "/settings")]
    public async Task What_a_stranger_says_of_the_way_a_request_came_changes_no_page(string header, string value)
    {
        foreach (var path in (string[])["/", "/about", "/feed.atom", "/robots.txt", "/sign-in/discord/start"])
        {
            using var plain = await routes.SendAsync("GET", path);
            using var forged = await routes.SendAsync("GET", path, null, (header, value));
            var text = await forged.Content.ReadAsStringAsync(Stop);

            Assert.Equal(plain.StatusCode, forged.StatusCode);
            Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", $"{forged.Headers}", StringComparison.Ordinal);
            Assert.Equal(plain.Headers.Location?.Host, forged.Headers.Location?.Host);
        }
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("PUT")]
    [InlineData("PROPFIND")]
    [InlineData("DELETE")]
    [InlineData("GET\u0020")]
    public async Task No_other_method_is_taken_for_one_that_is(string method)
    {
        if (!method.All(char.IsAsciiLetterUpper))
        {
            Assert.Throws<FormatException>(() => HttpMethod.Parse(method));
            return;
        }

        foreach (var path in (string[])["/", "/settings/audit", "/api/v1/channels", "/me", "/assets/site.css"])
        {
            using var answer = await routes.SendAsync(method, path, null, ("X-Probe", "seen-by-nobody"));
            Refused(new Route(method, path, false), answer);
            Assert.DoesNotContain(
                "seen-by-nobody",
                await answer.Content.ReadAsStringAsync(Stop),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-HTTP-Method")]
    [InlineData("X-Method-Override")]
    public async Task A_method_in_a_header_counts_for_nothing(string header)
    {
        using var answer = await routes.SendAsync("GET", "/me/sessions/1/end", null, (header, "POST"));
        using var form = Form("_method=DELETE");
        using var posted = await routes.SendAsync("POST", "/api/v1/channels/1/messages/1", form, (header, "DELETE"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
    }

    [Theory]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    [InlineData("/assets/%2e%2e/%2e%2e/newsbot.db")]
    [InlineData("/assets/..\\..\\newsbot.db")]
    [InlineData("/assets/%2fetc%2fpasswd")]
    [InlineData("/assets/....//newsbot.db")]
    [InlineData("/pictures/..%2f1")]
    [InlineData("/sample/..%2f..%2fnewsbot.db")]
    [InlineData("/stories/..%2f..%2fnewsbot.db")]
    [InlineData("/%2e%2e/newsbot.db")]
    [InlineData("/newsbot.db")]
    [InlineData("/assets/site.css%00.png")]
    public async Task No_path_leads_to_a_file_that_is_not_meant(string path)
    {
        using var answer = await routes.SendAsync("GET", path);

        Assert.True(
            answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest,
            $"{path} answered {answer.StatusCode}"
        );
    }

    private static void Refused(Route route, HttpResponseMessage answer) =>
        Assert.True(
            (int)answer.StatusCode is >= 400 and < 500
                // Who is nobody is led to where one becomes somebody.
                || answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true,
            $"{route} answered {answer.StatusCode}"
        );

    private static StringContent Form(string text) =>
        new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));

    private static string Only(Route route, HttpResponseHeaders headers, string name)
    {
        Assert.True(headers.TryGetValues(name, out var values), $"{route} has no {name}");
        return Assert.Single(values);
    }
}
