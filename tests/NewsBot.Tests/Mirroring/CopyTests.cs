using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Tests.Mirroring;

/// <summary>What is written in one channel appears in the others.</summary>
public sealed class CopyTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private ChannelId _web;
    private StoryId _story;
    private Member _ines = null!;
    private Member _bo = null!;

    [Fact]
    public async Task A_comment_appears_in_every_other_channel_once()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "It opens at **last**");
        await _desk.SayAsync(_discord, _story, _ines, "d1", "It opens at **last**");
        await _desk.SendAsync();
        await _desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): It opens at **last**"], _desk.Shown(_slack));
        Assert.Equal(["#1 Inês (Discord): It opens at **last**"], _desk.Shown(_web));
        Assert.Empty(_desk.Shown(_discord));
    }

    [Fact]
    public async Task A_copy_hangs_on_the_card_and_quotes_the_message_that_is_answered()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "At last");
        await _desk.SayAsync(_slack, _story, _bo, "s1", "Where is it?", parent: 1);
        await _desk.SendAsync();
        await _desk.SayAsync(_web, _story, _ines, "w1", "In the harbour", parent: 2);
        await _desk.SendAsync();

        Assert.Equal(
            [
                "#2 Bo (Slack) to #1 Inês “At last” at d1: Where is it?",
                $"#3 Inês (Web) to #2 Bo “Where is it?” at {_desk.MessageOf(_discord, _story, 2)}: In the harbour",
            ],
            _desk.Shown(_discord)
        );
        Assert.All(
            _desk.Tried(_discord),
            post => Assert.Equal(_desk.News.Word(CardMessage, new { Id = _discord.Value }), post.CardMessage)
        );
    }

    [Fact]
    public async Task The_database_keeps_no_words_of_a_copy()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Xylophonkonzert");
        await _desk.SendAsync();

        Assert.Equal(0, _desk.News.Number("SELECT COUNT(*) FROM post WHERE body LIKE '%Xylophonkonzert%'"));
    }

    [Fact]
    public async Task Twenty_waiting_copies_are_sent_and_more_become_one_message()
    {
        for (var number = 1; number <= 20; number++)
        {
            await _desk.SayAsync(_discord, _story, _ines, $"d{number}", $"Text {number}");
        }

        await _desk.SendAsync();
        for (var number = 21; number <= 41; number++)
        {
            await _desk.SayAsync(_discord, _story, _ines, $"d{number}", $"Text {number}");
        }

        await _desk.SendAsync();

        var shown = _desk.Shown(_slack);
        Assert.Equal(21, shown.Count);
        Assert.Equal("#20 Inês (Discord): Text 20", shown[19]);
        Assert.Equal($"21 more from #21, https://news.example/stories/{_story.Value}/comments/21", shown[20]);
    }

    [Fact]
    public async Task What_is_written_while_a_card_is_on_its_way_follows_it()
    {
        var late = _desk.Channel(Platform.Slack, "late");
        _desk.On(Platform.Slack).Answer(late, new PublishOutcome.Failed("The platform is down."));
        await _desk.CardAsync(_story, late);
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Early bird");
        await _desk.SendAsync();
        Assert.Empty(_desk.Tried(late));

        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): Early bird"], _desk.Shown(late));
        Assert.All(_desk.Tried(late), post => Assert.NotNull(post.CardMessage));
    }

    [Fact]
    public async Task Whoever_writes_in_a_published_thread_is_told_once_that_others_read_it()
    {
        var closed = _desk.Channel(Platform.Discord, "closed", publication: "off", workspace: "Other place");
        await _desk.CardAsync(_story, closed);
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Two");
        await _desk.SendAsync();

        var notices = new[] { Platform.Discord, Platform.Slack, Platform.Web }
            .SelectMany(platform => _desk.On(platform).Tried)
            .Where(post => post.Body is PostBody.Notice)
            .ToList();
        Assert.Equal([_discord, _slack], notices.Select(post => post.Channel).OrderBy(channel => channel.Value));
        Assert.All(
            notices,
            post =>
            {
                Assert.Equal(_story, post.Body.Thread);
                Assert.NotNull(post.CardMessage);
                Assert.Equal(
                    $"Replies here appear on <https://news.example/stories/{_story.Value}>, where everybody can read them.",
                    ((PostBody.Notice)post.Body).Markdown
                );
            }
        );
    }

    [Fact]
    public async Task Where_only_members_read_on_the_web_the_thread_says_so()
    {
        var inner = _desk.Channel(Platform.Slack, "inner", publication: "members", workspace: "Other place");
        await _desk.CardAsync(_story, inner);
        await _desk.SayAsync(inner, _story, _ines, "i1", "Among us");
        await _desk.SendAsync();

        Assert.Equal(
            [
                $"Replies here appear on <https://news.example/stories/{_story.Value}>, on the web for members who sign in.",
            ],
            Notices(inner)
        );
    }

    [Fact]
    public async Task A_thread_is_told_when_its_channel_is_published_later_and_what_it_was_told_stays_true()
    {
        var late = _desk.Channel(Platform.Discord, "late", publication: "off", workspace: "Other place");
        await _desk.CardAsync(_story, late);
        _desk.News.Run(
            """
            INSERT INTO thread (channel_id, story_id, external_id, state, active_at, created_at)
            VALUES (@Late, @Story, 't1', 'open', 0, 0)
            """,
            new { Late = late.Value, Story = _story.Value }
        );
        await _desk.SayAsync(late, _story, _ines, "l1", "Among us");
        await _desk.SendAsync();
        Assert.Empty(Notices(late));

        List<string> told = [];
        foreach (var publication in new[] { "members", "public", "off" })
        {
            await _desk.DoAsync($"/news channel publish {publication} --channel late");
            told.Add(Assert.Single(Notices(late)));
        }

        Assert.Equal(
            [
                $"Replies here appear on <https://news.example/stories/{_story.Value}>, on the web for members who sign in.",
                $"Replies here appear on <https://news.example/stories/{_story.Value}>, where everybody can read them.",
                "What is written here from now on no longer appears on the web.",
            ],
            told
        );
    }

    private IReadOnlyList<string> Notices(ChannelId channel) =>
        [
            .. new[] { Platform.Discord, Platform.Slack }
                .SelectMany(platform => _desk.On(platform).Shown(channel))
                .OfType<PostBody.Notice>()
                .Where(notice => notice.Below is not null)
                .Select(notice => notice.Markdown),
        ];

    private const string CardMessage = """
        SELECT message_id FROM post WHERE channel_id = @Id AND operation = 'create' AND subject LIKE 'story:%'
        """;

    public async ValueTask InitializeAsync()
    {
        _desk = await MirrorDesk.OpenAsync("https://news.example");
        _discord = _desk.Channel(Platform.Discord, "news");
        _slack = _desk.Channel(Platform.Slack, "news");
        _web = _desk.Channel(Platform.Web, "news");
        _story = _desk.News.Story();
        _ines = _desk.News.Member();
        _bo = _desk.News.Member("Bo");
        await _desk.CardAsync(_story, _discord, _slack, _web);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
