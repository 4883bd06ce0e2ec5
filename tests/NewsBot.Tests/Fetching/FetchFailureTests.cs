using System.Globalization;
using NewsBot.Core.Feeds;
using NewsBot.Tests.Watching;

namespace NewsBot.Tests.Fetching;

/// <summary>A fetch that failed is counted as one of a few kinds.</summary>
public sealed class FetchFailureTests : IAsyncLifetime
{
    private FetchingRig _rig = null!;

    public async ValueTask InitializeAsync() =>
        _rig = await FetchingRig.StartAsync(new() { ["Fetching:Timeout"] = "00:00:02" });

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData("/status/404", FetchFailure.Status)]
    [InlineData("/status/500", FetchFailure.Status)]
    [InlineData("/status/401", FetchFailure.Login)]
    [InlineData("/odd/slow.rss", FetchFailure.Timeout)]
    public async Task An_answer_that_is_no_document_is_told_by_its_kind(string path, FetchFailure kind) =>
        Assert.Equal(kind, await KindAsync(_rig.Site.Url(path)));

    [Fact]
    public async Task So_is_a_connection_that_cannot_be_made()
    {
        var closed = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{WatchedNewsroom.FreePort()}/");

        Assert.Equal(FetchFailure.Connection, await KindAsync(new Uri(closed)));
        Assert.Equal(FetchFailure.Name, await KindAsync(new Uri("http://nowhere.invalid/")));
        Assert.Equal(FetchFailure.Tls, await KindAsync(new Uri(_rig.Site.SelfSigned, "/feeds/harbour.rss")));
        Assert.Equal(FetchFailure.Refused, await KindAsync(new Uri("http://10.0.0.1/feed")));
    }

    private async Task<FetchFailure> KindAsync(Uri url) =>
        Assert.IsType<FetchOutcome.Failed>(await _rig.FetchAsync(url)).Kind;
}
