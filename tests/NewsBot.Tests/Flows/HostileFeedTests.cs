using System.Globalization;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

/// <summary>Feeds and pages that do what none should: each is polled as the newsroom polls it, and members see each story once.</summary>
public sealed class HostileFeedTests : IAsyncLifetime
{
    private const string Feed = "/odd.rss";

    // One sentence in each of ten languages, about ten things.
    private static readonly string[] Tongues =
    [
        "The council has closed the old swimming pool and will open a new one in the spring",
        "Die Stadtbücherei verleiht ab sofort auch Werkzeug und eine Bohrmaschine an ihre Leser",
        "Le boulanger du village a gagné le prix du meilleur pain de la région pour la troisième fois",
        "El museo encontró en el sótano un cuadro para los niños del barrio, según dijo por la tarde la directora",
        "Il coro della scuola canta sul tetto della stazione e i treni aspettano fino alla fine del concerto",
        "De burgemeester heeft een nieuwe fietsbrug over het kanaal geopend en is er zelf als eerste overheen gereden",
        "В городе открыли новый зоопарк, и первыми в него вошли дети из соседней школы",
        "駅前の古い時計が三十年ぶりに動き始め、町の人々は驚いた。",
        "市政府宣布明年将在河边种植一万棵樱花树",
        "افتتحت المدينة ملعبا جديدا للأطفال بجانب النهر",
    ];

    private NewsDesk _desk = null!;

