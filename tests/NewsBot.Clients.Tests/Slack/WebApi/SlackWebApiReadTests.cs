using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.WebApi;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Slack.WebApi;

public sealed class SlackWebApiReadTests : IAsyncLifetime
{
    private static readonly SlackTs Note = new("1700000000.000100");

    private WebTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _trial = await WebTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task Channels_are_read_page_after_page_even_over_an_empty_one()
    {
        _trial.Server.Then(
            Json("""{"ok":true,"channels":[{"id":"C1","name":"a"}],"response_metadata":{"next_cursor":"dGVhbQ=="}}"""),
            Json("""{"ok":true,"channels":[],"response_metadata":{"next_cursor":"next"}}"""),
            Json("""{"ok":true,"channels":[{"id":"C2","is_member":true}],"response_metadata":{"next_cursor":""}}""")
        );

        var found = await _trial.PlayAsync(
            AllAsync(_trial.Api.ListConversationsAsync(new ConversationQuery(), 100, Cancel))
        );

        Assert.Equal(["C1", "C2"], found.Select(channel => channel.Id));
        Assert.Equal(
            [null, "dGVhbQ==", "next"],
            _trial.Server.Received.Select(call => WebTrial.FieldOf(call, "cursor"))
        );
        Assert.Equal("public_channel,private_channel", _trial.Field("types"));
    }

    [Fact]
    public async Task A_row_of_pages_ends_where_it_leads_nowhere_or_enough_is_read()
    {
        const string page =
            """{"ok":true,"channels":[{"id":"C1"},{"id":"C2"}],"response_metadata":{"next_cursor":"a"}}""";
        _trial.Server.Otherwise = Json(page);

        var nowhere = await _trial.PlayAsync(
            AllAsync(_trial.Api.ListConversationsAsync(new ConversationQuery(), 100, Cancel))
        );
        var enough = await _trial.PlayAsync(
            AllAsync(_trial.Api.ListConversationsAsync(new ConversationQuery(), 1, Cancel))
        );

        Assert.Equal(4, nowhere.Count);
        Assert.Single(enough);
        Assert.Equal(3, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_history_is_asked_for_with_its_bounds()
    {
        _trial.Server.Otherwise = Json(
            """{"ok":true,"messages":[{"type":"message","user":"U1","text":"a","ts":"1700000001.000100"}],"has_more":false}"""
        );
        var query = new HistoryQuery("C1")
        {
            Oldest = Note,
            Latest = new SlackTs("1700000009.000000"),
            Inclusive = true,
            Limit = 50,
            WithMetadata = true,
        };

        var page = await _trial.PlayAsync(_trial.Api.GetHistoryAsync(query, Cancel));

        Assert.Equal("/api/conversations.history", _trial.Last.Target);
        Assert.Equal(("1700000000.000100", "1700000009.000000"), (_trial.Field("oldest"), _trial.Field("latest")));
        Assert.Equal(
            ("true", "50", "true"),
            (_trial.Field("inclusive"), _trial.Field("limit"), _trial.Field("include_all_metadata"))
        );
        Assert.Equal("a", Assert.Single(page.Messages).Text);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task A_thread_is_read_without_its_parent()
    {
        _trial.Server.Then(
            Json(
                """
                {"ok":true,"messages":[{"ts":"1700000000.000100","thread_ts":"1700000000.000100","reply_count":2},
                 {"ts":"1700000001.000100","thread_ts":"1700000000.000100"}],"response_metadata":{"next_cursor":"n"}}
                """
            ),
            Json(
                """
                {"ok":true,"messages":[{"ts":"1700000000.000100","thread_ts":"1700000000.000100"},
                 {"ts":"1700000002.000100","thread_ts":"1700000000.000100"}]}
                """
            )
        );

        var replies = await _trial.PlayAsync(
            AllAsync(_trial.Api.ReadRepliesAsync(new HistoryQuery("C1"), Note, 100, Cancel))
        );

        Assert.Equal(["1700000001.000100", "1700000002.000100"], replies.Select(reply => reply.Ts.Text));
        Assert.All(replies, reply => Assert.True(reply.IsReply));
        Assert.Equal("1700000000.000100", _trial.Field("ts"));
    }

    internal static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}
