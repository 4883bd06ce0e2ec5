using System.Net;
using NewsBot.Testing;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Hostile;

/// <summary>The corpus at the door of feeds and article pages: what is kept of it can stand on a page, and nothing stops the rest.</summary>
public sealed class HostileEntryTests : IAsyncLifetime
{
    private const string Feed = "/hostile.rss";

    // Well formed, and yet no name of a host.
    private static readonly string[] OddHosts =
    [
        "https://ü-.example/a",
        "https://a\u0378b.example/a",
        "https://a\u058bb.example/a",
        $"https://{string.Join('.', Enumerable.Repeat("ü23456789", 40))}/a",
        "https://xn--a.example/a",
        "https://xn--zzzzzzzzz.example/a",
    ];

    private NewsDesk _desk = null!;

    [Fact]
    public async Task A_link_to_a_host_that_cannot_exist_costs_no_other_entry_its_place()
    {
        var channel = _desk.Channel();
        _desk.Subscribe(_desk.Source(Feed, "Odd outlet"), channel, offer: 10);
        var odd = OddHosts.Select(
            (link, number) =>
                new FeedItem($"Odd piece number {number} of the day", _desk.Now.AddMinutes(-number - 1))
                {
                    Link = link,
                    More =
                        $"<enclosure url=\"{WebUtility.HtmlEncode(link)}.png\" type=\"image/png\" length=\"1\"/><comments>{link}</comments>",
                    Text = $"<p>Told <a href=\"{link}\">there</a>.</p><img src=\"{link}.jpg\">",
                }
        );
        _desk.Serve(Feed, [new FeedItem("Harbour crane topples in the storm", _desk.Now), .. odd]);

        await _desk.PollAsync();

        Assert.Null(_desk.Word("SELECT last_error FROM feed"));
        Assert.Equal(OddHosts.Length + 1, _desk.Number("SELECT COUNT(*) FROM entry"));
        Assert.Contains("Harbour crane topples in the storm", _desk.Cards(channel));
    }

    [Fact]
    public async Task Whatever_an_entry_holds_only_web_addresses_are_kept_and_no_characters_that_act()
    {
        _desk.ReadsArticles = true;
        var channel = _desk.Channel();
        _desk.Subscribe(_desk.Source(Feed, "Hostile outlet"), channel, offer: 1);
        _desk.Serve(Feed, [new FeedItem("Harbour crane topples in the storm", _desk.Now)]);
        await _desk.PollAsync();
        var items = HostileScripts.All.Select(
            (text, number) =>
                new FeedItem($"Piece {number}", _desk.Now.AddSeconds(-number))
                {
                    // XML has no way to write most control characters.
                    Text = Xml(text),
                    Link = number % 3 == 0 ? Xml(text) : _desk.Site.Url($"/page-{number}").AbsoluteUri,
                    More = $"""
                        <author>{WebUtility.HtmlEncode(Xml(text))}</author><category>{WebUtility.HtmlEncode(
                            Xml(text)
                        )}</category>
                        <enclosure url="{WebUtility.HtmlEncode(Xml(text))}" type="image/png" length="1"/>
                        <media:content url="{WebUtility.HtmlEncode(
                            Xml(text)
                        )}" medium="image"><media:title>{WebUtility.HtmlEncode(Xml(text))}</media:title></media:content>
                        """,
                }
        );
        for (var number = 1; number < HostileScripts.All.Count; number += 40)
        {
            _desk.Site.Set(
                $"/page-{number}",
                $"<html><body><article><h1>Piece</h1><p>{HostileScripts.All[number]}</p></article>",
                "text/html"
            );
        }

        _desk.Serve(
            Feed,
            items.Select((item, number) => item with { Title = $"{Xml(HostileScripts.All[number])} {number}" })
        );
        await _desk.PollAsync();

        Assert.Null(_desk.Word("SELECT last_error FROM feed"));
        Assert.InRange(_desk.Number("SELECT COUNT(*) FROM entry"), 250, 500);
        foreach (var column in new[] { "entry.url", "entry.image_url", "story.url", "feed.site_url" })
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            Assert.Equal(
                0,
                _desk.Number(
                    $"SELECT COUNT(*) FROM {table} WHERE {name} IS NOT NULL AND {name} NOT LIKE 'http://%' AND {name} NOT LIKE 'https://%'"
                )
            );
        }

        foreach (
            var text in new[] { "title FROM entry", "author FROM entry", "excerpt FROM entry", "headline FROM story" }
        )
        {
            var name = text.Split(' ')[0];
            Assert.Equal(
                0,
                _desk.Number(
                    $"SELECT COUNT(*) FROM (SELECT {text}) WHERE {name} GLOB '*[' || char(1) || '-' || char(8) || char(27) || ']*'"
                )
            );
        }
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static string Xml(string text) =>
        new([.. text.Where(c => System.Xml.XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))]);
}
