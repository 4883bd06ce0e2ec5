using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Clients.Tests.Http;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Discord.Rest;

public sealed class DiscordRestTests : IAsyncLifetime
{
    private static readonly Snowflake Room = new(11);
    private static readonly Snowflake Note = new(22);
    private static readonly Snowflake App = new(33);
    private static readonly NewMessage Hello = new() { Content = "Hello" };

    private RestTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DiscordRest Rest => _trial.Rest;

    private ReceivedCall Last => _trial.Server.Received.Last();

    public async ValueTask InitializeAsync() => _trial = await RestTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    public static TheoryData<string, string, Func<DiscordRest, Task>, string> Calls =>
        new()
        {
            { "GET", "/gateway/bot", rest => rest.GetGatewayBotAsync(Cancel), """{"url":"wss://g"}""" },
            { "GET", "/applications/@me", rest => rest.GetApplicationAsync(Cancel), "{}" },
            { "GET", "/users/@me", rest => rest.GetCurrentUserAsync(Cancel), "{}" },
            { "GET", "/users/22", rest => rest.GetUserAsync(Note, Cancel), "{}" },
            { "GET", "/users/@me/guilds?limit=200&after=0", rest => rest.GetCurrentGuildsAsync(Cancel), "[]" },
            { "GET", "/guilds/11", rest => rest.GetGuildAsync(Room, Cancel), "{}" },
            { "GET", "/guilds/11/channels", rest => rest.GetGuildChannelsAsync(Room, Cancel), "[]" },
            { "GET", "/guilds/11/members/22", rest => rest.GetGuildMemberAsync(Room, Note, Cancel), "{}" },
            { "GET", "/guilds/11/threads/active", rest => rest.GetActiveThreadsAsync(Room, Cancel), "{}" },
            {
                "GET",
                "/channels/11/threads/archived/public?limit=100&before=2026-03-01T00%3A00%3A00.000000Z",
                rest =>
                    rest.GetArchivedThreadsAsync(
                        Room,
                        new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.FromHours(1)),
                        500,
                        Cancel
                    ),
                "{}"
            },
            { "GET", "/channels/11", rest => rest.GetChannelAsync(Room, Cancel), "{}" },
            {
                "PATCH",
                "/channels/11",
                rest => rest.ModifyThreadAsync(Room, new ThreadDraft { Archived = false }, Cancel),
                "{}"
            },
            {
                "POST",
                "/channels/11/messages/22/threads",
                rest => rest.StartThreadAsync(Room, Note, new ThreadDraft { Name = "T" }, Cancel),
                "{}"
            },
            {
                "POST",
                "/channels/11/threads",
                rest => rest.StartForumPostAsync(Room, new ThreadDraft { Name = "T" }, [], Cancel),
                "{}"
            },
            { "POST", "/channels/11/messages", rest => rest.CreateMessageAsync(Room, Hello, [], Cancel), "{}" },
            { "PATCH", "/channels/11/messages/22", rest => rest.EditMessageAsync(Room, Note, Hello, [], Cancel), "{}" },
            { "DELETE", "/channels/11/messages/22", rest => rest.DeleteMessageAsync(Room, Note, Cancel), "" },
            { "GET", "/channels/11/messages/22", rest => rest.GetMessageAsync(Room, Note, Cancel), "{}" },
            {
                "GET",
                "/channels/11/messages?limit=100",
                rest => rest.GetMessagesAsync(Room, HistoryRange.Newest, 999, Cancel),
                "[]"
            },
            {
                "GET",
                "/channels/11/messages?limit=50&after=22",
                rest => rest.GetMessagesAsync(Room, new HistoryRange(After: Note), 50, Cancel),
                "[]"
            },
            {
                "GET",
                "/channels/11/messages?limit=50&before=22",
                rest => rest.GetMessagesAsync(Room, new HistoryRange(Before: Note), 50, Cancel),
                "[]"
            },
            {
                "GET",
                "/channels/11/messages?limit=50&around=22",
                rest => rest.GetMessagesAsync(Room, new HistoryRange(Around: Note), 50, Cancel),
                "[]"
            },
            { "POST", "/channels/11/messages/22/crosspost", rest => rest.CrosspostAsync(Room, Note, Cancel), "{}" },
            { "POST", "/users/@me/channels", rest => rest.CreateDirectMessageAsync(Note, Cancel), "{}" },
            {
                "GET",
                "/applications/33/commands?with_localizations=true",
                rest => rest.GetCommandsAsync(App, Cancel),
                "[]"
            },
            {
                "PUT",
                "/applications/33/commands",
                rest => rest.PutCommandsAsync(App, [new ApplicationCommand("news")], Cancel),
                "[]"
            },
        };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task Calls_of_the_bot_go_to_their_route_in_its_name(
        string method,
        string target,
        Func<DiscordRest, Task> call,
        string answer
    )
    {
        _trial.Server.Then(Json(answer));

        await _trial.PlayAsync(call(Rest));

        Assert.Equal((method, "/api/v10" + target), (Last.Method, Last.Target));
        Assert.Equal("Bot " + RestTrial.Token, Last.Header("Authorization"));
        Assert.Equal("DiscordBot (https://example.org, 1.0)", Last.Header("User-Agent"));
    }

    [Fact]
    public async Task Calls_with_an_interaction_token_do_not_show_the_bots()
    {
        var response = new InteractionResponse(InteractionResponseType.Message, new() { Content = "Hello" });

        await _trial.PlayAsync(Rest.RespondAsync(Note, "a/b", response, [], Cancel));
        await _trial.PlayAsync(Rest.EditResponseAsync(App, "a/b", Hello, [], Cancel));
        await _trial.PlayAsync(Rest.FollowUpAsync(App, "a/b", Hello, [], Cancel));

        Assert.Equal(
            [
                "POST /api/v10/interactions/22/a%2Fb/callback",
                "PATCH /api/v10/webhooks/33/a%2Fb/messages/@original",
                "POST /api/v10/webhooks/33/a%2Fb?wait=true",
            ],
            _trial.Server.Received.Select(call => $"{call.Method} {call.Target}")
        );
        Assert.All(_trial.Server.Received, call => Assert.Null(call.Header("Authorization")));
        Assert.All(_trial.Server.Received, call => Assert.Contains("\"allowed_mentions\":{\"parse\":[]", call.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    public async Task An_interaction_token_that_would_lead_elsewhere_is_refused(string token) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Rest.FollowUpAsync(App, token, Hello, [], Cancel));

    [Fact]
    public async Task All_pages_of_the_bots_guilds_are_read()
    {
        var first = string.Join(',', Enumerable.Range(1, 200).Select(id => $$"""{"id":"{{id}}"}"""));
        _trial.Server.Then(Json($"[{first}]"), Json("""[{"id":"200"},{"id":"201","name":"Last"}]"""));

        var guilds = await _trial.PlayAsync(Rest.GetCurrentGuildsAsync(Cancel));

        Assert.Equal(201, guilds.Count);
        Assert.EndsWith("after=200", Last.Target);
    }

    [Fact]
    public async Task A_server_that_gives_the_same_page_for_ever_is_not_asked_for_ever()
    {
        var page = string.Join(',', Enumerable.Range(1, 200).Select(id => $$"""{"id":"{{id}}"}"""));
        _trial.Server.Otherwise = Json($"[{page}]");

        await _trial.PlayAsync(Rest.GetCurrentGuildsAsync(Cancel));

        Assert.Equal(2, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task Renaming_does_not_hold_up_archiving()
    {
        _trial.Server.Then(
            Json("{}", 200, Limits(5, 4, 1)),
            Json("""{"retry_after":300}""", 429, [.. Limits(5, 3, 1), ("X-RateLimit-Scope", "user")])
        );
        await _trial.PlayAsync(Rest.ModifyThreadAsync(Room, new ThreadDraft { Name = "A" }, Cancel));
        var before = _trial.Clock.GetUtcNow();

        var rename = Rest.ModifyThreadAsync(Room, new ThreadDraft { Name = "B" }, Cancel);
        await RestTrial.UntilAsync(() => _trial.Server.Received.Count == 2);
        await _trial.PlayAsync(Rest.ModifyThreadAsync(Room, new ThreadDraft { Archived = true }, Cancel));

        Assert.True(Last.At - before < TimeSpan.FromSeconds(300));
        await _trial.PlayAsync(rename);
        Assert.True(Last.At - before >= TimeSpan.FromSeconds(300));
    }

    [Theory]
    [InlineData("http://discord.example/api")]
    [InlineData("ftp://127.0.0.1/api")]
    public void Plain_http_is_for_this_machine_only(string url)
    {
        using var http = new HttpClient(DiscordRest.CreateHandler());

        Assert.Throws<ArgumentException>(() => new DiscordRest(new(new Uri(url), "t", "u"), http, TimeProvider.System));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret\nline")]
    public void A_token_that_is_none_is_refused_without_being_shown(string token)
    {
        using var http = new HttpClient(DiscordRest.CreateHandler());
        var options = new DiscordRestOptions(new Uri("https://discord.com/api/v10"), token, "u");

        var error = Assert.Throws<ArgumentException>(() => new DiscordRest(options, http, TimeProvider.System));

        Assert.DoesNotContain("secret", error.ToString());
    }
}
