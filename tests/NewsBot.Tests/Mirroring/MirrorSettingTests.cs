using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Mirroring;

/// <summary>What a channel's settings let be copied, and what a change of them takes back.</summary>
public sealed class MirrorSettingTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private StoryId _story;
    private Member _ines = null!;

    [Fact]
    public async Task A_narrower_publication_takes_copies_back_where_more_people_may_read()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Was public");
        await _desk.SendAsync();
        Assert.Single(_desk.Shown(_slack));

        await _desk.DoAsync("/news channel publish off --channel news");

        Assert.Empty(_desk.Shown(_slack));
        await _desk.SayAsync(_discord, _story, _ines, "d2", "Among us");
        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(_slack));
    }

    [Fact]
    public async Task A_wider_publication_of_the_target_takes_back_what_was_not_meant_for_that_many()
    {
        _desk.News.Run("UPDATE channel SET publication = 'members'");
        await _desk.SayAsync(_discord, _story, _ines, "d1", "For members");
        await _desk.SendAsync();
        Assert.Single(_desk.Shown(_slack));

        await _desk.DoAsync("/news channel publish public --channel talk");

        Assert.DoesNotContain(_desk.Shown(_slack), line => line.Contains("For members", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Channels_of_one_workspace_exchange_copies_only_where_both_are_asked_to()
    {
        var second = _desk.Channel(Platform.Discord, "second");
        await _desk.CardAsync(_story, second);
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(second));

        var words = await _desk.DoAsync("/news channel mirror two-way within --channel news");
        Assert.Contains("unless both are set to `two-way within`", words, StringComparison.Ordinal);
        await _desk.DoAsync("/news channel mirror two-way within --channel second");
        await _desk.SayAsync(_discord, _story, _ines, "d2", "Two");
        await _desk.SendAsync();

        Assert.Equal(["#2 Inês (#news): Two"], _desk.Shown(second));
    }

    [Fact]
    public async Task The_words_before_a_change_say_who_will_read_what_where()
    {
        _desk.News.Run(
            "UPDATE channel SET mirror = 'collect', publication = 'off' WHERE id = @Id",
            new { Id = _slack.Value }
        );

        var words = await _desk.DoAsync("/news channel mirror two-way --channel talk");

        Assert.Contains(
            "Replies in **#news** (Discord) appear here too. Replies here do not appear there",
            words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Undoing_a_change_of_mirroring_takes_copies_back()
    {
        _desk.News.Run("UPDATE channel SET mirror = 'collect' WHERE id = @Id", new { Id = _slack.Value });
        await _desk.DoAsync("/news channel mirror two-way --channel talk");
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SendAsync();
        Assert.Single(_desk.Shown(_slack));

        await _desk.DoAsync("/news undo");

        Assert.Empty(_desk.Shown(_slack));
        Assert.Equal(
            "collect",
            _desk.News.Word("SELECT mirror FROM channel WHERE id = @Id", new { Id = _slack.Value })
        );
    }

    [Fact]
    public async Task An_exported_configuration_carries_how_far_copies_go()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.DoAsync("channel mirror two-way within");
        var file = (await rig.AskAsync("export json")).File!;
        await rig.DoAsync("channel mirror collect");
        await rig.DoAsync("channel mirror two-way elsewhere");
        rig.Clock.Advance(TimeSpan.FromMinutes(1));

        await rig.ImportAsync(System.Text.Encoding.UTF8.GetString(file.Bytes.Span), isConfirmed: true);

        Assert.Equal(
            "two-way 1",
            await rig.ValueAsync<string>("SELECT mirror || ' ' || mirror_within FROM channel WHERE id = 1")
        );
    }

    [Fact]
    public async Task Only_a_two_way_channel_is_asked_how_far_copies_go()
    {
        await using var rig = await CommandRig.NewAsync();

        Assert.Contains(
            "only a `two-way` channel has copies",
            await rig.RefusedAsync("channel mirror collect within"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_of_another_community_is_copied_even_where_a_channel_was_of_this_one()
    {
        _desk.News.Run(
            """
            INSERT INTO community (id, name, created_at) VALUES (2, 'Others', 0);
            UPDATE channel SET community_id = 2 WHERE id = @Id
            """,
            new { Id = _slack.Value }
        );

        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SendAsync();

        Assert.Empty(_desk.Tried(_slack));
    }

    [Fact]
    public async Task What_may_not_be_shown_any_more_when_its_turn_comes_is_not_sent()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        _desk.News.Run("UPDATE comment SET visibility = 'off'");

        await _desk.SendAsync();

        Assert.Empty(_desk.Tried(_slack));
        Assert.Equal("dropped", _desk.News.Word("SELECT state FROM post WHERE subject LIKE 'comment:%'"));
    }

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
