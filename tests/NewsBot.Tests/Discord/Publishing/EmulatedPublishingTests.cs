using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>Posting over a real line into a Discord that is as strict as the real one.</summary>
public sealed class EmulatedPublishingTests
{
    private static readonly PostBody.Card Card = new(
        new StoryId(1),
        "Bridge **opens** @everyone",
        "https://a.example/b_(c)",
        "Gazette",
        ["B", "C"],
        new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        "It opened. <@1> said so.",
        null,
        0,
        null,
        false
    );

    [Theory]
    [InlineData("text")]
    [InlineData("announcement")]
    [InlineData("forum")]
    public async Task Everything_we_post_and_edit_is_taken_as_it_is(string kind)
    {
        await using var desk = await EmulatedDesk.OpenAsync();
        desk.Desk.Run("INSERT INTO picture (id, source_url, small, width, height) VALUES (8, 'x', x'0102', 800, 400)");
        var channels = desk.Server.Channels;
        var channel = desk.Add(
            kind switch
            {
                "forum" => channels.Forum,
                "announcement" => channels.Announcement,
                _ => channels.Text,
            },
            kind
        );
        var story = desk.Desk.Story("Bridge opens");
        var card = Card with { Story = story, Picture = 8 };
        var list = new PostBody.DigestList(
            [new DigestLine(story, "Bridge", "https://a.example", "G", 2, null)],
            new BestComment(story, 1, "Inês", "Well *said*")
        );
        await desk.PostAsync(channel, PostSubject.Digest(1), 0, new PostBody.DigestHeading("Monday in #news", "Two"));
        await desk.PostAsync(channel, PostSubject.Of(story), 0, card);
        await desk.PostAsync(channel, PostSubject.Digest(1), 1, list);
        await desk.PostAsync(channel, PostSubject.Notice("a"), 0, new PostBody.Notice("**Welcome**"));
        await desk.SendAsync();

        await desk.EditAsync(channel, PostSubject.Of(story), 0, card with { Comments = 3, Correction = "It did not." });
        await desk.EditAsync(channel, PostSubject.Digest(1), 1, list with { BestComment = null });
        await desk.SendAsync();
        await desk.EditAsync(channel, PostSubject.Of(story), 0, card with { IsRemoved = true });
        await desk.SendAsync();

        Assert.Empty(desk.Server.Statistics.Errors);
        Assert.Empty(desk.Server.State.Pings);
        Assert.Equal(0, desk.Desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));
        Assert.Equal(4, desk.Server.Statistics.Creates.Count);
    }

    [Fact]
    public async Task A_burst_keeps_every_channel_in_order_and_meets_no_limit_it_was_told_of()
    {
        await using var desk = await EmulatedDesk.OpenAsync(
            new FakeLimits
            {
                Create = new FakeLimit(5, TimeSpan.FromMilliseconds(250)),
                Global = new FakeLimit(50, TimeSpan.FromSeconds(1)),
            }
        );
        List<ulong> places = [.. Enumerable.Range(0, 10).Select(i => desk.Server.Driver.AddChannel(0, $"burst{i}"))];
        var channels = places.ConvertAll(place => desk.Add(place, "text"));
        foreach (var channel in channels)
        {
            await AnnounceAsync(desk, channel, 20);
        }

        Assert.Equal(200, await desk.SendAsync());

        Assert.Equal(0, desk.Server.Statistics.Avoidable);
        foreach (var place in places)
        {
            Assert.Equal(Enumerable.Range(0, 20).Select(i => $"News {i}\n"), await desk.WordsAsync(place));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_goes_wrong_every_post_is_there_once(int seed)
    {
        await using var desk = await EmulatedDesk.OpenAsync(FakeLimits.Unlimited());
        var channels = desk.Server.Channels;
        var text = desk.Add(channels.Text, "text");
        var forum = desk.Add(channels.Forum, "forum");
        await AnnounceAsync(desk, text, 15);
        for (var i = 0; i < 8; i++)
        {
            var story = desk.Desk.Story($"Story {i}");
            await desk.PostAsync(forum, PostSubject.Of(story), 0, Card with { Story = story, Headline = $"Story {i}" });
        }

        desk.Server.Faults.Randomly(seed, 0.25);
        await desk.SendAllAsync();
        desk.Server.ClearFaults();

        Assert.Equal(0, desk.Desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));
        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"News {i}\n"), await desk.WordsAsync(channels.Text));
        Assert.Equal(15 + 8, desk.Server.Statistics.Creates.Count);
        Assert.Equal(8, desk.Desk.Number("SELECT COUNT(DISTINCT external_id) FROM thread"));
    }

    [Fact]
    public async Task A_card_that_took_effect_without_an_answer_is_found_after_the_nonce_is_forgotten()
    {
        await using var desk = await EmulatedDesk.OpenAsync();
        var channel = desk.Add(desk.Server.Channels.Text, "text");
        await AnnounceAsync(desk, channel, 1);
        desk.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Status)
            {
                Method = "POST",
                Status = 503,
                AfterEffect = true,
                Count = 4,
            }
        );

        await desk.SendAllAsync();

        Assert.Single(desk.Server.Statistics.Creates);
        Assert.Equal("sent", desk.Desk.Word("SELECT state FROM post"));
    }

    private static async Task AnnounceAsync(EmulatedDesk desk, ChannelId channel, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var body = new PostBody.Notice($"News {i}");
            await desk.PostAsync(channel, PostSubject.Notice($"{channel.Value}-{i}"), 0, body);
        }
    }
}
