using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>What Slack, and who says to be Slack, sends by HTTP.</summary>
public sealed class SlackEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replies_come_by_signed_requests_as_they_do_over_a_socket()
    {
        await using var room = await StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.WrongSignature) { Event = "message" });
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Duplicate) { Event = "message", After = 1 });

        await room.Slack.Human("Kofi").SayAsync(channel, "By post", card, Token);
        await room.Slack.Human("Kofi").SayAsync(channel, "Twice", card, Token);

        await room.Newsroom.UntilCommentsAsync(2);
        Assert.Equal("2", await room.Newsroom.WordAsync("SELECT COUNT(DISTINCT body) FROM comment"));
    }

    [Fact]
    public async Task The_address_is_proven_by_the_challenge()
    {
        await using var room = await StartAsync();

        using var answer = await SendAsync(
            room,
            "/slack/events",
            """{"type":"url_verification","challenge":"abc","token":"t"}"""
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("abc", await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("missing")]
    [InlineData("stale")]
    [InlineData("other body")]
    public async Task What_Slack_did_not_sign_a_moment_ago_is_refused(string how)
    {
        await using var room = await StartAsync();

        using var answer = await SendAsync(room, "/slack/events", """{"type":"event_callback"}""", how: how);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_not_read()
    {
        await using var room = await StartAsync();

        using var answer = await SendAsync(room, "/slack/events", new string('x', 10_000_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("/slack/events", "not json", HttpStatusCode.BadRequest)]
    [InlineData("/slack/events", "[]", HttpStatusCode.BadRequest)]
    [InlineData(
        "/slack/events",
        """{"type":"event_callback","team_id":"T0NOBODY","event":{"type":"message","channel":"C1","ts":"1.5","thread_ts":"1.4","user":"U1","text":"x"}}""",
        HttpStatusCode.OK
    )]
    [InlineData("/slack/events", """{"type":"app_rate_limited","minute_rate_limited":1}""", HttpStatusCode.OK)]
    [InlineData("/slack/interactions", "payload=%7Bnot+json", HttpStatusCode.BadRequest)]
    [InlineData("/slack/interactions", "nothing=1", HttpStatusCode.BadRequest)]
    [InlineData("/slack/options", "payload=%22text%22", HttpStatusCode.BadRequest)]
    [InlineData("/slack/commands", "ssl_check=1&token=x", HttpStatusCode.OK)]
    [InlineData(
        "/slack/commands",
        "command=%2Fnews&team_id=T0NOBODY&user_id=U1&channel_id=C1&text=help",
        HttpStatusCode.OK
    )]
    public async Task What_is_no_shape_of_Slacks_does_no_harm(string path, string body, HttpStatusCode expected)
    {
        await using var room = await StartAsync();

        using var answer = await SendAsync(room, path, body);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_look_at_the_certificate_needs_no_signature()
    {
        await using var room = await StartAsync();

        using var answer = await SendAsync(room, "/slack/commands", "ssl_check=1&token=x", how: "missing");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<SlackNewsroom> StartAsync()
    {
        var options = new FakeSlackOptions
        {
            Limits = FakeLimits.Unlimited(),
            RetryDelays = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero],
        };
        // The secret is made from the seed, so that it is known before the emulator is there.
        await using var twin = await FakeSlackServer.StartAsync(options, Token);
        var room = await SlackNewsroom.StartAsync(
            options,
            $"--Chat:Slack:SigningSecret={twin.SigningSecret}",
            "--Chat:Slack:AppToken="
        );
        var refused = await room.Slack.SetRequestUrlAsync(
            new Uri(room.Newsroom.Http.BaseAddress!, "slack").AbsoluteUri,
            Token
        );
        Assert.Null(refused);
        return room;
    }

    private static Task<HttpResponseMessage> SendAsync(
        SlackNewsroom room,
        string path,
        string body,
        string how = "right"
    )
    {
        var at = TimeProvider.System.GetUtcNow() - (how == "stale" ? TimeSpan.FromMinutes(6) : TimeSpan.Zero);
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = how == "wrong" ? "another" : room.Slack.SigningSecret;
        var signed = how == "other body" ? body + " " : body;
        var digest = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes($"v0:{timestamp}:{signed}")
        );
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(
                body,
                Encoding.UTF8,
                body.StartsWith('{') ? "application/json" : "application/x-www-form-urlencoded"
            ),
        };
        if (how != "missing")
        {
            request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
            request.Headers.Add("X-Slack-Signature", $"v0={Convert.ToHexStringLower(digest)}");
        }

        return room.Newsroom.Http.SendAsync(request, Token);
    }
}
