using System.Text.Json.Nodes;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack.SocketMode;

namespace NewsBot.Tests.Slack.Commands;

/// <summary>Windows, filled in by people in an emulated Slack.</summary>
public sealed class SlackFormTests
{
    private const string Feed = """
        <rss version="2.0"><channel><title>Sea News</title><link>https://sea.example/</link>
        <item><title>A whale</title><guid>1</guid><link>https://sea.example/1</link></item></channel></rss>
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_alone_shows_the_newest_stories_and_offers_changes_to_admins()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");

        var ofReader = await rig.OpenAsync(rig.Reader, "");
        var ofAdmin = await rig.OpenAsync(rig.Admin, "");

        Assert.Contains("Battery lasts a week", SlackRig.Words(ofReader), StringComparison.Ordinal);
        Assert.Empty(SlackRig.Actions(ofReader));
        Assert.Contains("open:source", SlackRig.Actions(ofAdmin));
    }

    [Fact]
    public async Task A_source_is_added_after_a_look_at_it()
    {
        await using var rig = await SlackRig.NewAsync();
        rig.Rig.Web["https://sea.example/feed"] = ("application/rss+xml", Feed);

        var home = await rig.OpenAsync(rig.Admin, "");
        var form = await rig.Admin.ActInView(home["id"]!.ToString(), "open:source").AnswerAsync(2, Stop);
        var wrong = await SlackRig.SendAsync(rig.Admin, SlackRig.Data(form), Source("no address"));
        var shown = await SlackRig.SendAsync(rig.Admin, SlackRig.Data(form), Source("https://sea.example/feed"));
        Assert.Equal(0, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM source WHERE name = 'Sea News'"));
        var done = await SlackRig.SendAsync(rig.Admin, SlackRig.Data(shown), []);

        Assert.Equal("errors", wrong["kind"]!.ToString());
        Assert.Contains("no web address", wrong.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("A whale", SlackRig.Words(shown), StringComparison.Ordinal);
        Assert.Contains("Added", SlackRig.Words(done), StringComparison.Ordinal);
        Assert.Equal(
            10,
            await rig.Rig.ValueAsync<long>(
                "SELECT channel_id FROM subscription sub JOIN source s ON s.id = sub.source_id WHERE s.name = 'Sea News'"
            )
        );

        JsonObject Source(string url) => new() { ["url"] = url, ["channel"] = rig.Channel };
    }

    [Fact]
    public async Task A_slow_look_shows_that_it_goes_on_and_then_what_it_found()
    {
        await using var rig = await SlackRig.NewAsync();
        rig.Rig.Web["https://sea.example/feed"] = ("application/rss+xml", Feed);
        var hold = new TaskCompletionSource();
        rig.Rig.Hold = hold.Task;
        var form = await rig.OpenAsync(rig.Admin, "add");

        var sent = rig.Admin.SubmitView(
            form["id"]!.ToString(),
            new JsonObject { ["url"] = "https://sea.example/feed", ["channel"] = rig.Channel }
        );
        await SlackRig.UntilAsync(() => rig.Rig.Fetched.Count > 0);
        rig.Rig.Clock.Advance(SlackCommands.AnswerWithin);
        var waiting = await sent.AnswerAsync(1, Stop);
        hold.SetResult();
        var found = await rig.UntilAsync(sent.AnswerAsync(2, Stop));

        Assert.Contains("One moment", SlackRig.Words(waiting), StringComparison.Ordinal);
        Assert.Contains("A whale", SlackRig.Words(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_is_filled_however_many_slow_looks_are_before_it()
    {
        await using var rig = await SlackRig.NewAsync();
        var hold = new TaskCompletionSource();
        rig.Rig.Web["https://sea.example/feed"] = ("application/rss+xml", Feed);
        List<JsonObject> windows = [];
        for (var i = 0; i < 20; i++)
        {
            windows.Add(await rig.OpenAsync(rig.Admin, "add"));
        }

        rig.Rig.Hold = hold.Task;
        var sent = windows
            .Select(window =>
                rig.Admin.SubmitView(
                    window["id"]!.ToString(),
                    new JsonObject { ["url"] = "https://sea.example/feed", ["channel"] = rig.Channel }
                )
            )
            .ToList();
        await SlackRig.UntilAsync(() => rig.Rig.Fetched.Count >= 10);
        rig.Rig.Clock.Advance(SlackCommands.AnswerWithin);
        await Task.WhenAll(sent.Select(one => one.AnswerAsync(1, Stop)));
        hold.SetResult();
        var found = await rig.UntilAsync(Task.WhenAll(sent.Select(one => one.AnswerAsync(2, Stop))));

        Assert.All(found, one => Assert.Contains("A whale", SlackRig.Words(one), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_digest_is_set_by_days_times_and_zone()
    {
        await using var rig = await SlackRig.NewAsync();
        var form = await rig.OpenAsync(rig.Admin, "digest set");

        var zones = await rig.Admin.TypeInMenu(form["id"]!.ToString(), "zone", "berl").AnswerAsync(Stop);
        var wrong = await SlackRig.SendAsync(rig.Admin, form, Digest("half past"));
        var shown = await SlackRig.SendAsync(rig.Admin, form, Digest("8:30, 17:00"));
        await SlackRig.SendAsync(rig.Admin, SlackRig.Data(shown), []);

        Assert.Contains("Europe/Berlin", zones.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("errors", wrong["kind"]!.ToString());
        Assert.Contains("times", wrong.ToJsonString(), StringComparison.Ordinal);
        var schedule = await rig.Rig.ValueAsync<string>("SELECT schedule FROM channel WHERE id = 10");
        Assert.Contains("8:30", schedule, StringComparison.Ordinal);
        Assert.Contains("Europe/Berlin", schedule, StringComparison.Ordinal);

        JsonObject Digest(string times) =>
            new()
            {
                ["channel"] = rig.Channel,
                ["days"] = new JsonArray("mon", "fri"),
                ["times"] = times,
                ["zone"] = SlackRig.Option("Europe/Berlin"),
            };
    }

    [Fact]
    public async Task A_filter_shows_what_it_would_have_done_before_it_is_set()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.SqlAsync(
            "INSERT INTO subscription (source_id, channel_id, filter, created_at) VALUES (1, 10, 'lang:en', @Now)"
        );
        await rig.Rig.StoryAsync(12, "Battery rumor");
        var pick = await rig.OpenAsync(rig.Admin, "filter set");

        var sources = await rig.Admin.TypeInMenu(pick["id"]!.ToString(), "source", "dai").AnswerAsync(Stop);
        var form = await SlackRig.SendAsync(
            rig.Admin,
            pick,
            new JsonObject { ["source"] = SlackRig.Option("source-1"), ["channel"] = rig.Channel }
        );
        Assert.Contains("lang:en", form.ToJsonString(), StringComparison.Ordinal);
        var wrong = await SlackRig.SendAsync(rig.Admin, SlackRig.Data(form), new JsonObject { ["text"] = "regex:/(/" });
        var shown = await SlackRig.SendAsync(rig.Admin, SlackRig.Data(form), new JsonObject { ["text"] = "-rumor" });
        await SlackRig.SendAsync(rig.Admin, SlackRig.Data(shown), []);

        Assert.Contains("source-1", sources.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("errors", wrong["kind"]!.ToString());
        Assert.Contains("would pass", SlackRig.Words(shown), StringComparison.Ordinal);
        Assert.Equal(
            "-rumor",
            await rig.Rig.ValueAsync<string>("SELECT filter FROM subscription WHERE channel_id = 10")
        );
    }

    [Fact]
    public async Task A_list_that_is_pasted_in_parts_is_taken_in_after_it_was_shown()
    {
        await using var rig = await SlackRig.NewAsync();
        var form = await rig.OpenAsync(rig.Admin, "import");

        var shown = await SlackRig.SendAsync(
            rig.Admin,
            form,
            new JsonObject
            {
                ["channel"] = rig.Channel,
                ["part-1"] = "<opml version=\"2.0\"><body><outline text=\"Sea\" ",
                ["part-2"] = "xmlUrl=\"https://sea.example/feed\"/></body></opml>",
            }
        );
        Assert.Contains("1 new source", SlackRig.Words(shown), StringComparison.Ordinal);
        await SlackRig.SendAsync(rig.Admin, SlackRig.Data(shown), []);

        Assert.Equal(1, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM source WHERE name = 'Sea'"));
    }

    [Fact]
    public async Task A_feed_that_wants_a_login_gets_it_from_a_window_and_nobody_else_sees_it()
    {
        await using var rig = await SlackRig.NewAsync();
        rig.Rig.Web["https://sea.example/feed"] = ("application/rss+xml", Feed);
        rig.Rig.Closed["https://sea.example/feed"] = "Basic Ym9iOnNlY3JldA==";

        var answer = await rig.NewsAsync(rig.Admin, "add https://sea.example/feed");
        var button = rig.Admin.Click(rig.Channel, SlackRig.Data(answer)["ts"]!.ToString(), "open:login");
        var form = await button.AnswerAsync(2, Stop);
        var wrong = await SlackRig.SendAsync(rig.Admin, SlackRig.Data(form), Login("wrong"));
        var done = await SlackRig.SendAsync(rig.Admin, SlackRig.Data(form), Login("secret"));

        Assert.Equal("errors", wrong["kind"]!.ToString());
        Assert.Contains("Added", SlackRig.Words(done), StringComparison.Ordinal);
        Assert.Equal(
            0,
            await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM pending_command WHERE line LIKE '%secret%'")
        );
        Assert.DoesNotContain("secret", done.ToJsonString(), StringComparison.Ordinal);

        static JsonObject Login(string password) => new() { ["user"] = "bob", ["secret"] = password };
    }

    [Fact]
    public async Task A_form_is_not_for_who_may_not_use_its_command_whatever_the_window_says()
    {
        await using var rig = await SlackRig.NewAsync();

        var refused = await rig.OpenAsync(rig.Reader, "add");
        var answer = await rig.TakeAsync(
            SlackEnvelopeKind.Interaction,
            $$$"""
            {"type":"view_submission","team":{"id":"{{{rig.Slack.TeamId}}}"},"user":{"id":"{{{rig.Reader.Id}}}"},"trigger_id":"9",
             "view":{"id":"V1","callback_id":"text","private_metadata":"{\"channel\":\"channel-10\",\"source\":\"source-1\",\"field\":\"filter\"}",
             "state":{"values":{"text":{"text":{"type":"plain_text_input","value":"-rumor"} } } } } }
            """
        );

        Assert.Contains("Only admins", SlackRig.Words(refused), StringComparison.Ordinal);
        Assert.Contains("Only admins", answer!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM pending_command"));
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_window_that_does_not_remember_what_it_was_about_says_so(string metadata)
    {
        await using var rig = await SlackRig.NewAsync(isListening: false);

        var answer = await rig.TakeAsync(
            SlackEnvelopeKind.Interaction,
            $$$"""{"type":"view_submission","team":{"id":"{{{rig.Slack.TeamId}}}"},"user":{"id":"{{{rig.Admin.Id}}}"},"trigger_id":"9","view":{"id":"V1","callback_id":"confirm","private_metadata":"{{{metadata}}}"}}"""
        );

        Assert.Contains("not known any more", answer!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_Slack_gave_too_little_time_for_is_told_in_words()
    {
        await using var rig = await SlackRig.NewAsync();

        await rig.TakeAsync(
            SlackEnvelopeKind.Command,
            $$"""{"command":"/news","text":"","team_id":"{{rig.Slack.TeamId}}","user_id":"{{rig.Reader.Id}}","channel_id":"{{rig.Channel}}","trigger_id":"long.ago"}"""
        );
        await rig.Slack.State.WaitAsync(() => rig.Reader.Inbox.Count > 0, Stop);

        Assert.Contains("too little time", SlackRig.Words(rig.Reader.Inbox), StringComparison.Ordinal);
    }
}
