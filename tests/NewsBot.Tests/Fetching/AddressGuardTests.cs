using System.Net;
using NewsBot.Core.Feeds;
using NewsBot.Fetching;

namespace NewsBot.Tests.Fetching;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void Public_addresses_are_public(string address) =>
        Assert.True(AddressRanges.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2001:0:4136:e378::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:808:808::1")]
    [InlineData("2606:4700::5efe:7f00:1")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void All_others_are_not(string address) => Assert.False(AddressRanges.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/feeds/harbour.rss")]
    [InlineData("http://localhost:{0}/feeds/harbour.rss")]
    [InlineData("http://0x7f.1:{0}/feeds/harbour.rss")]
    [InlineData("http://2130706433:{0}/feeds/harbour.rss")]
    [InlineData("http://[::1]:{0}/feeds/harbour.rss")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/feeds/harbour.rss")]
    [InlineData("http://0.0.0.0:{0}/feeds/harbour.rss")]
    public async Task Loopback_is_refused_however_it_is_written(string address)
    {
        await using var rig = await NothingAllowedAsync();

        var reason = await rig.FailureAsync(new Uri(address.Replace("{0}", $"{rig.Site.Root.Port}")));

        Assert.Contains("leads to a private or reserved network", reason);
        Assert.Empty(rig.Site.Requests);
    }

    [Fact]
    public async Task A_public_name_that_leads_to_a_private_address_is_refused_without_telling_the_address()
    {
        await using var rig = await NothingAllowedAsync(FetchingRig.Always("192.168.7.7"));

        var reason = await rig.FailureAsync(new Uri("http://news.example/feed.rss"));

        Assert.Contains("news.example leads to a private or reserved network", reason);
        Assert.DoesNotContain("192.168", reason);
    }

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_connected_to()
    {
        var lookups = 0;
        await using var rig = await FetchingRig.StartAsync(
            lookup: (_, _) =>
                // Private from the second question on, as a rebinding name server would answer.
                Task.FromResult(
                    new[] { IPAddress.Parse(Interlocked.Increment(ref lookups) == 1 ? "127.0.0.1" : "192.168.7.7") }
                )
        );

        var outcome = await rig.FetchAsync(new Uri($"http://news.example:{rig.Site.Root.Port}/feeds/harbour.rss"));

        Assert.IsType<FetchOutcome.Fetched>(outcome);
        Assert.Equal(1, lookups);
    }

    [Fact]
    public async Task Of_several_addresses_only_the_allowed_ones_are_tried()
    {
        await using var rig = await FetchingRig.StartAsync(lookup: FetchingRig.Always("192.168.7.7", "127.0.0.1"));

        var outcome = await rig.FetchAsync(new Uri($"http://news.example:{rig.Site.Root.Port}/feeds/harbour.rss"));

        Assert.IsType<FetchOutcome.Fetched>(outcome);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_said_in_words()
    {
        await using var rig = await FetchingRig.StartAsync(lookup: FetchingRig.Always());

        Assert.Contains("could not be found", await rig.FailureAsync(new Uri("http://nowhere.example/")));
    }

    [Theory]
    [InlineData("http://xn--0.example/")]
    [InlineData("http://xn--a-ecp.ru/")]
    [InlineData("http://-.example/")]
    [InlineData("http://a_b.example/")]
    [InlineData("http://ドメイン.example/記事?番号=1")]
    public async Task An_odd_name_is_a_failure_and_no_exception(string address)
    {
        await using var rig = await FetchingRig.StartAsync(lookup: FetchingRig.Always());

        Assert.NotEmpty(await rig.FailureAsync(new Uri(address)));
    }

    [Fact]
    public async Task A_network_can_be_allowed_for_one_port_only()
    {
        await using var other = await FetchingRig.StartAsync();
        var port = $"127.0.0.0/8:{other.Site.Root.Port}";
        await using var rig = await FetchingRig.StartAsync(new() { ["Fetching:AllowedPrivateNetworks:0"] = port });

        Assert.IsType<FetchOutcome.Fetched>(await rig.FetchAsync(other.Site.Url("/feeds/harbour.rss")));
        Assert.IsType<FetchOutcome.Failed>(await rig.FetchAsync("/feeds/harbour.rss"));
    }

    [Fact]
    public async Task An_allowed_network_does_not_count_for_pictures()
    {
        await using var rig = await FetchingRig.StartAsync();
        var picture = rig.Site.Url("/pictures/1.png");

        Assert.IsType<FetchOutcome.Fetched>(await rig.FetchAsync(picture));
        Assert.IsType<FetchOutcome.Failed>(
            await rig.FetchAsync(FetchRequest.First(picture) with { Kind = FetchKind.Picture })
        );
    }

    [Fact]
    public async Task Our_own_pages_may_be_fetched_below_their_path_only()
    {
        await using var rig = await NothingAllowedAsync();
        rig.Get<OwnOrigins>().Add(rig.Site.Url("/feeds/"));

        Assert.IsType<FetchOutcome.Fetched>(await rig.FetchAsync("/feeds/harbour.rss"));
        Assert.IsType<FetchOutcome.Failed>(await rig.FetchAsync("/articles/harbour/0"));
        Assert.IsType<FetchOutcome.Failed>(await rig.FetchAsync("/feeds/%2e%2e/articles/harbour/0"));
        Assert.IsType<FetchOutcome.Failed>(await rig.FetchAsync("/feeds/..%2farticles/harbour/0"));
        Assert.IsType<FetchOutcome.Failed>(
            await rig.FetchAsync(new Uri($"http://localhost:{rig.Site.Root.Port}/feeds/harbour.rss"))
        );
    }

    [Fact]
    public async Task A_redirect_out_of_our_own_pages_is_refused()
    {
        await using var rig = await NothingAllowedAsync();
        rig.Get<OwnOrigins>().Add(rig.Site.Url("/moved/"));

        Assert.Contains("redirects out of the sample newsroom", await rig.FailureAsync("/moved/temporary"));
        Assert.Equal(0, rig.Site.Count("/feeds/harbour.rss"));
    }

    [Fact]
    public async Task Our_own_pictures_may_be_fetched()
    {
        await using var rig = await NothingAllowedAsync();
        rig.Get<OwnOrigins>().Add(rig.Site.Url("/pictures/"));

        var pictures = await rig.Get<PictureFetcher>()
            .FetchAsync(rig.Site.Url("/pictures/1.png"), TestContext.Current.CancellationToken);

        Assert.Equal((800, 450), (pictures.Encoded!.Page.Width, pictures.Encoded.Page.Height));
        Assert.Equal((640, 360), (pictures.Encoded.Card.Width, pictures.Encoded.Card.Height));
    }

    [Theory]
    [InlineData("ftp://news.example/feed", "Only http and https")]
    [InlineData("http://ada:pw123@news.example/feed", "holds a user name or password")]
    [InlineData("http://news.example:22/feed", "Port 22")]
    [InlineData("https://news.example:5432/feed", "Port 5432")]
    public async Task Addresses_that_are_no_web_pages_are_refused_unseen(string address, string expected)
    {
        await using var rig = await FetchingRig.StartAsync();

        var reason = await rig.FailureAsync(new Uri(address));

        Assert.Contains(expected, reason);
        Assert.DoesNotContain("pw123", reason);
    }

    private static Task<FetchingRig> NothingAllowedAsync(NameLookup? lookup = null) =>
        FetchingRig.StartAsync(new() { ["Fetching:AllowedPrivateNetworks:0"] = "10.200.0.0/30" }, lookup);
}
