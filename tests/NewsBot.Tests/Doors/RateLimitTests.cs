using System.Net;
using System.Text;
using System.Text.Json;
using NewsBot.Web.Security;

namespace NewsBot.Tests.Doors;

/// <summary>How much one client may ask for. Each client is an address that a trusted proxy names.</summary>
public sealed class RateLimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_has_a_limit_except_those_that_only_take_what_is_signed()
    {
        await using var routes = await StartAsync(
            "--Web:ReadBurst=2",
            "--Web:ReadsPerSecond=1",
            "--Web:WriteBurst=2",
            "--Web:WritesPerSecond=1"
        );
        var client = 0;

        foreach (var route in routes.All())
        {
            client++;
            var answers = await ManyAsync(routes, route, 8, $"198.51.{client / 250}.{client % 250 + 1}");
            var limited = answers.Where(one => one.Status == HttpStatusCode.TooManyRequests).ToList();

            Assert.True(
                limited.Count > 0 != route.IsSigned,
                $"{route}: {string.Join(' ', answers.Select(one => one.Status))}"
            );
            Assert.All(limited, one => Assert.InRange(one.RetryAfter!.Value.TotalSeconds, 1, 60));
        }

        Assert.Equal(
            ["/discord/interactions", "/slack/commands", "/slack/events", "/slack/interactions", "/slack/options"],
            routes.All().Where(route => route.IsSigned).Select(route => route.Path).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_person_and_a_crawler_notice_nothing_of_it()
    {
        await using var routes = await StartAsync();

        var page = await ManyAsync(routes, new Route("GET", "/", false), 200, "203.0.113.1");
        var searches = await ManyAsync(routes, new Route("GET", "/search?q=bridge", false), 20, "203.0.113.1");

        Assert.All([.. page, .. searches], one => Assert.Equal(HttpStatusCode.OK, one.Status));
    }

    [Fact]
    public async Task Searches_and_sign_ins_are_dearer_than_pages()
    {
        await using var routes = await StartAsync();

        foreach (
            var path in (string[])
                ["/search?q=bridge", "/api/v1/stories?q=bridge", "/sign-in/discord/start", "/slack/install"]
        )
        {
            var answers = await ManyAsync(routes, new Route("GET", path, false), 90, "203.0.113.9");
            Assert.Contains(answers, one => one.Status == HttpStatusCode.TooManyRequests);
        }

        var pages = await ManyAsync(routes, new Route("GET", "/about", false), 90, "203.0.113.9");
        Assert.DoesNotContain(pages, one => one.Status == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task An_abuser_is_one_network_of_IPv6_and_nobody_else_pays_for_it()
    {
        await using var routes = await StartAsync("--Web:ReadBurst=10", "--Web:ReadsPerSecond=1");

        List<HttpStatusCode> spread = [];
        for (var host = 1; host <= 40; host++)
        {
            using var answer = await routes.SendAsync(
                "GET",
                "/about",
                null,
                ("X-Forwarded-For", $"2001:db8:1:2:{host:x}::{host:x}"),
                ("X-Forwarded-Proto", "https")
            );
            spread.Add(answer.StatusCode);
        }

        using var neighbour = await routes.SendAsync("GET", "/about", null, ("X-Forwarded-For", "2001:db8:1:3::1"));
        Assert.Contains(HttpStatusCode.TooManyRequests, spread);
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Fact]
    public void A_client_is_told_by_its_network_however_its_address_is_written()
    {
        Assert.Equal(Slot("203.0.113.7"), Slot("::ffff:203.0.113.7"));
        Assert.Equal(Slot("2001:db8::1"), Slot("2001:db8:0:0:ffff:ffff:ffff:ffff"));
        Assert.InRange(
            Enumerable.Range(0, 1_000).Select(net => Slot($"2001:db8:{net:x}::1")).Distinct().Count(),
            900,
            1_000
        );
        Assert.All(
            Enumerable.Range(0, 1_000),
            net => Assert.InRange(Slot($"10.0.{net / 250}.{net % 250}"), 0, ClientSlot.Count - 1)
        );
    }

    [Fact]
    public async Task Who_asks_too_much_reads_a_page_in_a_browser_and_a_problem_in_a_program()
    {
        await using var routes = await StartAsync("--Web:ReadBurst=1", "--Web:ReadsPerSecond=1");
        await ManyAsync(routes, new Route("GET", "/about", false), 4, "203.0.113.20");

        using var page = await routes.SendAsync(
            "GET",
            "/about",
            null,
            ("X-Forwarded-For", "203.0.113.20"),
            ("Accept", "text/html")
        );
        using var program = await routes.SendAsync(
            "GET",
            "/api/v1/stories",
            null,
            ("X-Forwarded-For", "203.0.113.20"),
            ("Accept", "text/html")
        );

        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("try again in", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.True(page.Headers.CacheControl?.NoStore);
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await program.Content.ReadAsStringAsync(Stop));
        Assert.Equal(429, json.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task The_join_word_is_guessed_a_few_times_and_the_right_one_is_not_counted()
    {
        await using var routes = await StartAsync();
        using var guesser = new DoorBrowser(routes, "203.0.113.30");
        using var class1 = new DoorBrowser(routes, "203.0.113.31");

        List<HttpStatusCode> guesses = [];
        for (var guess = 0; guess < 14; guess++)
        {
            guesses.Add(await guesser.JoinAsync($"Guesser{guess}", $"wrong{guess}"));
        }

        var late = await guesser.JoinAsync("Guesser", EveryRoute.JoinSecret);
        for (var pupil = 0; pupil < 30; pupil++)
        {
            using var browser = new DoorBrowser(routes, "203.0.113.31");
            Assert.Equal(HttpStatusCode.SeeOther, await browser.JoinAsync($"Pupil{pupil}", EveryRoute.JoinSecret));
        }

        Assert.Equal(10, guesses.Count(status => status == HttpStatusCode.Forbidden));
        Assert.Equal(HttpStatusCode.TooManyRequests, guesses[^1]);
        Assert.Equal(HttpStatusCode.TooManyRequests, late);
    }

    [Fact]
    public async Task Forgers_are_told_to_stop_and_what_is_signed_comes_through_beside_them()
    {
        await using var routes = await StartAsync();
        const string Ping = """{"id":"1","application_id":"2","type":1,"token":"t"}""";

        List<HttpResponseMessage> forged = [];
        List<HttpStatusCode> signed = [];
        for (var attempt = 0; attempt < 120; attempt++)
        {
            forged.Add(await InteractionAsync(routes, Ping, new string('0', 128)));
            if (attempt % 10 == 0)
            {
                using var right = await InteractionAsync(routes, Ping, null);
                signed.Add(right.StatusCode);
            }
        }

        Assert.All(signed, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.Unauthorized, forged[0].StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, forged[^1].StatusCode);
        Assert.NotNull(forged[^1].Headers.RetryAfter);
        forged.ForEach(answer => answer.Dispose());
    }

    private static async Task<HttpResponseMessage> InteractionAsync(EveryRoute routes, string body, string? signature)
    {
        var now = TimeProvider
            .System.GetUtcNow()
            .ToUnixTimeSeconds()
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await routes.SendAsync(
            "POST",
            "/discord/interactions",
            content,
            ("X-Signature-Timestamp", now),
            ("X-Signature-Ed25519", signature ?? EveryRoute.Sign(now, Encoding.UTF8.GetBytes(body)))
        );
    }

    private static int Slot(string address) => ClientSlot.Of(IPAddress.Parse(address));

    private static async Task<EveryRoute> StartAsync(params string[] settings)
    {
        var routes = new EveryRoute { Settings = ["--Web:TrustedProxies:0=127.0.0.1", .. settings] };
        await routes.InitializeAsync();
        return routes;
    }

    private static async Task<IReadOnlyList<(HttpStatusCode Status, TimeSpan? RetryAfter)>> ManyAsync(
        EveryRoute routes,
        Route route,
        int times,
        string client
    )
    {
        // One slow machine must not give a bucket the time to fill again: they come at once.
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, times)
                .Select(async _ =>
                {
                    using var answer = await routes.SendAsync(
                        route.Method,
                        route.Path,
                        null,
                        ("X-Forwarded-For", client),
                        ("X-Forwarded-Proto", "https")
                    );
                    return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
                })
        );
        return answers;
    }
}
