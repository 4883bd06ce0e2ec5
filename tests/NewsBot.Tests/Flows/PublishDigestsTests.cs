using System.Globalization;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

/// <summary>Due channels → digest → outbox.</summary>
public sealed class PublishDigestsTests : IAsyncLifetime
{
    private NewsDesk _desk = null!;

    [Fact]
    public async Task A_digest_shows_what_waits_and_made_twice_it_is_made_once()
    {
        var channel = Digest("daily 9:00 UTC");
        Waiting(channel, "One", "Two", "Three");

        await _desk.DigestAsync();
        await _desk.DigestAsync();
        // As after a restart that lost nothing but the plan.
        _desk.Run("UPDATE channel SET next_digest_at = @Now", new { Now = _desk.Now.Ms() });
        await _desk.DigestAsync();
        await _desk.SendAsync();

        Assert.Equal(4, _desk.Shown(channel).Count);
        Assert.Equal("Monday morning in #news", _desk.Shown(channel)[0]);
        Assert.Equal(["One", "Three", "Two"], _desk.Shown(channel).Skip(1).Order(StringComparer.Ordinal));
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM digest"));
    }

    [Fact]
    public async Task The_next_digest_is_planned()
    {
        var channel = Digest("weekdays 9:00, 17:00 UTC");
        Waiting(channel, "One");

        await _desk.DigestAsync();

        Assert.Equal(_desk.Now.AddHours(8).Ms(), _desk.Number("SELECT next_digest_at FROM channel"));
        Assert.Equal(_desk.Now.Ms(), _desk.Number("SELECT last_digest_at FROM channel"));
    }

    [Fact]
    public async Task What_has_a_card_is_a_line_that_leads_to_it()
    {
        var channel = Digest("daily 9:00 UTC");
        var carded = await CardedAsync(channel, "Carded before");
        await _desk.SendAsync();
        Waiting(channel, "One");

        await _desk.DigestAsync();
        await _desk.SendAsync();

        var line = Assert.Single(List(channel).Lines);
        Assert.Equal((carded, "Carded before"), (line.Story, line.Headline));
        Assert.Equal(
            _desk.Word("SELECT message_id FROM post WHERE subject LIKE 'story:%' ORDER BY id"),
            line.CardMessage
        );
    }

    [Fact]
    public async Task A_line_leads_to_its_card_also_where_the_card_was_still_on_its_way()
    {
        var channel = Digest("daily 9:00 UTC");
        await CardedAsync(channel, "Carded just now");
        Waiting(channel, "One");

        await _desk.DigestAsync();
        await _desk.SendAsync();

        Assert.Equal("1", Assert.Single(List(channel).Lines).CardMessage);
    }

    [Fact]
    public async Task No_story_is_in_two_digests()
    {
        var channel = Digest("hourly UTC");
        await CardedAsync(channel, "Carded before");
        Waiting(channel, "One", "Two");
        _desk.Time.Advance(TimeSpan.FromSeconds(2));
        await _desk.DigestAsync();

        _desk.Time.Advance(TimeSpan.FromHours(1));
        Waiting(channel, "Three");
        await _desk.DigestAsync();
        await _desk.SendAsync();

        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM digest"));
        Assert.Equal(4, _desk.Number("SELECT COUNT(DISTINCT story_id) FROM digest_story"));
        Assert.Equal(4, _desk.Number("SELECT COUNT(*) FROM digest_story"));
        Assert.Single(List(channel).Lines);
    }

    [Theory]
    [InlineData("silent", 0)]
    [InlineData("say", 1)]
    public async Task A_quiet_day_is_silent_or_says_so(string wish, int messages)
    {
        var channel = Digest("daily 9:00 UTC", ("quiet_day", wish));
        await CardedAsync(channel, "Carded before");
        await _desk.SendAsync();

        await _desk.DigestAsync();
        await _desk.SendAsync();

        Assert.Equal(messages, _desk.Shown(channel).Count - 1);
        Assert.Equal(_desk.Now.AddDays(1).Ms(), _desk.Number("SELECT next_digest_at FROM channel"));
    }

