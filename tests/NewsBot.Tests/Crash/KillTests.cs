using System.Globalization;
using System.Text.Json;
using AngleSharp.Html.Parser;
using NewsBot.Core.Channels;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Crash;

/// <summary>The built program, killed again and again while it polls, posts and takes replies.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int Kills = 12;
    private const int StoriesARound = 3;

    private static readonly string[] Authors = ["Inês", "Tomasz", "Kofi", "ליאור"];

    private readonly Random _random = new(20_260_302);
    private readonly List<FeedItem> _news = [];
    private readonly Dictionary<string, Reply> _unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Reply Reply, JsonElement Message)> _taken = new(StringComparer.Ordinal);
    private NewsDesk _desk = null!;
    private KilledNewsroom _newsroom = null!;
    private ChannelId _cards;
    private ChannelId _digests;
    private int _replies;

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_and_doubles_nothing()
    {
        for (var round = 0; round < Kills; round++)
        {
            BringNews(round);
            await RunAndKillAsync(isEarly: round % 4 == 3);
        }

        MakeDue();
        _newsroom.Start();
        await _newsroom.ReadyAsync(TestContext.Current.CancellationToken);
        await SettleAsync();
        await RepeatAllAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"{_taken.Count} replies, {_news.Count} stories");
        AssertEveryStoryIsCardedOnce();
        await AssertEveryReplyIsThereOnceAsync();
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenWithSiteAsync();
        _cards = _desk.Channel("news", "instant", ("max_per_hour", 1_000), ("max_per_day", 1_000));
        _digests = _desk.Channel("phones", "digest", ("digest_cards", 2));
        _desk.Serve("/gazette.rss", []);
        _desk.Serve("/courier.rss", []);
        _desk.Source("/gazette.rss", "Gazette", _cards, _digests);
        _desk.Source("/courier.rss", "Courier", _cards, _digests);
        // Their first polls are over.
        _desk.Run("UPDATE feed SET first_taken_at = 0");
        _newsroom = new KilledNewsroom(_desk.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _newsroom.DisposeAsync();
        await _desk.DisposeAsync();
    }

    /// <summary>New stories, each told by two sources, both due at once, and a digest that is due too.</summary>
    private void BringNews(int round)
    {
        for (var i = 0; i < StoriesARound; i++)
        {
            var word = string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + round)}{(char)('a' + i)}");
            _news.Insert(
                0,
                new FeedItem(
                    $"Zor{word}on kep{word}un wal{word}im tor{word}es",
                    TimeProvider.System.GetUtcNow().AddMinutes(-1)
                )
                {
                    Link = _desk.Site.Url($"/gone/{word}").AbsoluteUri,
                    Text = $"Bru{word}or {word}minol qua{word}rep.",
                }
            );
        }

        _desk.Serve("/gazette.rss", _news);
        _desk.Serve("/courier.rss", _news.Select(item => item with { Link = $"{item.Link}-too" }));
        MakeDue();
    }

    private void MakeDue()
    {
        var now = new { Now = TimeProvider.System.GetUtcNow().Ms(), Digests = _digests.Value };
        _desk.Run("UPDATE feed SET next_poll_at = 0", now);
        _desk.Run("UPDATE channel SET next_digest_at = @Now WHERE id = @Digests", now);
    }

    private async Task RunAndKillAsync(bool isEarly)
    {
        var token = TestContext.Current.CancellationToken;
        _newsroom.Start();
        if (!isEarly)
        {
            await _newsroom.ReadyAsync(token);
        }

        using var killed = CancellationTokenSource.CreateLinkedTokenSource(token);
        var writing = isEarly ? Task.CompletedTask : WriteAsync(killed.Token);
        // From the first steps of the start, or from the first requests, to the middle of polling, posting and writing.
        await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(20, 1_800)), TimeProvider.System, token);
        await _newsroom.KillAsync();
        await killed.CancelAsync();
        await writing;
    }

    /// <summary>Replies to cards as fast as they are taken, those first of which nothing is known.</summary>
    private async Task WriteAsync(CancellationToken killed)
    {
        while (!killed.IsCancellationRequested)
        {
            var cards = _desk.Words(
                "SELECT id FROM web_message WHERE channel_id = @Id AND story_id IS NOT NULL AND post_key IS NOT NULL",
                new { Id = _cards.Value }
            );
            if (_unknown.Count == 0 && cards.Count > 0)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"reply{++_replies}x");
                _unknown[text] = new Reply(Authors[_replies % Authors.Length], text, cards[_random.Next(cards.Count)]);
            }

            if (!await SendUnknownAsync())
            {
                // The line is cut: the process is being killed.
                return;
            }

            if (cards.Count == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task<bool> SendUnknownAsync()
    {
        foreach (var reply in _unknown.Values.ToList())
        {
            if (await _newsroom.ReplyAsync(reply, CancellationToken.None) is not { } message)
            {
                return false;
            }

            _unknown.Remove(reply.Text);
            _taken[reply.Text] = (reply, message);
        }

        return true;
    }

    /// <summary>Waits until everything was polled and nothing waits to be posted.</summary>
    private Task SettleAsync() =>
        RunningNewsroom.UntilAsync(() =>
        {
            var isQuiet =
                _desk.Number("SELECT COUNT(*) FROM feed WHERE next_poll_at = 0 OR failures > 0") == 0
                && _desk.Number("SELECT COUNT(*) FROM story_entry") == 2 * _news.Count
                && _desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent' AND operation = 'create'") == 0
                && _desk.Number("SELECT COUNT(*) FROM channel_story WHERE state = 'waiting'") == 0;
            if (!isQuiet)
            {
                // What was waiting for a poll that was cut short waits for the next digest.
                _desk.Run(
                    "UPDATE channel SET next_digest_at = COALESCE(last_digest_at, 0) + 1 WHERE id = @Id",
                    new { Id = _digests.Value }
                );
            }

            return Task.FromResult(isQuiet ? "quiet" : null);
        });

    /// <summary>Sends every reply once more: those of which nothing is known are taken, the others give their old message.</summary>
    private async Task RepeatAllAsync()
    {
        Assert.True(await SendUnknownAsync());
        foreach (var (reply, message) in _taken.Values.ToList())
        {
            var again = await _newsroom.ReplyAsync(reply, CancellationToken.None);
            Assert.Equal(message.GetProperty("id").GetString(), again?.GetProperty("id").GetString());
            Assert.Equal(message.GetProperty("number").GetInt32(), again?.GetProperty("number").GetInt32());
        }
    }

    private void AssertEveryStoryIsCardedOnce()
    {
        Assert.Equal(_news.Count, _desk.Number("SELECT COUNT(*) FROM story"));
        Assert.Equal(
            _news.Select(item => item.Title).Order(StringComparer.Ordinal),
            _desk.Words("SELECT headline FROM story").Order(StringComparer.Ordinal)
        );
        const string CardsOf = """
            SELECT story_id FROM web_message
            WHERE channel_id = @Id AND story_id IS NOT NULL AND post_key IS NOT NULL AND deleted_at IS NULL
            """;
        var cards = _desk.Words(CardsOf, new { Id = _cards.Value });
        Assert.Equal(_news.Count, cards.Count);
        Assert.Equal(_news.Count, cards.Distinct(StringComparer.Ordinal).Count());
        var digestCards = _desk.Words(CardsOf, new { Id = _digests.Value });
        Assert.Equal(digestCards.Count, digestCards.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(digestCards.Count, _desk.Number("SELECT COUNT(*) FROM digest_story WHERE is_card = 1"));
        Assert.Equal(_news.Count, _desk.Number("SELECT COUNT(*) FROM digest_story"));
        Assert.Equal(_news.Count, _desk.Number("SELECT COUNT(DISTINCT story_id) FROM digest_story"));
    }

    private async Task AssertEveryReplyIsThereOnceAsync()
    {
        Assert.True(_taken.Count > Kills, $"Only {_taken.Count} replies were taken.\n{_newsroom.Said}");
        Assert.Equal(_taken.Count, _desk.Number("SELECT COUNT(*) FROM comment"));
        Assert.Equal(_taken.Count, _desk.Number("SELECT COUNT(*) FROM web_message WHERE member_id IS NOT NULL"));
        List<string> found = [];
        foreach (var story in _desk.Words("SELECT id FROM story WHERE comment_count > 0"))
        {
            var html = await _newsroom.Http.GetStringAsync($"stories/{story}", TestContext.Current.CancellationToken);
            using var page = await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
            var comments = page.QuerySelectorAll("li.c").ToList();
            Assert.Equal(
                Enumerable.Range(1, comments.Count),
                comments.Select(item => int.Parse(item.GetAttribute("value")!, CultureInfo.InvariantCulture)).Order()
            );
            found.AddRange(
                comments.Select(item =>
                    Assert.Single(_taken.Keys, text => item.TextContent.Contains(text, StringComparison.Ordinal))
                )
            );
        }

        Assert.Equal(_taken.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
