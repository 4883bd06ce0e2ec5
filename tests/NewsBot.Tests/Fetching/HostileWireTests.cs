using System.IO.Compression;
using System.Text;
using NewsBot.Core.Feeds;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.Fetching;

/// <summary>Servers that speak HTTP wrongly on purpose: whatever comes over the wire, a fetch ends, says so, and the next one works.</summary>
public sealed class HostileWireTests : IAsyncLifetime
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n";
    private const string Late = "did not finish its answer within 1 seconds.";

    private FetchingRig _rig = null!;
    private FetchingRig _other = null!;

    /// <summary>What a server says first, what it then says for ever, and what is told of it.</summary>
    public static TheoryData<string, string, string> Endless =>
        new()
        {
            { "", "HTTP/1.1 103 Early Hints\r\n\r\n", "" },
            { "", "HTTP/1.1 100 Continue\r\nX-More: y\r\n\r\n", "" },
            { "", "\r\n", "" },
            { "HTTP/1.1 200 ", "OK", "" },
            { "HTTP/1.1 200 OK\r\nX-Long: ", new string('x', 1_000), "too many or too long headers" },
            { "HTTP/1.1 200 OK\r\n", "Set-Cookie: a=b; Path=/\r\n", "too many or too long headers" },
            {
                $"{Ok}Transfer-Encoding: chunked\r\n\r\n",
                $"1000\r\n{new string(' ', 4_096)}\r\n",
                "larger than 64 KiB"
            },
            { $"{Ok}Transfer-Encoding: chunked\r\n\r\n", "1\r\n<\r\n", "larger than 64 KiB" },
            { $"{Ok}Transfer-Encoding: chunked\r\n\r\n1", "0000", "" },
            { $"{Ok}Transfer-Encoding: chunked\r\n\r\n1;", "extension", "" },
            { $"{Ok}Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: y\r\n", "" },
            { $"{Ok}\r\n", "<rss>", "larger than 64 KiB" },
        };

    /// <summary>What a server says and what is told of it.</summary>
    public static TheoryData<string, string> Broken =>
        new()
        {
            { $"{Ok}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n<rss/>", "" },
            { $"{Ok}Transfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\n<rss/>", Late },
            { $"{Ok}Transfer-Encoding: chunked\r\n\r\n-1\r\n<rss/>", "" },
            { $"{Ok}Content-Length: 99999999999999999999\r\n\r\n<rss/>", "" },
            { $"{Ok}Content-Length: 9000000000\r\n\r\n<rss/>", "larger than 64 KiB" },
            { $"{Ok}Content-Length: -5\r\n\r\n<rss/>", "" },
            { $"{Ok}Content-Length: 1000\r\n\r\n<rss/>", Late },
            {
                $"{Ok}Content-Encoding: gzip, gzip, gzip\r\nContent-Length: 6\r\n\r\n<rss/>",
                "packed its document more than twice"
            },
            { $"{Ok}Content-Encoding: zstd\r\nContent-Length: 6\r\n\r\n<rss/>", "in a way nobody asked for" },
            { $"{Ok}Content-Encoding: br\r\nContent-Length: 6\r\n\r\n<rss/>", "cannot be unpacked" },
            { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", "" },
            { "HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", "wants a login" },
            { "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", "a problem of its own (999)" },
            { "HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n", "" },
            { "HTTP/9.9 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>", "" },
            { "ICY 200 OK\r\n\r\n<rss/>", "" },
            { "<rss>no head at all</rss>\r\n\r\n", "" },
            { "220 mail.example ESMTP\r\n", "" },
            { "SSH-2.0-OpenSSH_9.9\r\n", "" },
            { "\0\0\0\u0006\u0004\0\0\0\0\0\r\n\r\n", "" },
            {
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://[::1\r\n\r\n",
                "redirects without saying where to"
            },
            {
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://a:65536/\r\n\r\n",
                "redirects without saying where to"
            },
        };

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task What_has_no_end_is_ended(string start, string piece, string expected)
    {
        await using var server = RawServer.Repeating(start, piece);
        // Where size ends it, a slow machine shall have the time to get there.
        var rig = expected == Late || expected.Length == 0 ? _rig : _other;

        Assert.Contains(expected, await rig.FailureAsync(server.Root));
        Assert.IsType<FetchOutcome.Fetched>(await _other.FetchAsync("/feeds/harbour.rss"));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_no_answer_is_a_failure_in_words(string answer, string expected)
    {
        await using var server = RawServer.Answering(answer);

        var reason = await (expected is Late or "" ? _rig : _other).FailureAsync(server.Root);

        Assert.Contains(expected, reason);
        Assert.EndsWith(".", reason);
        Assert.IsType<FetchOutcome.Fetched>(await _other.FetchAsync("/feeds/harbour.rss"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>")]
    [InlineData("")]
    public async Task A_letter_now_and_then_does_not_keep_a_fetch_alive(string answer)
    {
        await using var server = RawServer.Start(
            async (stream, stop) =>
            {
                await RawServer.RequestAsync(stream, stop);
                foreach (var letter in Encoding.ASCII.GetBytes(answer).SkipLast(1))
                {
                    await stream.WriteAsync(new[] { letter }, stop);
                }

                await RawServer.UntilHungUpAsync(stream, stop);
            }
        );

        Assert.Contains(Late, await _rig.FailureAsync(server.Root));
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_given_up_and_its_connection_closed()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = RawServer.Start(
            async (stream, stop) =>
            {
                await RawServer.UntilHungUpAsync(stream, stop);
                closed.SetResult();
            }
        );

        Assert.Contains(Late, await _rig.FailureAsync(new UriBuilder(server.Root) { Scheme = "https" }.Uri));
        await closed.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_a_server_adds_behind_its_answer_is_no_answer_to_the_next_question()
    {
        var requests = 0;
        const string smuggled = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n<forged>";
        await using var server = RawServer.Start(
            async (stream, stop) =>
            {
                while ((await RawServer.RequestAsync(stream, stop)).Length > 0)
                {
                    var body = Interlocked.Increment(ref requests) == 1 ? "<first>" : "<other>";
                    var more = body == "<first>" ? smuggled : "";
                    await stream.WriteAsync(
                        Encoding.ASCII.GetBytes($"{Ok}Content-Length: 7\r\n\r\n{body}{more}"),
                        stop
                    );
                }
            }
        );

        Assert.Equal("<first>", Text(await _other.FetchAsync(server.Root)));
        Assert.Equal("<other>", Text(await _other.FetchAsync(server.Root)));
    }

    [Fact]
    public async Task Cookies_are_kept_for_nobody_and_no_login_is_offered_to_who_asks()
    {
        var seen = new List<string>();
        await using var server = RawServer.Start(
            async (stream, stop) =>
            {
                seen.Add(await RawServer.RequestAsync(stream, stop));
                var cookies = string.Concat(
                    Enumerable.Range(0, 300).Select(i => $"Set-Cookie: c{i}=v; Domain=127.0.0.1; Path=/\r\n")
                );
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        seen.Count == 1
                            ? $"HTTP/1.1 302 Found\r\n{cookies}Location: /again\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                            : $"HTTP/1.1 401 No\r\n{cookies}WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\nWWW-Authenticate: Basic\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    ),
                    stop
                );
            }
        );

        Assert.Contains("wants a login", await _other.FailureAsync(server.Root));

        Assert.Equal(2, seen.Count);
        Assert.All(seen, request => Assert.DoesNotContain("Cookie:", request, StringComparison.OrdinalIgnoreCase));
        Assert.All(
            seen,
            request => Assert.DoesNotContain("Authorization:", request, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Theory]
    [InlineData("deflate", false)]
    [InlineData("deflate", true)]
    [InlineData("gzip, gzip", false)]
    [InlineData("br, gzip", false)]
    public async Task Bombs_of_every_make_are_stopped_before_they_unpack(string encoding, bool isRaw)
    {
        await using var rig = await FetchingRig.StartAsync(new() { ["Fetching:MaxBodyBytes"] = "104857600" });
        var bomb = encoding
            .Split(", ")
            .Aggregate(new byte[60 * 1024 * 1024], (bytes, name) => Packed(bytes, name, isRaw));
        rig.Site.Set(
            "/bomb",
            new FakeAnswer(bomb, "application/rss+xml")
            {
                Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding },
            }
        );

        Assert.Contains("unpacks to more than 200 times its size", await rig.FailureAsync("/bomb"));
    }

    [Fact]
    public async Task Thousands_of_empty_members_are_an_empty_document()
    {
        var member = Packed([], "gzip", isRaw: false);
        var many = new byte[member.Length * 3_000];
        for (var at = 0; at < many.Length; at += member.Length)
        {
            member.CopyTo(many, at);
        }

        _other.Site.Set(
            "/members",
            new FakeAnswer(many, "application/rss+xml")
            {
                Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" },
            }
        );

        Assert.Equal("", Text(await _other.FetchAsync("/members")));
    }

    public async ValueTask InitializeAsync()
    {
        _rig = await StartAsync(seconds: 1);
        _other = await StartAsync(seconds: 59);
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _other.DisposeAsync();
    }

    private static Task<FetchingRig> StartAsync(int seconds) =>
        FetchingRig.StartAsync(
            new() { ["Fetching:Timeout"] = $"00:00:{seconds:00}", ["Fetching:MaxBodyBytes"] = "65536" }
        );

    private static string Text(FetchOutcome outcome) =>
        Encoding.UTF8.GetString(Assert.IsType<FetchOutcome.Fetched>(outcome).Body.Span);

    private static byte[] Packed(byte[] bytes, string encoding, bool isRaw)
    {
        using var target = new MemoryStream();
        using (
            Stream packer = encoding switch
            {
                "gzip" => new GZipStream(target, CompressionLevel.SmallestSize),
                "br" => new BrotliStream(target, CompressionLevel.SmallestSize),
                _ when isRaw => new DeflateStream(target, CompressionLevel.SmallestSize),
                _ => new ZLibStream(target, CompressionLevel.SmallestSize),
            }
        )
        {
            packer.Write(bytes);
        }

        return target.ToArray();
    }
}