    [Fact]
    public async Task Digests_missed_while_the_newsroom_was_down_are_one()
    {
        var channel = Digest("hourly UTC");
        Waiting(channel, "One", "Two");
        _desk.Time.Advance(TimeSpan.FromHours(5.5));

        await _desk.DigestAsync();
        await _desk.DigestAsync();

        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM digest"));
        Assert.Equal(_desk.Now.AddHours(0.5).Ms(), _desk.Number("SELECT next_digest_at FROM channel"));
    }

    [Theory]
    // Clocks go forward at 1:00 UTC: 2:30 does not exist, 3:00 is the next minute that does.
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    // Clocks go back at 1:00 UTC: 2:30 comes twice and is meant once, the first time.
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public async Task Daylight_saving_neither_drops_nor_doubles_a_digest(string due, string next)
    {
        var now = DateTimeOffset.Parse(due, CultureInfo.InvariantCulture);
        _desk.Time.SetUtcNow(now);
        var channel = Digest("daily 2:30 Europe/Berlin", ("time_zone", "Europe/Berlin"));
        Waiting(channel, "One");

        await _desk.DigestAsync();

        Assert.Equal(
            DateTimeOffset.Parse(next, CultureInfo.InvariantCulture).Ms(),
            _desk.Number("SELECT next_digest_at FROM channel")
        );
    }

    [Fact]
    public async Task In_quiet_hours_a_digest_waits_like_everything_else()
    {
        var channel = Digest("daily 9:00 UTC", ("quiet_hours", "22:00-11:00"));
        Waiting(channel, "One");

        await _desk.DigestAsync();
        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(channel));

        _desk.Time.Advance(TimeSpan.FromHours(2));
        await _desk.SendAsync();
        Assert.Equal(2, _desk.Shown(channel).Count);
    }

    [Fact]
    public async Task What_finds_no_place_waits_for_the_next_digest_also_without_a_schedule()
    {
        var channel = _desk.Channel("news", "instant", ("next_digest_at", _desk.Now.Ms()), ("digest_cards", 5));
        Waiting(
            channel,
            [.. Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"Story {i}"))]
        );

        await _desk.DigestAsync();
        Assert.Equal(35, _desk.Number("SELECT COUNT(*) FROM digest_story"));

        _desk.Time.Advance(TimeSpan.FromDays(1));
        await _desk.DigestAsync();
        Assert.Equal(40, _desk.Number("SELECT COUNT(*) FROM digest_story"));
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM channel WHERE next_digest_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_channel_whose_digest_breaks_does_not_stop_the_others()
    {
        var broken = Digest("daily 9:00 UTC");
        var fine = _desk.Channel(
            "phones",
            "digest",
            ("schedule", "daily 9:00 UTC"),
            ("next_digest_at", _desk.Now.Ms())
        );
        Waiting(broken, "One");
        Waiting(fine, "Two");
        _desk.Break("digest", "new.channel_id = 1");

        await _desk.DigestAsync();
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM digest"));

        _desk.Mend("digest");
        await _desk.DigestAsync();
        await _desk.SendAsync();
        Assert.Equal(2, _desk.Shown(broken).Count);
        Assert.Equal(2, _desk.Shown(fine).Count);
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private ChannelId Digest(string schedule, params (string Name, object? Value)[] columns) =>
        _desk.Channel("news", "digest", [("schedule", schedule), ("next_digest_at", _desk.Now.Ms()), .. columns]);

    private void Waiting(ChannelId channel, params string[] headlines)
    {
        foreach (var headline in headlines)
        {
            _desk.Place(channel, _desk.Story(headline));
        }
    }

    private async Task<StoryId> CardedAsync(ChannelId channel, string headline)
    {
        var story = _desk.Story(headline);
        _desk.Place(channel, story, "carded", _desk.Now);
        await _desk.OutboxAsync(async connection =>
        {
            var card = await StoryCards.LoadAsync(connection, story, channel);
            await Outbox.CreateAsync(connection, new PostDraft(channel, PostSubject.Of(story), 0, card, _desk.Now));
        });
        return story;
    }

    private PostBody.DigestList List(ChannelId channel) =>
        _desk.Publisher.Shown(channel).OfType<PostBody.DigestList>().Last();
}
