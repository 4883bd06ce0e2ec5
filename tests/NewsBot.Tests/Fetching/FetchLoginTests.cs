using NewsBot.Core.Feeds;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.Fetching;

/// <summary>A login reaches its own server and nobody else.</summary>
public sealed class FetchLoginTests : IAsyncLifetime
{
    private const string Closed = "/feeds/closed.rss";

    private FetchingRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await FetchingRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_feed_that_wants_a_login_opens_with_it()
    {
        var without = Assert.IsType<FetchOutcome.Failed>(await _rig.FetchAsync(Closed));
        var with = await _rig.FetchAsync(Request(Closed));

        Assert.True(without.WantsLogin);
        Assert.Contains("/news login set", without.Reason);
        Assert.IsType<FetchOutcome.Fetched>(with);
    }

    [Fact]
    public async Task A_wrong_login_is_said_to_be_wrong_and_is_not_repeated_in_words()
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(await _rig.FetchAsync(Request(Closed, password: "ebb-4711")));

        Assert.True(failed.WantsLogin);
        Assert.Contains("user name, password or key is wrong", failed.Reason);
        Assert.Contains("/news login set", failed.Reason);
        Assert.DoesNotContain("ebb-4711", failed.Reason);
    }

    [Fact]
    public async Task A_redirect_on_the_same_server_takes_it_along()
    {
        _rig.Site.Set("/old.rss", Redirect(Closed));

        Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync(Request("/old.rss")));
    }

    [Fact]
    public async Task A_redirect_to_another_port_leaves_it_behind_even_on_the_way_back()
    {
        await using var other = await OtherAsync();
        _rig.Site.Set("/away.rss", Redirect(other.Url("/back.rss").AbsoluteUri));
        other.Set("/back.rss", Redirect(_rig.Site.Url(Closed).AbsoluteUri));

        var failed = Assert.IsType<FetchOutcome.Failed>(await _rig.FetchAsync(Request("/away.rss")));

        Assert.Contains("sent to its own server only", failed.Reason);
        Assert.Contains("Authorization", _rig.Site.Requests[0].Headers.Keys);
        Assert.DoesNotContain("Authorization", Assert.Single(other.Requests).Headers.Keys);
        Assert.DoesNotContain("Authorization", _rig.Site.Requests[1].Headers.Keys);
    }

    [Fact]
    public async Task A_permanent_redirect_to_another_server_is_not_kept()
    {
        await using var other = await OtherAsync();
        _rig.Site.Set("/away.rss", Redirect(other.Url("/feeds/harbour.rss").AbsoluteUri));

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _rig.FetchAsync(Request("/away.rss")));

        Assert.Null(fetched.MovedTo);
    }

    [Fact]
    public async Task It_is_not_sent_to_an_address_of_another_server()
    {
        await using var other = await OtherAsync();

        await _rig.FetchAsync(Request(Closed) with { Url = other.Url(Closed) });

        Assert.DoesNotContain("Authorization", Assert.Single(other.Requests).Headers.Keys);
    }

    [Theory]
    [InlineData(FetchKind.Page)]
    [InlineData(FetchKind.Picture)]
    public async Task Articles_and_pictures_are_asked_for_without_it(FetchKind kind)
    {
        await using var rig = await FetchingRig.StartAsync();

        await rig.FetchAsync(
            new FetchRequest(rig.Site.Url(Closed), null, null, null) { Kind = kind, Login = Login(rig.Site.Root) }
        );

        Assert.DoesNotContain(rig.Site.Requests, request => request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task A_header_of_its_own_is_sent_as_it_was_typed()
    {
        var login = FeedLogin.OfHeader(_rig.Site.Root, "X-Api-Key", "k3y 4711").Login;

        await _rig.FetchAsync(FetchRequest.First(_rig.Site.Url("/feeds/harbour.rss")) with { Login = login });

        Assert.Equal("k3y 4711", Assert.Single(_rig.Site.Requests).Headers["X-Api-Key"]);
    }

    [Fact]
    public async Task Without_encryption_it_leaves_for_no_public_address()
    {
        await using var rig = await FetchingRig.StartAsync(lookup: FetchingRig.Always("93.184.215.14"));
        var url = new Uri("http://planet.example/feed");

        var failed = Assert.IsType<FetchOutcome.Failed>(
            await rig.FetchAsync(FetchRequest.First(url) with { Login = Login(url) })
        );

        Assert.Contains("with https only", failed.Reason);
    }

    private static Task<FakeFeedSite> OtherAsync() =>
        FakeFeedSite.StartAsync(0, TimeProvider.System, TestContext.Current.CancellationToken);

    private static FeedLogin Login(Uri url, string password = "tide") =>
        FeedLogin.Basic(url, "reader", password).Login!;

    private FetchRequest Request(string path, string password = "tide") =>
        FetchRequest.First(_rig.Site.Url(path)) with
        {
            Login = Login(_rig.Site.Root, password),
        };

    private static FakeAnswer Redirect(string to) =>
        FakeAnswer.Text("", "") with
        {
            Status = 301,
            Conditional = false,
            Headers = new Dictionary<string, string> { ["Location"] = to },
        };
}
