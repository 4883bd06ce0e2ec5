using System.Text.Json;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Slack.WebApi;

public sealed class SlackWebApiTests : IAsyncLifetime
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1700000000.000100","message":{"text":"Hello"}}""";

    private static readonly SlackTs Note = new("1700000000.000100");
    private static readonly NewMessage Hello = new() { Text = "Hello" };
    private static readonly SlackApp App = new("1.2", "app-secret");

    private WebTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _trial = await WebTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task A_post_is_a_form_with_the_token_in_its_header()
    {
        _trial.Server.Otherwise = Json(Posted);
        var message = new NewMessage
        {
            Text = "Café & <b> 100%",
            Blocks = [Block.Section(TextObject.Mrkdwn("*Hello*")), Block.Divider()],
            Thread = new SlackTs("1690000000.000200"),
            Username = "Ada",
            Metadata = new MessageMetadata("story", JsonSerializer.SerializeToElement(new { key = "k1" })),
        };

        var posted = await _trial.PlayAsync(_trial.Api.PostMessageAsync("C1", message, Cancel));

        Assert.Equal(new PostedMessage("C1", Note, posted.Message), posted);
        Assert.Equal("Hello", posted.Message!.Text);
        Assert.Equal("/api/chat.postMessage", _trial.Last.Target);
        Assert.Equal("POST", _trial.Last.Method);
        Assert.Equal($"Bearer {WebTrial.Token}", _trial.Last.Header("Authorization"));
        Assert.Equal("NewsBot/1.0", _trial.Last.Header("User-Agent"));
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", _trial.Last.Header("Content-Type"));
        Assert.Equal("Café & <b> 100%", _trial.Field("text"));
        Assert.Equal("1690000000.000200", _trial.Field("thread_ts"));
        Assert.Equal("Ada", _trial.Field("username"));
        Assert.Equal("""{"event_type":"story","event_payload":{"key":"k1"}}""", _trial.Field("metadata"));
        Assert.Equal(
            """[{"type":"section","text":{"type":"mrkdwn","text":"*Hello*","verbatim":true}},{"type":"divider"}]""",
            _trial.Field("blocks")
        );
    }

    [Fact]
    public async Task Previews_of_links_are_off_unless_they_are_wanted()
    {
        _trial.Server.Otherwise = Json(Posted);

        await _trial.PlayAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel));

        Assert.Equal(("false", "false"), (_trial.Field("unfurl_links"), _trial.Field("unfurl_media")));
        Assert.Null(_trial.Field("thread_ts"));
        Assert.Null(_trial.Field("blocks"));
        Assert.Null(_trial.Field("reply_broadcast"));
    }

    [Fact]
    public async Task A_reply_can_be_shown_in_the_channel_too_and_a_message_cannot()
    {
        _trial.Server.Otherwise = Json(Posted);

        await _trial.PlayAsync(
            _trial.Api.PostMessageAsync("C1", Hello with { Thread = Note, Broadcast = true }, Cancel)
        );
        var reply = _trial.Field("reply_broadcast");
        await _trial.PlayAsync(_trial.Api.PostMessageAsync("C1", Hello with { Broadcast = true }, Cancel));

        Assert.Equal("true", reply);
        Assert.Null(_trial.Field("reply_broadcast"));
    }

    [Fact]
    public async Task A_change_makes_no_names_live()
    {
        _trial.Server.Otherwise = Json(Posted);

        await _trial.PlayAsync(_trial.Api.UpdateMessageAsync("C1", Note, Hello, Cancel));

        Assert.Equal("/api/chat.update", _trial.Last.Target);
        Assert.Equal("none", _trial.Field("parse"));
        Assert.Equal("1700000000.000100", _trial.Field("ts"));
    }

    [Fact]
    public async Task An_identity_comes_with_what_the_token_may_do()
    {
        _trial.Server.Otherwise = Json(
            """{"ok":true,"team_id":"T1","user_id":"U1","bot_id":"B1","url":"https://x.slack.com/"}""",
            200,
            ("X-OAuth-Scopes", "chat:write,channels:read")
        );

        var identity = await _trial.PlayAsync(_trial.Api.TestAuthAsync(Cancel));

        Assert.Equal(("T1", "U1", "B1"), (identity.TeamId, identity.UserId, identity.BotId));
        Assert.Equal(["chat:write", "channels:read"], identity.Scopes);
    }

    [Fact]
    public async Task A_code_is_changed_for_an_install_without_any_token()
    {
        _trial.Server.Otherwise = Json(
            """
            {"ok":true,"access_token":"xoxb-new","token_type":"bot","scope":"chat:write,commands","bot_user_id":"U9",
             "app_id":"A1","team":{"id":"T1","name":"Team"},"enterprise":null,"is_enterprise_install":false,
             "authed_user":{"id":"U1"},"refresh_token":"xoxe-1","expires_in":43200}
            """
        );

        var install = await _trial.PlayAsync(
            _trial.Api.ExchangeCodeAsync(App, "code", "https://bot.example/slack/oauth", Cancel)
        );

        Assert.Null(_trial.Last.Header("Authorization"));
        Assert.Equal(("1.2", "app-secret"), (_trial.Field("client_id"), _trial.Field("client_secret")));
        Assert.Equal("https://bot.example/slack/oauth", _trial.Field("redirect_uri"));
        Assert.Equal(("xoxb-new", "xoxe-1", 43_200), (install.AccessToken, install.RefreshToken, install.ExpiresIn));
        Assert.Equal(["chat:write", "commands"], install.Scopes);
        Assert.DoesNotContain("xox", install.ToString());
        Assert.DoesNotContain("secret", App.ToString());
    }

    [Fact]
    public async Task A_refresh_token_is_changed_for_new_ones()
    {
        _trial.Server.Otherwise = Json("""{"ok":true,"access_token":"xoxe.xoxb-2","refresh_token":"xoxe-2"}""");

        var install = await _trial.PlayAsync(_trial.Api.RefreshAsync(App, "xoxe-1", Cancel));

        Assert.Equal(("refresh_token", "xoxe-1"), (_trial.Field("grant_type"), _trial.Field("refresh_token")));
        Assert.Equal("xoxe.xoxb-2", install.AccessToken);
    }

    [Fact]
    public async Task A_view_is_sent_without_what_only_Slack_may_set()
    {
        _trial.Server.Otherwise = Json("""{"ok":true,"view":{"id":"V1","hash":"h2","type":"modal"}}""");
        var view = new View
        {
            Id = "V1",
            Hash = "h1",
            Title = TextObject.Plain("Add"),
            Blocks = [Block.Input("b", "Address", new Element(ElementTypes.PlainTextInput) { ActionId = "a" })],
        };

        var opened = await _trial.PlayAsync(_trial.Api.OpenViewAsync("trigger", view, Cancel));
        var sent = _trial.Field("view");
        await _trial.PlayAsync(_trial.Api.UpdateViewAsync("V1", "h2", view, Cancel));

        Assert.Equal(("V1", "h2"), (opened.Id, opened.Hash));
        Assert.Equal(
            """{"type":"modal","title":{"type":"plain_text","text":"Add","emoji":true},"blocks":[{"type":"input","block_id":"b","label":{"type":"plain_text","text":"Address","emoji":true},"element":{"type":"plain_text_input","action_id":"a"}}]}""",
            sent
        );
        Assert.Equal(("V1", "h2"), (_trial.Field("view_id"), _trial.Field("hash")));
    }

    [Fact]
    public async Task Single_things_are_found_in_their_answers()
    {
        _trial.Server.Then(
            Json("""{"ok":true,"team":{"id":"T1","name":"Team"}}"""),
            Json("""{"ok":true,"channel":{"id":"C1","is_private":true,"is_ext_shared":true}}"""),
            Json("""{"ok":true,"channel":{"id":"C1","is_member":true},"warning":"already_in_channel"}"""),
            Json("""{"ok":true,"channel":{"id":"D1"}}"""),
            Json("""{"ok":true,"user":{"id":"U1","real_name":"Ada L","profile":{"display_name":""}}}"""),
            Json("""{"ok":true,"permalink":"https://x.slack.com/archives/C1/p1700000000000100"}"""),
            Json("""{"ok":true,"url":"wss://wss.example/?ticket=1"}""")
        );
        var api = _trial.Api;

        Assert.Equal("Team", (await _trial.PlayAsync(api.GetTeamAsync(null, Cancel))).Name);
        Assert.True((await _trial.PlayAsync(api.GetConversationAsync("C1", Cancel))).IsExtShared);
        Assert.True((await _trial.PlayAsync(api.JoinConversationAsync("C1", Cancel))).IsMember);
        Assert.Equal("D1", (await _trial.PlayAsync(api.OpenConversationAsync("U1", Cancel))).Id);
        Assert.Equal("Ada L", (await _trial.PlayAsync(api.GetUserAsync("U1", Cancel))).ShownName);
        Assert.EndsWith(
            "p1700000000000100",
            (await _trial.PlayAsync(api.GetPermalinkAsync("C1", Note, Cancel))).AbsolutePath
        );
        Assert.Equal("wss", (await _trial.PlayAsync(api.OpenSocketAsync(Cancel))).Scheme);
    }

    [Theory]
    [InlineData("http://slack.example/api/", "xoxb-1")]
    [InlineData("https://slack.example/api", "xoxb-1")]
    [InlineData("https://slack.example/api/", "")]
    [InlineData("https://slack.example/api/", "xoxb 1")]
    [InlineData("https://slack.example/api/", "xoxb-1\n")]
    public void An_unsafe_address_or_a_token_that_is_none_is_refused_at_once(string url, string token)
    {
        var options = new SlackWebApiOptions(token, "NewsBot/1.0") { BaseUrl = new Uri(url) };
        using var http = new HttpClient(SlackWebApi.CreateHandler());

        Assert.Throws<ArgumentException>(() => new SlackWebApi(options, http, TimeProvider.System));
    }

    [Fact]
    public async Task A_renewed_token_is_used_from_then_on()
    {
        _trial.Server.Otherwise = Json(Posted);

        _trial.Api.Renew("xoxb-second");
        await _trial.PlayAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel));

        Assert.Equal("Bearer xoxb-second", _trial.Last.Header("Authorization"));
    }
}
