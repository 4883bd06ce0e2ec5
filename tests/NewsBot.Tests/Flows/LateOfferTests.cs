using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

/// <summary>What a channel gets of a feed that others have read before it came.</summary>
public sealed class LateOfferTests : IAsyncLifetime
{
    private const string Feed = "/gazette.rss";

    private NewsDesk _desk = null!;
    private ChannelId _early;
    private long _source;

    private FeedItem Old => new("Saltmarsh wardens count seals again", _desk.Now.AddDays(-1));

    private FeedItem Bridge => new("Harbour bridge opens to cyclists after three years of work", _desk.Now);

    private FeedItem Bakery => new("Village bakery wins national prize for rye bread", _desk.Now.AddMinutes(-5));

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenWithSiteAsync();
        _early = _desk.Channel();
        _source = _desk.Source(Feed, "Gazette");
        _desk.Subscribe(_source, _early, offer: 1);
        _desk.Serve(Feed, Bridge, Bakery, Old);
        await _desk.PollAsync();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_channel_that_comes_late_gets_the_newest_that_are_there_and_the_others_nothing()
    {
        var late = _desk.Channel("late");
        _desk.Subscribe(_source, late, offer: 2);

        await _desk.PollAsync();

        Assert.Equal([Bakery.Title, Bridge.Title], _desk.Cards(late));
        Assert.Equal([Bridge.Title], _desk.Cards(_early));
        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM story"));
    }

    [Fact]
    public async Task It_is_offered_once()
    {
        var late = _desk.Channel("late");
        _desk.Subscribe(_source, late, offer: 2);
        await _desk.PollAsync();
        _desk.Run("DELETE FROM channel_story WHERE channel_id = @Id", new { Id = late.Value });

        await _desk.PollAsync();

        Assert.Equal(2, _desk.Cards(late).Count);
        Assert.Equal(
            0,
            _desk.Number("SELECT COUNT(*) FROM channel_story WHERE channel_id = @Id", new { Id = late.Value })
        );
    }

    [Fact]
    public async Task Whoever_wants_none_of_what_is_there_gets_only_what_comes()
    {
        var late = _desk.Channel("late");
        _desk.Subscribe(_source, late);
        await _desk.PollAsync();
        Assert.Empty(_desk.Cards(late));
        var news = new FeedItem("Lighthouse keeper retires after forty years on the rock", _desk.Now);
        _desk.Serve(Feed, news, Bridge, Bakery, Old);

        await _desk.PollAsync();

        Assert.Equal([news.Title], _desk.Cards(late));
    }

    [Fact]
    public async Task What_is_new_at_that_look_reaches_everybody()
    {
        var late = _desk.Channel("late");
        _desk.Subscribe(_source, late, offer: 1);
        var news = new FeedItem("Lighthouse keeper retires after forty years on the rock", _desk.Now);
        _desk.Serve(Feed, news, Bakery, Old);

        await _desk.PollAsync();

        Assert.Equal([news.Title], _desk.Cards(late));
        Assert.Equal([Bridge.Title, news.Title], _desk.Cards(_early));
    }

    [Fact]
    public async Task Another_community_gets_stories_of_its_own()
    {
        var other = Elsewhere();

        await _desk.PollAsync();

        Assert.Equal([Bakery.Title, Bridge.Title], _desk.Cards(other));
        Assert.Equal([Bridge.Title], _desk.Cards(_early));
        Assert.Equal(
            ["1", "2", "2"],
            _desk.Words("SELECT CAST(community_id AS TEXT) FROM story ORDER BY community_id")
        );
    }

    [Fact]
    public async Task A_story_that_was_taken_down_is_not_offered()
    {
        var late = _desk.Channel("late");
        _desk.Subscribe(_source, late, offer: 1);
        _desk.Run("UPDATE story SET taken_down_at = @Now", new { Now = _desk.Now.Ms() });

        await _desk.PollAsync();

        Assert.Empty(_desk.Cards(late));
    }

    private ChannelId Elsewhere()
    {
        _desk.Run(
            """
            INSERT INTO community (id, name, created_at) VALUES (2, 'Elsewhere', 0);
            INSERT INTO workspace (id, community_id, platform, external_id, name)
            VALUES (20, 2, 'discord', '20', 'Elsewhere');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, mode, publication, created_at)
            VALUES (200, 2, 20, '200', 'news', 'instant', 'public', 0);
            INSERT INTO source (id, community_id, feed_id, name, created_at) VALUES (300, 2, 1, 'Gazette', 0);
            INSERT INTO subscription (source_id, channel_id, offer, created_at) VALUES (300, 200, 2, 0);
            """
        );
        return new ChannelId(200);
    }
}
