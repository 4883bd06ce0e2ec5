using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NewsBot.Tests.Doors;

/// <summary>Requests that say to come from Discord or Slack, and do not, or not now, or not like this.</summary>
public sealed class ForgeryTests(EveryRoute routes) : IClassFixture<EveryRoute>
{
    private const string Command = "token=t&team_id=T1&user_id=U1&command=%2Fnews&text=list&trigger_id=1.2.3";

    private static readonly string[] SlackPaths =
    [
        "/slack/events",
        "/slack/commands",
        "/slack/interactions",
        "/slack/options",
    ];

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Theory]
    [InlineData("the right one", HttpStatusCode.OK)]
    [InlineData("another key", HttpStatusCode.Unauthorized)]
    [InlineData("another body", HttpStatusCode.Unauthorized)]
    [InlineData("another time", HttpStatusCode.Unauthorized)]
    [InlineData("five minutes and more ago", HttpStatusCode.Unauthorized)]
    [InlineData("in six minutes", HttpStatusCode.Unauthorized)]
    [InlineData("no signature", HttpStatusCode.Unauthorized)]
    [InlineData("no time", HttpStatusCode.Unauthorized)]
    [InlineData("a time with a sign", HttpStatusCode.Unauthorized)]
    [InlineData("two signatures", HttpStatusCode.Unauthorized)]
    [InlineData("a longer signature", HttpStatusCode.Unauthorized)]
    [InlineData("all zeros", HttpStatusCode.Unauthorized)]
    public async Task Discord_is_who_signed_this_body_at_this_time(string how, HttpStatusCode expected)
    {
        const string Ping = """{"id":"1","application_id":"2","type":1,"token":"t"}""";
        var time = how switch
        {
            "five minutes and more ago" => Now - 330,
            "in six minutes" => Now + 360,
            _ => Now,
        };
        var stamp = Text(time);
        var right = EveryRoute.Sign(stamp, Encoding.UTF8.GetBytes(Ping));
        (string? Signature, string? Stamp) sent = how switch
        {
            "another key" => (OtherKey(stamp, Ping), stamp),
            "another body" => (EveryRoute.Sign(stamp, Encoding.UTF8.GetBytes(Ping + " ")), stamp),
            "another time" => (right, Text(time + 1)),
            "no signature" => (null, stamp),
            "no time" => (right, null),
            "a time with a sign" => (EveryRoute.Sign("+" + stamp, Encoding.UTF8.GetBytes(Ping)), "+" + stamp),
            "two signatures" => ($"{right},{right}", stamp),
            "a longer signature" => (right + "00", stamp),
            "all zeros" => (new string('0', 128), stamp),
            _ => (right, stamp),
        };

        using var content = new StringContent(Ping, Encoding.UTF8, "application/json");
        using var answer = await SendAsync(
            "/discord/interactions",
            content,
            ("X-Signature-Ed25519", sent.Signature),
            ("X-Signature-Timestamp", sent.Stamp)
        );

        // Who forged often before is told to stop instead.
        Assert.True(
            answer.StatusCode == expected
                || (expected == HttpStatusCode.Unauthorized && answer.StatusCode == HttpStatusCode.TooManyRequests),
            $"{how}: {answer.StatusCode}"
        );
    }

    [Theory]
    [InlineData("another secret")]
    [InlineData("another body")]
    [InlineData("another time")]
    [InlineData("five minutes and more ago")]
    [InlineData("in six minutes")]
    [InlineData("no signature")]
    [InlineData("no time")]
    [InlineData("v1=")]
    [InlineData("V0=")]
    [InlineData("v0=v0=")]
    [InlineData("without a prefix")]
    [InlineData("two signatures")]
    [InlineData("a time with a zero before it")]
    [InlineData("a time with a space")]
    [InlineData("an empty signature")]
    [InlineData("the secret itself")]
    public async Task Slack_is_who_signed_this_body_at_this_time(string how)
    {
        var time = how switch
        {
            "five minutes and more ago" => Now - 330,
            "in six minutes" => Now + 360,
            _ => Now,
        };
        var stamp = Text(time);
        var right = Slack(EveryRoute.SlackSecret, stamp, Command);
        (string? Signature, string? Stamp) sent = how switch
        {
            "another secret" => (Slack("another-secret", stamp, Command), stamp),
            "another body" => (Slack(EveryRoute.SlackSecret, stamp, Command + "&"), stamp),
            "another time" => (right, Text(time + 1)),
            "no signature" => (null, stamp),
            "no time" => (right, null),
            "v1=" => ("v1=" + right[3..], stamp),
            "V0=" => ("V0=" + right[3..], stamp),
            "v0=v0=" => ("v0=" + right, stamp),
            "without a prefix" => (right[3..], stamp),
            "two signatures" => ($"{right},{right}", stamp),
            "a time with a zero before it" => (right, "0" + stamp),
            "a time with a space" => (right, stamp + " 1"),
            "an empty signature" => ("v0=", stamp),
            "the secret itself" => ("v0=" + EveryRoute.SlackSecret, stamp),
            _ => (right, stamp),
        };

        foreach (var path in SlackPaths)
        {
            using var content = Form(Command);
            using var answer = await SendAsync(
                path,
                content,
                ("X-Slack-Signature", sent.Signature),
                ("X-Slack-Request-Timestamp", sent.Stamp),
                ("X-Slack-Retry-Num", "1"),
                ("X-Slack-Retry-Reason", "http_timeout")
            );
            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests,
                $"{path} answered {answer.StatusCode}"
            );
        }
    }

    [Theory]
    [InlineData("application/json", Command)]
    [InlineData("text/plain", Command)]
    [InlineData(
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"payload\"\r\n\r\n{}\r\n--x--"
    )]
    [InlineData("application/x-www-form-urlencoded", "payload=[1]")]
    [InlineData("application/x-www-form-urlencoded", "payload=%00%01")]
    [InlineData("application/xml", "<x/>")]
    [InlineData(
        "application/json",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
    )]
    public async Task What_is_signed_and_of_an_odd_kind_breaks_nothing(string type, string body)
    {
        var stamp = Text(Now);
        var before = await DatabaseDump.ReadAsync(Path.Combine(routes.Newsroom.Folder, "newsbot.db"));

        foreach (var path in SlackPaths)
        {
            using var content = new StringContent(body, Encoding.UTF8);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var answer = await SendAsync(
                path,
                content,
                ("X-Slack-Signature", Slack(EveryRoute.SlackSecret, stamp, body)),
                ("X-Slack-Request-Timestamp", stamp),
                ("X-Slack-Retry-Num", "99999999999999999999"),
                ("X-Slack-No-Retry", "0")
            );
            Assert.True((int)answer.StatusCode < 500, $"{path} answered {answer.StatusCode}");
        }

        DatabaseDump.AssertSame(
            before,
            await DatabaseDump.ReadAsync(Path.Combine(routes.Newsroom.Folder, "newsbot.db"))
        );
    }

    [Fact]
    public async Task A_large_body_without_a_signature_is_not_waited_for()
    {
        foreach (var path in (string[])["/discord/interactions", .. SlackPaths])
        {
            using var content = Form(new string('x', 1_000_001));
            using var answer = await SendAsync(path, content);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests,
                $"{path} answered {answer.StatusCode}"
            );
        }
    }

    [Fact]
    public async Task A_repeated_request_of_Slack_is_answered_like_the_first_and_nothing_is_kept_of_a_workspace_that_is_not_here()
    {
        const string Event = """
            {"type":"event_callback","event_id":"Ev-of-a-test","team_id":"T-nobody","event":{"type":"message","channel":"C1","user":"U1","text":"hello","ts":"1.1"}}
            """;
        var stamp = Text(Now);
        List<HttpStatusCode> answers = [];
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var content = new StringContent(Event, Encoding.UTF8, "application/json");
            using var answer = await SendAsync(
                "/slack/events",
                content,
                ("X-Slack-Signature", Slack(EveryRoute.SlackSecret, stamp, Event)),
                ("X-Slack-Request-Timestamp", stamp),
                ("X-Slack-Retry-Num", Text(attempt))
            );
            answers.Add(answer.StatusCode);
        }

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(
            0,
            await routes.Newsroom.NumberAsync("SELECT COUNT(*) FROM slack_event WHERE event_id = 'Ev-of-a-test'")
        );
    }

    private Task<HttpResponseMessage> SendAsync(
        string path,
        HttpContent content,
        params (string Name, string? Value)[] headers
    ) =>
        routes.SendAsync(
            "POST",
            path,
            content,
            [.. headers.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))]
        );

    private static StringContent Form(string text) =>
        new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));

    private static string Slack(string secret, string stamp, string body) =>
        "v0="
        + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{stamp}:{body}"))
        );

    private static string OtherKey(string stamp, string body)
    {
        var message = Encoding.UTF8.GetBytes(stamp + body);
        var sign = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(SHA256.HashData("another key"u8), 0, message, 0, message.Length, sign, 0);
        return Convert.ToHexStringLower(sign);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
