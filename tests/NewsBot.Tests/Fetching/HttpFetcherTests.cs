using System.Text;
using NewsBot.Core.Feeds;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.Fetching;

public sealed class HttpFetcherTests : IAsyncLifetime
{
    private FetchingRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await FetchingRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_document_comes_with_its_type_and_validators()
    {
        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync("/feeds/harbour.rss"));

        Assert.Equal(_rig.Site.Newsroom.Rss(), Encoding.UTF8.GetString(fetched.Body.Span));
        Assert.Equal("application/rss+xml; charset=utf-8", fetched.ContentType);
        Assert.Equal(_rig.Site.Url("/feeds/harbour.rss"), fetched.FinalUrl);
        Assert.NotNull(fetched.ETag);
        Assert.Null(fetched.MovedTo);
        Assert.Matches("^[0-9a-f]{64}$", fetched.BodyHash);
    }

    [Fact]
    public async Task We_say_who_we_are_and_what_we_can_read()
    {
        await _rig.FetchAsync("/feeds/harbour.rss");

        var headers = Assert.Single(_rig.Site.Requests).Headers;
        Assert.Matches(@"^NewsBot/\d+\.\d+\.\d+ \(self-hosted feed reader\)$", headers["User-Agent"]);
        Assert.Contains("application/atom+xml", headers["Accept"]);
        Assert.Equal("gzip, deflate, br", headers["Accept-Encoding"]);
        Assert.DoesNotContain("Cookie", headers.Keys);
        Assert.DoesNotContain("traceparent", headers.Keys);
    }

    [Theory]
    [InlineData("Fetching:Contact", "https://news.example.org", "(+https://news.example.org)")]
    [InlineData(
        "Fetching:UserAgent",
        "OurReader/2 (+mailto:desk@example.org)",
        "OurReader/2 (+mailto:desk@example.org)"
    )]
    public async Task The_user_agent_can_be_set(string key, string value, string expected)
    {
        await using var rig = await FetchingRig.StartAsync(new() { [key] = value });

        await rig.FetchAsync("/feeds/harbour.rss");

        Assert.Contains(expected, Assert.Single(rig.Site.Requests).Headers["User-Agent"]);
    }

    [Fact]
    public async Task Validators_go_back_as_they_came_and_a_304_ends_it()
    {
        var first = Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync("/feeds/harbour.rss"));
        var again = new FetchRequest(first.FinalUrl, first.ETag, "last tuesday", first.BodyHash);

        Assert.IsType<FetchOutcome.NotModified>(await _rig.FetchAsync(again));
        Assert.Equal(first.ETag, _rig.Site.Requests[1].Headers["If-None-Match"]);
        Assert.Equal("last tuesday", _rig.Site.Requests[1].Headers["If-Modified-Since"]);
    }

    [Fact]
    public async Task The_same_bytes_again_are_not_modified_and_bring_the_new_validators()
    {
        _rig.Site.Set("/x", With(("ETag", "\"one\""), ("Last-Modified", "Sun, 01 Mar 2026 00:00:00 GMT")));
        var first = Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync("/x"));
        _rig.Site.Set("/x", With(("ETag", "\"two\"")));

        var outcome = await _rig.FetchAsync(new FetchRequest(first.FinalUrl, first.ETag, null, first.BodyHash));

        Assert.Equal("Sun, 01 Mar 2026 00:00:00 GMT", first.LastModified);
        Assert.Equal("\"two\"", Assert.IsType<FetchOutcome.NotModified>(outcome).ETag);
    }

    [Theory]
    [InlineData("max-age=600", 600)]
    [InlineData("public, max-age=0", 0)]
    [InlineData("no-cache, max-age=600", null)]
    [InlineData("no-store", null)]
    [InlineData("max-age=soon", null)]
    public async Task Cache_control_says_how_long_it_stays_fresh(string header, int? seconds)
    {
        _rig.Site.Set("/x", With(("Cache-Control", header)));

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync("/x"));

        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, fetched.FreshFor);
    }

    [Fact]
    public async Task Age_and_expires_count_too()
    {
        _rig.Site.Set("/aged", With(("Cache-Control", "max-age=600"), ("Age", "100")));
        _rig.Site.Set(
            "/dated",
            With(("Date", "Sun, 01 Mar 2026 10:00:00 GMT"), ("Expires", "Sun, 01 Mar 2026 10:30:00 GMT"))
        );
        _rig.Site.Set("/past", With(("Expires", "0")));

        Assert.Equal(500, Fresh(await _rig.FetchAsync("/aged")));
        Assert.Equal(1_800, Fresh(await _rig.FetchAsync("/dated")));
        Assert.Equal(0, Fresh(await _rig.FetchAsync("/past")));
    }

    [Theory]
    [InlineData("/moved/permanent", true)]
    [InlineData("/moved/temporary", false)]
    [InlineData("/moved/mixed", false)]
    public async Task Only_a_move_that_is_permanent_all_the_way_is_kept(string path, bool kept)
    {
        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync(path));

        Assert.Equal(_rig.Site.Url("/feeds/harbour.rss"), fetched.FinalUrl);
        Assert.Equal(kept ? fetched.FinalUrl : null, fetched.MovedTo);
    }

    [Fact]
    public async Task A_redirect_written_in_bare_utf8_is_followed()
    {
        _rig.Site.Set("/caf\u00e9.rss", "<rss/>");
        _rig.Site.Set("/old", With(("Location", "/caf\u00e9.rss")) with { Status = 302, Conditional = false });

        Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync("/old"));
    }

    [Fact]
    public async Task A_410_is_gone() => Assert.IsType<FetchOutcome.Gone>(await _rig.FetchAsync("/status/410"));

    [Fact]
    public async Task A_pause_is_read_in_seconds_or_as_a_date()
    {
        await using var other = await FetchingRig.StartAsync();

        var seconds = Assert.IsType<FetchOutcome.Throttled>(await _rig.FetchAsync("/pause/seconds"));
        var date = Assert.IsType<FetchOutcome.Throttled>(await other.FetchAsync("/pause/date"));

        Assert.Equal(TimeSpan.FromSeconds(120), seconds.RetryAfter);
        Assert.InRange(date.RetryAfter!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task A_bare_503_throttles_without_a_pause_and_the_host_does_not_rest()
    {
        var outcome = await _rig.FetchAsync("/status/503");

        Assert.Null(Assert.IsType<FetchOutcome.Throttled>(outcome).RetryAfter);
        Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync("/feeds/harbour.rss"));
    }

    [Fact]
    public async Task A_host_that_asked_for_a_pause_is_left_alone()
    {
        await _rig.FetchAsync("/pause/seconds");

        var outcome = await _rig.FetchAsync("/feeds/harbour.rss");

        Assert.InRange(
            Assert.IsType<FetchOutcome.Throttled>(outcome).RetryAfter!.Value,
            TimeSpan.FromSeconds(60),
            TimeSpan.FromSeconds(120)
        );
        Assert.Equal(0, _rig.Site.Count("/feeds/harbour.rss"));
    }

    [Theory]
    [InlineData("/status/401", "wants a login")]
    [InlineData("/status/403", "refuses to give us this document (403)")]
    [InlineData("/status/404", "has no such document (404)")]
    [InlineData("/status/500", "has a problem of its own (500)")]
    public async Task Each_refusal_has_its_sentence_without_the_query(string path, string expected)
    {
        var reason = await _rig.FailureAsync($"{path}?token=s3cret");

        Assert.Contains(expected, reason);
        Assert.StartsWith($"127.0.0.1:{_rig.Site.Root.Port} ", reason);
        Assert.DoesNotContain("s3cret", reason);
    }

    [Fact]
    public async Task An_empty_body_is_a_document_like_any_other()
    {
        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync("/odd/empty.rss"));

        Assert.True(fetched.Body.IsEmpty);
    }

    [Theory]
    [InlineData("/packed/gzip.rss")]
    [InlineData("/packed/brotli.rss")]
    [InlineData("/packed/zlib.rss")]
    [InlineData("/packed/raw-deflate.rss")]
    [InlineData("/packed/twice.rss")]
    [InlineData("/packed/says-gzip-but-is-not.rss")]
    public async Task Packed_documents_are_unpacked(string path)
    {
        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync(path));

        Assert.Equal(_rig.Site.Newsroom.Rss(), Encoding.UTF8.GetString(fetched.Body.Span));
    }

    [Theory]
    [InlineData("/packed/broken-gzip.rss", "cannot be unpacked")]
    [InlineData("/packed/unknown.rss", "in a way nobody asked for")]
    public async Task What_cannot_be_unpacked_fails_with_a_sentence(string path, string expected) =>
        Assert.Contains(expected, await _rig.FailureAsync(path));

    [Fact]
    public async Task Cancelling_is_not_an_outcome()
    {
        using var cancelled = new CancellationTokenSource();
        var fetching = _rig.Get<IFetcher>()
            .FetchAsync(FetchRequest.First(_rig.Site.Url("/hostile/trickle.rss")), cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    [Fact]
    public async Task Nobody_listening_is_said_in_words()
    {
        var closed = new Uri("http://127.0.0.1:9/feed.rss");
        var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, TestContext.Current.CancellationToken);
        var gone = site.Url("/feeds/harbour.rss");
        await site.DisposeAsync();

        Assert.Contains("no web server listens there", await _rig.FailureAsync(gone));
        Assert.Contains("another kind of service", await _rig.FailureAsync(closed));
    }

    private static double? Fresh(FetchOutcome outcome) =>
        Assert.IsType<FetchOutcome.Fetched>(outcome).FreshFor?.TotalSeconds;

    private static FakeAnswer With(params (string Name, string Value)[] headers) =>
        FakeAnswer.Text("<rss/>", "text/xml") with
        {
            Headers = headers.ToDictionary(header => header.Name, header => header.Value),
        };
}
