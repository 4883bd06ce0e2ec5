using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>Copies of what somebody wrote in Slack while Slack would not say who they are.</summary>
public sealed class NamelessCopyTests : IAsyncLifetime
{
    private const string Account = "U0LATER";

    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private ChannelId _web;
    private StoryId _story;
    private Member _author = null!;
    private Member _bo = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_waits_a_little_for_the_name_of_its_author()
    {
        await _desk.SayAsync(_slack, _story, _author, "s1", "At last");
        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(_discord));
        Assert.Equal(["#1 someone (Slack): At last"], _desk.Shown(_web));

        await NameAsync("Inês");
        _desk.News.Time.Advance(TimeSpan.FromSeconds(5));
        await _desk.SendAsync();

        Assert.Equal(["#1 Inês (Slack): At last"], _desk.Shown(_discord));
        Assert.Single(_desk.Tried(_discord));
    }

    [Fact]
    public async Task What_answers_it_waits_with_it_and_comes_behind()
    {
        await _desk.SayAsync(_slack, _story, _author, "s1", "At last");
        await _desk.SayAsync(_web, _story, _bo, "w1", "Where is it?", parent: 1);
        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(_discord));

        await NameAsync("Inês");
        _desk.News.Time.Advance(TimeSpan.FromSeconds(5));
        await _desk.SendAsync();

        Assert.Equal(
            [
                "#1 Inês (Slack): At last",
                $"#2 Bo (Web) to #1 Inês “At last” at {_desk.MessageOf(_discord, _story, 1)}: Where is it?",
            ],
            _desk.Shown(_discord)
        );
    }

    [Fact]
    public async Task A_copy_that_could_not_wait_any_longer_is_posted_anew_once_the_name_is_known()
    {
        await _desk.SayAsync(_slack, _story, _author, "s1", "At last");
        await _desk.SayAsync(_web, _story, _bo, "w1", "Where is it?", parent: 1);
        _desk.News.Time.Advance(TimeSpan.FromMinutes(2));
        await _desk.SendAsync();
        Assert.Equal("#1 someone (Slack): At last", _desk.Shown(_discord)[0]);

        await NameAsync("Inês");
        await _desk.SendAsync();
        await _desk.SendAsync();

        Assert.Equal(
            [
                "#1 Inês (Slack): At last",
                $"#2 Bo (Web) to #1 Inês “At last” at {_desk.MessageOf(_discord, _story, 1)}: Where is it?",
            ],
            _desk.Shown(_discord).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_copy_under_a_pseudonym_neither_waits_nor_is_posted_anew()
    {
        _desk.News.Run("UPDATE member SET pseudonym = 'Nightowl' WHERE id = @Id", new { Id = _author.Id.Value });
        await _desk.SayAsync(_slack, _story, _author, "s1", "At last");
        await _desk.SendAsync();

        await NameAsync("Inês");
        await _desk.SendAsync();

        Assert.Equal(["#1 Nightowl (Slack): At last"], _desk.Shown(_discord));
        Assert.DoesNotContain(_desk.Tried(_discord), post => post.Operation is PostOperation.Delete);
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await MirrorDesk.OpenAsync();
        _discord = _desk.Channel(Platform.Discord, "news");
        _slack = _desk.Channel(Platform.Slack, "news");
        _web = _desk.Channel(Platform.Web, "news");
        _story = _desk.News.Story("Harbour bridge opens");
        _bo = _desk.News.Member("Bo");
        _author = _desk.News.Member(ChatMembers.Name());
        _desk.News.Run(
            """
            INSERT INTO identity (member_id, workspace_id, external_id, ask_at)
            SELECT @Member, workspace_id, @Account, @Now FROM channel WHERE id = @Slack
            """,
            new
            {
                Member = _author.Id.Value,
                Account,
                Now = _desk.Now.Ms(),
                Slack = _slack.Value,
            }
        );
        await _desk.CardAsync(_story, _discord, _slack, _web);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private Task<IReadOnlyList<long>> NameAsync(string name)
    {
        var workspace = _desk.News.Number("SELECT workspace_id FROM channel WHERE id = @Id", new { Id = _slack.Value });
        return _desk.News.Database.WriteAsync(
            async connection =>
            {
                var stories = await SlackPeople.NameAsync(
                    connection,
                    new ChatWorkspace(workspace, 1, null),
                    Account,
                    new SlackPerson(name, null, false, false),
                    _desk.Now
                );
                await Dapper.SqlMapper.ExecuteAsync(connection, "UPDATE identity SET ask_at = NULL");
                return stories;
            },
            Token
        );
    }
}
