using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

/// <summary>The page of a source, and who may see it.</summary>
public sealed class SourcePageTests(PublishedServer server) : IClassFixture<PublishedServer>
{
    private NewsroomBuilder Newsroom => server.Newsroom;

    [Fact]
    public async Task A_source_shows_its_health_its_rhythm_and_how_it_stands_beside_others()
    {
        var channel = Newsroom.Channel("pier");
        var wire = Newsroom.Source("Pier Wire", licence: "CC BY 4.0");
        var post = Newsroom.Source("Pier Post");
        Subscribe(wire, channel);
        Newsroom.Story(channel, [wire, post], "Told by both");
        Newsroom.Story(channel, [wire], "Told by one");
        var page = await PageAsync($"/sources/{wire}");

        Assert.Equal("Pier Wire", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("about 5 a day", page.QuerySelector("main")!.TextContent);
        Assert.Contains(
            "Of the 2 stories it reported in the last 90 days, 1 (50 %) were reported by others too, and 1 of those (100 %) by it first.",
            page.QuerySelector("main")!.TextContent
        );
        Assert.Contains("CC BY 4.0", page.QuerySelector("main")!.TextContent);
        Assert.Equal("#pier", page.QuerySelector("a[href='/?channel=pier']")!.TextContent);
        Assert.Contains(page.QuerySelectorAll(".found a"), link => link.TextContent == "Told by both");
        var chart = page.QuerySelector("svg.bars")!;
        Assert.Equal("img", chart.GetAttribute("role"));
        Assert.Contains("69 entries", page.GetElementById(chart.GetAttribute("aria-labelledby")!)!.TextContent);
    }

    [Fact]
    public async Task A_source_of_a_channel_that_is_not_public_is_nobodys_business()
    {
        var hidden = Newsroom.Channel("backroom", publication: "off");
        var open = Newsroom.Channel("square");
        var secret = Newsroom.Source("Backroom Wire");
        var both = Newsroom.Source("Both Wire");
        Subscribe(secret, hidden);
        Subscribe(both, hidden);
        Subscribe(both, open);
        Newsroom.Story(hidden, [secret, both], "Said in the backroom");

        var (missing, _) = await server.GetAsync("stranger", $"/sources/{secret}");
        var (admins, _) = await server.GetAsync("admin", $"/sources/{secret}");
        var (elsewhere, _) = await server.GetAsync("admin-elsewhere", $"/sources/{secret}");
        var page = await PageAsync($"/sources/{both}");
        var status = await PageAsync("/status");

        Assert.Equal(HttpStatusCode.NotFound, missing);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere);
        Assert.Equal(HttpStatusCode.OK, admins);
        Assert.DoesNotContain("backroom", page.QuerySelector("main")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("#square", page.QuerySelector("main")!.TextContent);
        Assert.Null(status.QuerySelector($"a[href='/sources/{secret}']"));
        Assert.NotNull(status.QuerySelector($"a[href='/sources/{both}']"));
    }

    [Fact]
    public async Task A_key_in_an_address_stays_with_those_who_may_know_it()
    {
        var channel = Newsroom.Channel("keys");
        var source = Newsroom.Source("Keyed Wire");
        Subscribe(source, channel);
        Newsroom.Run(
            $"UPDATE feed SET url = 'https://keyed.example/feed?token=s3cret' WHERE id = (SELECT feed_id FROM source WHERE id = {source})"
        );

        var (strangers, _) = await server.GetAsync("stranger", $"/sources/{source}");
        var (admins, text) = await server.GetAsync("admin", $"/sources/{source}");

        Assert.Equal(HttpStatusCode.NotFound, strangers);
        Assert.Equal(HttpStatusCode.OK, admins);
        Assert.Contains("token=s3cret", text);
    }

    private async Task<IHtmlDocument> PageAsync(string path)
    {
        var (status, html) = await server.GetAsync("stranger", path);
        Assert.Equal(HttpStatusCode.OK, status);
        return await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
    }

    private void Subscribe(long source, long channel) =>
        Newsroom.Run(
            $"INSERT INTO subscription (source_id, channel_id, created_at) VALUES ({source}, {channel}, 0) ON CONFLICT DO NOTHING"
        );
}
