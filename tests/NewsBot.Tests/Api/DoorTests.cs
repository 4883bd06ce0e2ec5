using System.Net;
using System.Text;

namespace NewsBot.Tests.Api;

/// <summary>Who may call: hosts, origins, tokens, proxies, and how fast.</summary>
public sealed class DoorTests(ApiNewsroom newsroom) : IClassFixture<ApiNewsroom>
{
    private const string Token = "0123456789abcdef";

    private static readonly string[] Open =
    [
        "--Web:PublicUrl=https://news.example.org",
        "--Chat:Web:JoinSecret=opensesame",
        $"--Chat:Web:ApiTokens:0:Token={Token}",
        "--Chat:Web:ApiTokens:0:Name=Robot",
        "--Chat:Web:ApiTokens:0:Role=Moderator",
    ];

    private static readonly (string, string) Public = ("Host", "news.example.org");

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1:1")]
    [InlineData("192.168.1.7")]
    public async Task A_foreign_host_is_421_on_pages_and_api(string host)
    {
        foreach (var path in new[] { "/", "/chat", "/api/v1/channels", "/healthz" })
        {
            (await newsroom.SendAsync(HttpMethod.Get, path, null, ("Host", host))).IsProblem(421);
        }
    }

    [Fact]
    public async Task Every_name_of_loopback_is_ours()
    {
        var port = newsroom.Running.Http.BaseAddress!.Port;

        foreach (var host in new[] { $"127.0.0.1:{port}", $"localhost:{port}", $"LOCALHOST:{port}", $"[::1]:{port}" })
        {
            (await newsroom.SendAsync(HttpMethod.Get, "/api/v1/channels", null, ("Host", host))).Is(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_origin_neither_writes_nor_reads_the_api(string header, string value)
    {
        var room = await newsroom.RoomAsync();
        var plain = new StringContent("{\"author\":\"Ada\",\"text\":\"x\"}", Encoding.UTF8, "text/plain");

        (await newsroom.SayAsync(room, new { author = "Ada", text = "x" }, (header, value))).IsProblem(403);
        (await newsroom.SayAsync(room, plain, (header, value))).IsProblem(403);
        (
            await newsroom.SendAsync(
                HttpMethod.Delete,
                $"{room.Messages}/{room.Card}?author=Ada",
                null,
                (header, value)
            )
        ).IsProblem(403);
        (await newsroom.SendAsync(HttpMethod.Get, "/api/v1/stories", null, (header, value))).IsProblem(403);
        (await newsroom.SendAsync(HttpMethod.Post, "/chat/name", null, (header, value))).IsProblem(403);
        (await newsroom.SendAsync(HttpMethod.Get, "/chat", null, (header, value))).Is(HttpStatusCode.Redirect);
        Assert.Single((await newsroom.SendAsync(HttpMethod.Get, room.Messages)).Json.List("messages"));
    }

    [Fact]
    public async Task Our_own_origin_may_write()
    {
        var room = await newsroom.RoomAsync();
        var origin = newsroom.Running.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

        (
            await newsroom.SayAsync(
                room,
                new { author = "Ada", text = "x" },
                ("Origin", origin),
                ("Sec-Fetch-Site", "same-origin")
            )
        ).Is(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-Host", "news.example.org")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Original-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 tunnel")]
    public async Task A_forwarded_caller_is_not_believed_who_it_is(string header, string value)
    {
        var room = await newsroom.RoomAsync();

        var answer = (await newsroom.SayAsync(room, new { author = "Ada", text = "x" }, (header, value))).IsProblem(
            401
        );

        Assert.Equal("Bearer", answer.Response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Where_others_can_call_only_a_token_writes_and_it_writes_as_its_member()
    {
        await using var open = await ApiNewsroom.StartAsync(Open);
        var channel = open.Builder.Channel("open");
        var path = $"/api/v1/channels/{channel}/messages";
        var body = new { author = "Somebody else", text = "Hello" };

        (await open.SendAsync(HttpMethod.Post, path, body, Public)).IsProblem(401);
        (await open.SendAsync(HttpMethod.Post, path, body)).IsProblem(401);
        (await open.SendAsync(HttpMethod.Post, path, body, Public, ("Authorization", "Bearer wrong"))).IsProblem(401);
        (await open.SendAsync(HttpMethod.Post, path, body, Public, ("Authorization", "Bearer "))).IsProblem(401);
        (await open.SendAsync(HttpMethod.Post, path, body, Public, ("Authorization", $"Basic {Token}"))).IsProblem(401);
        var said = (await open.SendAsync(HttpMethod.Post, path, body, Public, ("Authorization", $"Bearer {Token}")))
            .Is(HttpStatusCode.Created)
            .Json;
        var change = $"{path}/{said.Text("id")}";
        (await open.SendAsync(HttpMethod.Delete, $"{change}?author=Robot", null, Public)).IsProblem(401);
        (
            await open.SendAsync(
                HttpMethod.Patch,
                change,
                new { text = "New" },
                Public,
                ("Authorization", $"Bearer {Token}")
            )
        ).Is(HttpStatusCode.OK);

        Assert.Equal("Robot", said.Text("author"));
    }

    [Fact]
    public async Task Forwarding_headers_count_only_from_a_trusted_proxy()
    {
        (string, string)[] forwarded =
        [
            ("X-Forwarded-For", "203.0.113.7"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "news.example.org"),
        ];
        await using var trusting = await ApiNewsroom.StartAsync([.. Open, "--Web:TrustedProxies:0=127.0.0.1"]);
        await using var other = await ApiNewsroom.StartAsync([.. Open, "--Web:TrustedProxies:0=10.9.8.7"]);

        (await trusting.SendAsync(HttpMethod.Get, "/api/v1/channels", null, [.. forwarded, ("Host", "inside")])).Is(
            HttpStatusCode.OK
        );
        (await other.SendAsync(HttpMethod.Get, "/api/v1/channels", null, [.. forwarded, ("Host", "inside")])).IsProblem(
            421
        );
    }

    [Fact]
    public async Task Who_writes_too_fast_is_told_when_to_go_on()
    {
        await using var slow = await ApiNewsroom.StartAsync("--Web:WriteBurst=3", "--Web:WritesPerSecond=1");
        var room = await slow.RoomAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => slow.SayAsync(room, new { author = "Fast", text = $"Number {i}" }))
        );
        var forms = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => slow.SendAsync(HttpMethod.Post, "/chat/name"))
        );

        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests).IsProblem(429);
        Assert.InRange(
            refused.Response.Headers.RetryAfter!.Delta!.Value,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromMinutes(1)
        );
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.Created);
        forms.First(answer => answer.Status == HttpStatusCode.TooManyRequests).IsProblem(429);
        Assert.Equal(
            answers.Count(answer => answer.Status == HttpStatusCode.Created) + 1,
            (await slow.SendAsync(HttpMethod.Get, room.Messages)).Json.List("messages").Count
        );
    }

    [Fact]
    public async Task A_chat_that_is_off_has_no_channels_no_pages_and_no_writes()
    {
        await using var off = await ApiNewsroom.StartAsync("--Chat:Web:Enabled=false");
        var channel = off.Builder.Channel("silent");
        var path = $"/api/v1/channels/{channel}/messages";

        Assert.Equal("[]", (await off.SendAsync(HttpMethod.Get, "/api/v1/channels")).Is(HttpStatusCode.OK).Text);
        (await off.SendAsync(HttpMethod.Get, path)).IsProblem(404);
        var write = (await off.SendAsync(HttpMethod.Post, path, new { author = "Ada", text = "x" })).IsProblem(404);
        (await off.SendAsync(HttpMethod.Patch, $"{path}/1", new { author = "Ada", text = "x" })).IsProblem(404);
        (await off.SendAsync(HttpMethod.Delete, $"{path}/1?author=Ada")).IsProblem(404);

        Assert.Contains("Chat:Web:Enabled", write.Json.Text("detail"));
        foreach (var page in new[] { "/chat", "/chat/silent" })
        {
            Assert.Contains(
                "switched off",
                (await off.SendAsync(HttpMethod.Get, page)).Is(HttpStatusCode.NotFound).Text
            );
        }

        (await off.SendAsync(HttpMethod.Post, "/chat/name")).Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/chat/none")]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/healthz")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/feed.atom")]
    [InlineData("GET", "/api/v1/stories")]
    [InlineData("GET", "/api/v1/stories/999999")]
    [InlineData("POST", "/api/v1/stories")]
    [InlineData("POST", "/api/v1/channels/1/messages")]
    public async Task Every_answer_carries_the_protecting_headers(string method, string path)
    {
        var answer = await newsroom.SendAsync(HttpMethod.Parse(method), path);

        var headers = answer.Response.Headers;
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("default-src 'none'", headers.GetValues("Content-Security-Policy").Single());
        Assert.False(headers.Contains("Server"));
        Assert.False(headers.Contains("X-Powered-By"));
        // What stands in the chat changes with who looks, also where there is no such channel.
        var isPrivate = method == "POST" || path.StartsWith("/chat", StringComparison.Ordinal);
        Assert.Equal(isPrivate, headers.CacheControl?.NoStore == true);
    }
}
