using NewsBot.Core.Channels;
using NewsBot.Core.Feeds;
using NewsBot.Core.Posts;
using NewsBot.Fetching;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Testing.Servers;
using NewsBot.Web;
using SkiaSharp;

namespace NewsBot.Tests.Flows;

/// <summary>Which picture a story shows, from the feed to the card.</summary>
public sealed class StoryPicturesTests : IAsyncLifetime
{
    private const string Feed = "/gazette.rss";

    private readonly PictureServer _server = new();
    private NewsDesk _desk = null!;
    private ChannelId _channel;

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenWithSiteAsync();
        _channel = _desk.Channel();
        _desk.Source(Feed, "Gazette", _channel);
        _desk.Serve(Feed, Item("An old report of nothing in particular"));
        await _desk.PollAsync();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_story_shows_the_best_picture_with_its_text()
    {
        _server.Set("/ferry.jpg", FakeNewsroom.Png(1));
        await TakeInAsync(Item("Ferry returns to the harbour", "/logo.png", "/ferry.jpg"));

        await FetchAsync();

        Assert.Equal("https://cdn.example/ferry.jpg", Picture("Ferry returns to the harbour"));
        Assert.Equal(["/ferry.jpg"], _server.Asked);
        var card = await CardAsync();
        Assert.NotNull(card.Picture);
        Assert.Equal("Seen from the quay: /ferry.jpg", card.PictureAlt);
    }

    [Fact]
    public async Task Where_the_best_turns_out_to_be_none_the_next_takes_its_place_at_once()
    {
        _server.Set("/tiny.jpg", Draw(40, 40));
        _server.Set("/teal.jpg", Draw(800, 450, isBlank: true));
        _server.Set("/ferry.jpg", FakeNewsroom.Png(1));
        await TakeInAsync(Item("Ferry returns to the harbour", "/tiny.jpg", "/teal.jpg", "/ferry.jpg", "/more.jpg"));

        await FetchAsync();

        Assert.Equal("https://cdn.example/ferry.jpg", Picture("Ferry returns to the harbour"));
        Assert.Equal(["/tiny.jpg", "/teal.jpg", "/ferry.jpg"], _server.Asked);
        Assert.Equal(["Blank", "Small"], _desk.Words("SELECT flaw FROM picture WHERE flaw IS NOT NULL ORDER BY flaw"));
        Assert.Equal("Seen from the quay: /ferry.jpg", (await CardAsync()).PictureAlt);
    }

    [Fact]
    public async Task Three_that_are_none_are_enough()
    {
        foreach (var path in (string[])["/1.jpg", "/2.jpg", "/3.jpg", "/4.jpg"])
        {
            _server.Set(path, "<svg/>"u8.ToArray());
        }

        await TakeInAsync(Item("Ferry returns to the harbour", "/1.jpg", "/2.jpg", "/3.jpg", "/4.jpg"));
        await FetchAsync();
        await FetchAsync();

        Assert.Equal(["/1.jpg", "/2.jpg", "/3.jpg"], _server.Asked);
        Assert.Null(Picture("Ferry returns to the harbour"));
        Assert.Null((await CardAsync()).Picture);
    }

    [Fact]
    public async Task What_cannot_be_had_is_tried_again_where_there_is_no_other()
    {
        await TakeInAsync(Item("Ferry returns to the harbour", "/ferry.jpg"));
        await FetchAsync();
        Assert.Equal("https://cdn.example/ferry.jpg", Picture("Ferry returns to the harbour"));

        _server.Set("/ferry.jpg", FakeNewsroom.Png(1));
        _desk.Time.Advance(TimeSpan.FromHours(1));
        await FetchAsync();

        Assert.Equal(["/ferry.jpg", "/ferry.jpg"], _server.Asked);
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM picture WHERE large IS NOT NULL"));
    }

    [Fact]
    public async Task What_is_never_to_be_had_leaves_the_story_without_a_picture()
    {
        await TakeInAsync(Item("Ferry returns to the harbour", "/ferry.jpg"));
        for (var hour = 0; hour < 12; hour++)
        {
            await FetchAsync();
            _desk.Time.Advance(TimeSpan.FromHours(4));
        }

        Assert.Equal(5, _server.Asked.Count);
        Assert.Null(Picture("Ferry returns to the harbour"));
    }

