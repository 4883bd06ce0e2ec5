using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Tests.Mirroring;

/// <summary>Cards live: their counts follow the whole discussion, soon but politely, and each counts what its readers may read.</summary>
public sealed class CardCountTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private StoryId _story;
    private Member _ines = null!;

    [Fact]
    public async Task Comments_of_one_platform_are_counted_on_the_cards_of_all_within_a_minute()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SayAsync(_discord, _story, _ines, "d2", "Two");
        await _desk.SendAsync();
        Assert.Equal([0, 0], Counts());

        _desk.News.Time.Advance(TimeSpan.FromSeconds(59));
        await _desk.SendAsync();

        Assert.Equal([2, 2], Counts());
        Assert.Equal(2, Edits());
    }

    [Theory]
    [InlineData(59, 1, 1)]
    [InlineData(61, 1, 0)]
    [InlineData(61, 15, 1)]
    [InlineData(49 * 60, 60, 0)]
    public async Task An_older_card_is_edited_less_soon_and_a_very_old_one_not_at_all(
        int ageMinutes,
        int waitMinutes,
        int count
    )
    {
        _desk.News.Time.Advance(TimeSpan.FromMinutes(ageMinutes));
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SendAsync();

        _desk.News.Time.Advance(TimeSpan.FromMinutes(waitMinutes));
        await _desk.SendAsync();

        Assert.Equal([count, count], Counts());
    }

    [Fact]
    public async Task A_card_counts_only_what_its_readers_may_read()
    {
        var closed = _desk.Channel(Platform.Web, "closed", publication: "off");
        var other = _desk.Channel(Platform.Slack, "other", publication: "off", workspace: "Other place");
        var collecting = _desk.Channel(
            Platform.Slack,
            "third",
            publication: "off",
            mirror: "collect",
            workspace: "Third"
        );
        await _desk.CardAsync(_story, closed, other, collecting);
        await _desk.SayAsync(closed, _story, _ines, "c1", "Among us");
        await _desk.SayAsync(_discord, _story, _ines, "d1", "For all");

        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal([1, 1, 2, 2, 1], new[] { _discord, _slack, closed, other, collecting }.Select(Count));
    }

    [Fact]
    public async Task A_count_that_is_what_it_was_is_no_edit()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.ApplyAsync(new NewsBot.Core.Comments.ReplyEvent.Deleted(_discord, "d1", 2));

        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal(0, Edits());
    }

    [Fact]
    public async Task Counts_wait_for_everything_else_and_for_the_platforms_limits()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SendAsync();
        _desk.News.Time.Advance(TimeSpan.FromSeconds(31));
        await _desk.SayAsync(_discord, _story, _ines, "d2", "Two");
        _desk.On(Platform.Slack).Answer(_slack, new PublishOutcome.Postponed(TimeSpan.FromSeconds(5)));
        _desk.On(Platform.Slack).Answer(_slack, new PublishOutcome.Postponed(TimeSpan.FromSeconds(5)));

        await _desk.SendAsync();
        Assert.Equal(0, Count(_slack));

        for (var second = 0; second < 10; second++)
        {
            _desk.News.Time.Advance(TimeSpan.FromSeconds(1));
            await _desk.SendAsync();
        }

        Assert.Equal(2, Count(_slack));
        Assert.Equal(2, _desk.Shown(_slack).Count);
    }

    [Fact]
    public async Task The_card_of_a_merged_story_leads_to_the_one_it_goes_on_in_until_that_is_taken_back()
    {
        var other = _desk.News.Story("The other story");
        await _desk.CardAsync(other, _discord);

        await _desk.DoAsync($"/news merge {_story.Value} {other.Value}");

        Assert.Contains(
            "This story goes on as [The other story]",
            Card(_discord, _story).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "https://discord.com/channels/Discord%20home/news/",
            Card(_discord, _story).Text,
            StringComparison.Ordinal
        );
        Assert.Contains("https://outlet.example/a", Card(_slack, _story).Text, StringComparison.Ordinal);
        Assert.Null(Card(_discord, other).Text);

        await _desk.DoAsync("/news undo");

        Assert.Null(Card(_discord, _story).Text);
        Assert.Null(Card(_slack, _story).Text);
    }

    private IEnumerable<int> Counts() => new[] { _discord, _slack }.Select(Count);

    private int Count(ChannelId channel) => Card(channel, _story).Comments;

    private PostBody.Card Card(ChannelId channel, StoryId story) =>
        new[] { Platform.Discord, Platform.Slack, Platform.Web }
            .SelectMany(platform => _desk.On(platform).Shown(channel))
            .OfType<PostBody.Card>()
            .Single(card => card.Story == story);

    private int Edits() =>
        new[] { Platform.Discord, Platform.Slack }
            .SelectMany(platform => _desk.On(platform).Tried)
            .Count(post => post is { Body: PostBody.Card, Operation: PostOperation.Edit });

    public async ValueTask InitializeAsync()
    {
        _desk = await MirrorDesk.OpenAsync();
        _discord = _desk.Channel(Platform.Discord, "news");
        _slack = _desk.Channel(Platform.Slack, "talk");
        _story = _desk.News.Story();
        _ines = _desk.News.Member();
        await _desk.CardAsync(_story, _discord, _slack);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