    private FeedItem[] Five =>
        [
            new("Harbour crane topples in the storm", _desk.Now.AddMinutes(-1)),
            new("Bakery wins a prize for its rye bread", _desk.Now.AddMinutes(-2)),
            new("Otters return to the mill after decades", _desk.Now.AddMinutes(-3)),
            new("Museum finds an etching behind a cupboard", _desk.Now.AddMinutes(-4)),
            new("Vineyard loses its harvest to late frost", _desk.Now.AddMinutes(-5)),
        ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Guids_that_change_at_each_poll_bring_nothing_twice_even_where_links_change_too(bool linksToo)
    {
        var channel = Start(offer: 0);
        _desk.Serve(Feed, Five[1..]);
        await _desk.PollAsync();

        for (var poll = 0; poll < 4; poll++)
        {
            var mark = poll;
            _desk.Serve(
                Feed,
                Five.Select(item =>
                    item with
                    {
                        Guid = Numbered(item.Guid, mark),
                        Link = linksToo ? Numbered($"{item.Link}?session=", mark) : item.Link,
                    }
                )
            );
            await _desk.PollAsync();
        }

        Assert.Equal([Five[0].Title], _desk.Cards(channel));
        Assert.Equal(5, _desk.Number("SELECT COUNT(*) FROM entry"));
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM post WHERE operation <> 'create'"));
    }

    [Fact]
    public async Task Dates_that_are_always_now_make_nothing_new_and_what_is_new_is_told()
    {
        var channel = Start(offer: 0);
        for (var poll = 0; poll < 4; poll++)
        {
            _desk.Serve(Feed, (poll < 2 ? Five[1..] : Five).Select(item => item with { At = _desk.Now }));
            await _desk.PollAsync();
            _desk.Time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal([Five[0].Title], _desk.Cards(channel));
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM story WHERE corrected_at IS NOT NULL"));
    }

    [Fact]
    public async Task Of_fifty_thousand_entries_the_first_are_read_and_what_comes_on_top_is_told_once()
    {
        var channel = Start(offer: 2);
        // Written in full, so many would be more than a document may hold.
        static string Archive(IEnumerable<int> pieces, string top = "") =>
            FeedItem
                .Rss("Archive", [])
                .Replace(
                    "</channel>",
                    $"{top}{string.Concat(pieces.Select(i => $"<item><title>{Numbered("Archive piece", i)}</title><link>{Numbered("/", i)}</link></item>"))}</channel>",
                    StringComparison.Ordinal
                );
        _desk.Site.Set(Feed, Archive(Enumerable.Range(0, 50_000)));
        await _desk.PollAsync();
        var before = _desk.Number("SELECT COUNT(*) FROM entry");

        const string top = "<item><title>Harbour crane topples in the storm</title><link>/crane</link></item>";
        _desk.Site.Set(Feed, Archive(Enumerable.Range(0, 50), top));
        await _desk.PollAsync();
        await _desk.PollAsync();

        Assert.InRange(before, 1, 5_000);
        Assert.Equal(before + 1, _desk.Number("SELECT COUNT(*) FROM entry"));
        Assert.Equal(Five[0].Title, _desk.Cards(channel)[^1]);
        Assert.InRange(_desk.Cards(channel).Count, 2, 3);
        Assert.Null(_desk.Word("SELECT last_error FROM feed"));
    }

    [Fact]
    public async Task Entries_from_the_future_come_once_and_do_not_stay_on_top()
    {
        var channel = Start(offer: 0);
        _desk.Serve(Feed, Five[2..]);
        await _desk.PollAsync();
        _desk.Serve(Feed, Five[1..].Select(item => item with { At = _desk.Now.AddYears(3) }));
        await _desk.PollAsync();
        _desk.Time.Advance(TimeSpan.FromHours(3));
        _desk.Serve(Feed, Five.Select(item => item with { At = _desk.Now.AddYears(3) }));
        await _desk.PollAsync();

        Assert.Equal([Five[1].Title, Five[0].Title], _desk.Cards(channel));
        Assert.Equal(
            [Five[0].Title, Five[1].Title],
            _desk.Words("SELECT headline FROM story WHERE published_at <= @Now ORDER BY published_at DESC", Instant())
        );
    }

    [Fact]
    public async Task Titles_of_emoji_are_stories_like_others_each_for_itself()
    {
        string[] titles = ["🦊🔥🚀", "🎉🎉🎉🎉", "🏴‍☠️", "👩‍👩‍👧‍👦 🌍", "‼️‼️"];
        var channel = Start(offer: 5);
        _desk.Serve(
            Feed,
            titles.Select(
                (title, i) =>
                    new FeedItem(title, _desk.Now.AddMinutes(-i))
                    {
                        Text = "",
                        Link = Numbered("https://outlet.example/", i),
                    }
            )
        );

        await _desk.PollAsync();
        await _desk.PollAsync();

        Assert.Equal(titles.Reverse(), _desk.Cards(channel));
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM story WHERE slug = ''"));
    }

    [Fact]
    public async Task Five_megabytes_in_an_item_leave_a_card_of_a_few_words_and_more_than_that_a_reason()
    {
        var channel = Start(offer: 1);
        var long5 = string.Concat(
            Enumerable.Repeat("<p><b>Long</b> words without an end stand here again.</p>", 92_000)
        );
        _desk.Serve(Feed, Five[0] with { Text = long5 });
        await _desk.PollAsync();

        Assert.Null(_desk.Word("SELECT last_error FROM feed"));
        Assert.Equal([Five[0].Title], _desk.Cards(channel));
        Assert.InRange(_desk.Number("SELECT MAX(LENGTH(excerpt)) FROM entry"), 1, IncomingEntry.MaxExcerpt);
        Assert.InRange(_desk.Number("SELECT MAX(LENGTH(body)) FROM post"), 1, 5_000);

        _desk.Serve(Feed, Five.Select(item => item with { Text = long5 }));
        await _desk.PollAsync();

        Assert.Contains("larger than", _desk.Word("SELECT last_error FROM feed"));
        Assert.Single(_desk.Cards(channel));
    }

    [Fact]
    public async Task Ten_languages_in_one_feed_are_ten_stories_and_each_channel_gets_its_own()
    {
        var all = Start(offer: 10);
        var some = _desk.Channel("some", "instant", ("languages", "en de ja"));
        _desk.Subscribe(1, some, offer: 10);
        _desk.Serve(
            Feed,
            Tongues.Select(
                (title, i) =>
                    new FeedItem(title, _desk.Now.AddMinutes(-i))
                    {
                        Text = $"{title}.",
                        Link = Numbered("https://outlet.example/", i),
                    }
            )
        );

        await _desk.PollAsync();

        Assert.Equal(Tongues.Reverse(), _desk.Cards(all));
        Assert.Equal([Tongues[7], Tongues[1], Tongues[0]], _desk.Cards(some));
    }

    [Theory]
    [InlineData(
        "<h1>Before you continue</h1><p>We and our 843 partners use cookies and personal data to give you the best experience on this site, and by clicking accept you agree to the use of all of them for every purpose.</p><p>You can change your choices at any time in the privacy settings at the foot of each page.</p><button>Accept all</button>"
    )]
    [InlineData(
        "<article><h1>Harbour crane topples</h1><div class=paywall><p>This article is for subscribers only. Subscribe now for one euro a week and read all our articles and newsletters without any limit.</p><p>Already a subscriber? Log in to continue reading this article and many others.</p></div></article>"
    )]
    [InlineData("")]
    [InlineData("<frameset cols='20%,80%'><frame src='/left'><frame src='/right'></frameset>")]
    [InlineData("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>")]
    public async Task A_page_that_shows_a_wall_or_nothing_leaves_the_words_of_the_feed(string page)
    {
        _desk.ReadsArticles = true;
        _desk.Site.Set("/crane", $"<html><body>{page}</body></html>", "text/html");
        var channel = Start(offer: 1);
        const string told = "The old crane in the harbour fell over in last night's storm, and nobody was hurt.";
        _desk.Serve(Feed, Five[0] with { Link = _desk.Site.Url("/crane").AbsoluteUri, Text = told });

        await _desk.PollAsync();

        Assert.Equal([Five[0].Title], _desk.Cards(channel));
        Assert.Equal(1, _desk.Site.Count("/crane"));
        Assert.Equal(told, _desk.Word("SELECT summary_text FROM story"));
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static string Numbered(string text, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{text} {number}");

    private object Instant() => new { Now = _desk.Now.Ms() };

    private ChannelId Start(int offer)
    {
        var channel = _desk.Channel();
        var source = _desk.Source(Feed, "Odd outlet");
        _desk.Subscribe(source, channel, offer);
        return channel;
    }
}