    [Fact]
    public async Task What_an_outlet_puts_beside_everything_is_shown_nowhere()
    {
        var (first, second, third) = (
            "Ferry returns to the harbour",
            "Bakery wins a prize for rye",
            "Snow closes the pass"
        );
        _server.Set("/house.jpg", FakeNewsroom.Png(1));
        _server.Set("/rye.jpg", FakeNewsroom.Png(2));
        await TakeInAsync(Item(first, "/house.jpg"));
        await FetchAsync();
        await TakeInAsync(Item(second, "/house.jpg", "/rye.jpg"));
        await FetchAsync();
        Assert.Equal(
            ["https://cdn.example/house.jpg", "https://cdn.example/house.jpg"],
            [Picture(first), Picture(second)]
        );

        await TakeInAsync(Item(third, "/house.jpg"));
        await FetchAsync();

        Assert.Equal([null, "https://cdn.example/rye.jpg", null], [Picture(first), Picture(second), Picture(third)]);
    }

    [Fact]
    public async Task The_same_picture_in_several_reports_of_one_story_is_no_placeholder()
    {
        _server.Set("/ferry.jpg", FakeNewsroom.Png(1));
        var title = "Ferry returns to the harbour after three years of repairs";
        for (var at = 1; at <= 4; at++)
        {
            await TakeInAsync(
                Item(title, "/ferry.jpg") with
                {
                    Guid = $"report {at}",
                    Link = $"https://outlet.example/report-{at}",
                }
            );
        }

        await FetchAsync();

        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM story WHERE headline LIKE 'Ferry%'"));
        Assert.Equal("https://cdn.example/ferry.jpg", Picture(title));
    }

    [Fact]
    public async Task A_later_report_gives_a_picture_only_to_a_story_that_has_none()
    {
        var title = "Ferry returns to the harbour after three years of repairs";
        _desk.Source("/courier.rss", "Courier", _channel);
        _desk.Serve("/courier.rss", Item("Another old report of nothing"));
        _desk.Source("/echo.rss", "Echo", _channel);
        _desk.Serve("/echo.rss", Item("Yet another old report of nothing"));
        await TakeInAsync(Item(title));
        Assert.Null(Picture(title));

        await TakeInAsync(
            "/courier.rss",
            Item(title, "/ferry.jpg") with
            {
                Guid = "c",
                Link = "https://courier.example/1",
            }
        );
        await TakeInAsync("/echo.rss", Item(title, "/better.jpg") with { Guid = "e", Link = "https://echo.example/1" });

        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM story WHERE headline LIKE 'Ferry%'"));
        Assert.Equal("https://cdn.example/ferry.jpg", Picture(title));
    }

    private FeedItem Item(string title, params string[] pictures) =>
        new(title, _desk.Now)
        {
            More = string.Concat(
                pictures.Select(path =>
                    $"""
                        <media:content url="https://cdn.example{path}" medium="image">
                        <media:description>Seen from the quay: {path}</media:description></media:content>
                        """
                )
            ),
        };

    private Task TakeInAsync(FeedItem item) => TakeInAsync(Feed, item);

    private async Task TakeInAsync(string feed, FeedItem item)
    {
        _desk.Time.Advance(TimeSpan.FromMinutes(10));
        _desk.Serve(feed, item with { At = _desk.Now });
        await _desk.PollAsync();
    }

    private async Task FetchAsync()
    {
        using var fetcher = new PictureFetcher(_server);
        var job = new FetchPicturesJob(new PictureStore(_desk.Database, new LiveUpdates()), fetcher, _desk.Time);
        await job.Execute(null!, TestContext.Current.CancellationToken);
    }

    private string? Picture(string headline) =>
        _desk.Word(
            "SELECT p.source_url FROM story s JOIN picture p ON p.id = s.picture_id WHERE s.headline = @headline",
            new { headline }
        );

    private Task<PostBody.Card> CardAsync()
    {
        var body = _desk.Word("SELECT body FROM post WHERE operation = 'create' ORDER BY id DESC LIMIT 1");
        return Task.FromResult(Assert.IsType<PostBody.Card>(PostBodies.Read(body!)));
    }

    private static byte[] Draw(int width, int height, bool isBlank = false)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Teal);
        if (!isBlank)
        {
            bitmap.Erase(SKColors.White, new SKRectI(0, 0, width / 2, height / 2));
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 70);
        return data.ToArray();
    }

    /// <summary>Serves pictures, and remembers what it was asked for.</summary>
    private sealed class PictureServer : IFetcher
    {
        private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

        public List<string> Asked { get; } = [];

        public void Set(string path, byte[] bytes) => _files[path] = bytes;

        public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
        {
            Asked.Add(request.Url.AbsolutePath);
            return Task.FromResult<FetchOutcome>(
                _files.TryGetValue(request.Url.AbsolutePath, out var bytes)
                    ? new FetchOutcome.Fetched(bytes, "image/jpeg", request.Url, null, null, null, "", null)
                    : new FetchOutcome.Failed("There is no such picture.")
            );
        }
    }
}
