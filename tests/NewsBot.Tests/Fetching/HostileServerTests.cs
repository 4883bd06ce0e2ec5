using NewsBot.Core.Feeds;

namespace NewsBot.Tests.Fetching;

public sealed class HostileServerTests : IAsyncLifetime
{
    private FetchingRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await FetchingRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData("/hostile/200mb.rss")]
    [InlineData("/hostile/200mb-announced.rss")]
    public async Task Two_hundred_megabytes_are_not_read(string path) =>
        Assert.Contains("is larger than 10 MiB, so it was not read.", await _rig.FailureAsync(path));

    [Theory]
    [InlineData("/hostile/gzip-bomb.rss")]
    [InlineData("/hostile/brotli-bomb.rss")]
    public async Task A_bomb_is_not_unpacked(string path) =>
        Assert.Contains("unpacks to more than 200 times its size", await _rig.FailureAsync(path));

    [Theory]
    [InlineData("/hostile/trickle.rss")]
    [InlineData("/odd/slow.rss")]
    public async Task What_does_not_end_is_ended_by_the_total_time(string path)
    {
        await using var rig = await FetchingRig.StartAsync(new() { ["Fetching:Timeout"] = "00:00:01" });

        Assert.Contains("did not finish its answer within 1 seconds.", await rig.FailureAsync(path));
    }

    [Fact]
    public async Task Headers_without_end_are_given_up() =>
        Assert.Contains("too many or too long headers", await _rig.FailureAsync(_rig.Site.WithEndlessHeaders));

    [Fact]
    public async Task An_answer_that_breaks_off_fails() =>
        Assert.Contains("broke off", await _rig.FailureAsync("/hostile/broken-off.rss"));

    [Theory]
    [InlineData("/hostile/redirect-loop", "redirects in a circle")]
    [InlineData("/hostile/redirect-endless", "redirects more than 10 times")]
    [InlineData("/hostile/redirect-private", "10.0.0.1 leads to a private or reserved network")]
    [InlineData("/hostile/redirect-metadata", "169.254.169.254 leads to a private or reserved network")]
    [InlineData("/hostile/redirect-file", "Only http and https addresses can be fetched.")]
    [InlineData("/hostile/redirect-database", "Port 6379 of 127.0.0.1 belongs to another kind of service")]
    [InlineData("/hostile/redirect-nowhere", "redirects without saying where to")]
    public async Task A_redirect_to_nowhere_good_is_not_followed(string path, string expected) =>
        Assert.Contains(expected, await _rig.FailureAsync(path));

    [Fact]
    public async Task A_certificate_that_has_ended_is_refused_with_the_day()
    {
        var reason = await _rig.FailureAsync(new Uri(_rig.Site.Expired, "/feeds/harbour.rss"));

        Assert.Equal(
            "The certificate of 127.0.0.1 ended on 2024-02-29; the owner of the site has to renew it.",
            reason
        );
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused() =>
        Assert.Contains(
            "is not valid for 127.0.0.1; the owner of the site has to install the right one",
            await _rig.FailureAsync(new Uri(_rig.Site.WrongName, "/feeds/harbour.rss"))
        );

    [Fact]
    public async Task A_certificate_nobody_signed_is_refused() =>
        Assert.Contains(
            "is not signed by an authority this machine trusts",
            await _rig.FailureAsync(new Uri(_rig.Site.SelfSigned, "/feeds/harbour.rss"))
        );

    [Fact]
    public async Task A_certificate_cannot_send_us_anywhere()
    {
        await _rig.FetchAsync(new Uri(_rig.Site.WrongName, "/feeds/harbour.rss"));

        Assert.Equal(0, _rig.Site.Count("/issuer.cer"));
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_is_said_in_words()
    {
        var url = new UriBuilder(_rig.Site.Url("/feeds/harbour.rss")) { Scheme = "https" }.Uri;

        Assert.Contains("No encrypted connection", await _rig.FailureAsync(url));
    }

    [Fact]
    public async Task After_all_that_the_next_fetch_works()
    {
        await _rig.FetchAsync("/hostile/200mb.rss");
        await _rig.FetchAsync("/hostile/gzip-bomb.rss");
        await _rig.FetchAsync(_rig.Site.WithEndlessHeaders);

        Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync("/feeds/harbour.rss"));
    }
}
