using System.Text.Json.Nodes;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack.SocketMode;

namespace NewsBot.Tests.Slack.Commands;

/// <summary>Lines, buttons and shortcuts, used by people in an emulated Slack.</summary>
public sealed class SlackCommandTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_is_answered_privately_and_whoever_asks_is_a_member()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");

        var answer = await rig.NewsAsync(rig.Reader, "latest");

        Assert.Equal("message", answer["kind"]!.ToString());
        Assert.Contains("Battery lasts a week", SlackRig.Words(answer), StringComparison.Ordinal);
        Assert.Equal(
            "Saga Wiklund",
            await rig.Rig.ValueAsync<string>(
                "SELECT m.name FROM member m JOIN identity i ON i.member_id = m.id WHERE i.workspace_id = 2"
            )
        );
    }

    [Fact]
    public async Task A_wrong_line_says_what_was_likely_meant_and_offers_it()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");

        var answer = await rig.NewsAsync(rig.Reader, "latset");
        Assert.Contains("Did you mean", SlackRig.Words(answer), StringComparison.Ordinal);
        var next = await rig.PressAsync(rig.Reader, answer, "run:0");

        Assert.Contains("Battery lasts a week", SlackRig.Words(next), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_of_the_workspace_changes_things_after_a_button()
    {
        await using var rig = await SlackRig.NewAsync();

        var asked = await rig.NewsAsync(rig.Admin, "channel mirror post-only");
        Assert.Contains("Confirm does it", SlackRig.Words(asked), StringComparison.Ordinal);
        Assert.Equal(["confirm", "cancel"], SlackRig.Actions(asked));
        var done = await rig.PressAsync(rig.Admin, asked, "confirm");
        var code = await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM pending_command");

        Assert.Contains("post-only", SlackRig.Words(done), StringComparison.Ordinal);
        Assert.Equal("post-only", await rig.Rig.ValueAsync<string>("SELECT mirror FROM channel WHERE id = 10"));
        Assert.Equal(0, code);
        Assert.Equal(1, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM audit"));
    }

    [Fact]
    public async Task A_change_that_is_cancelled_is_not_made()
    {
        await using var rig = await SlackRig.NewAsync();

        var asked = await rig.NewsAsync(rig.Admin, "channel mirror post-only");
        var done = await rig.PressAsync(rig.Admin, asked, "cancel");

        Assert.Contains("Nothing was changed", SlackRig.Words(done), StringComparison.Ordinal);
        Assert.Equal("collect", await rig.Rig.ValueAsync<string>("SELECT mirror FROM channel WHERE id = 10"));
        Assert.Equal(0, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM pending_command"));
    }

    [Fact]
    public async Task What_somebody_may_do_is_asked_of_Slack_when_they_do_it()
    {
        await using var rig = await SlackRig.NewAsync();

        Assert.Contains(
            "Only admins",
            SlackRig.Words(await rig.NewsAsync(rig.Reader, "list")),
            StringComparison.Ordinal
        );
        var asked = await rig.NewsAsync(rig.Admin, "channel mirror post-only");
        rig.Slack.Driver.SetAdmin("admin", admin: false);
        var refused = await rig.PressAsync(rig.Admin, asked, "confirm");

        Assert.Contains("Only admins", SlackRig.Words(refused), StringComparison.Ordinal);
        Assert.Equal("collect", await rig.Rig.ValueAsync<string>("SELECT mirror FROM channel WHERE id = 10"));
    }

    [Fact]
    public async Task A_moderator_named_by_an_admin_hides_a_comment_and_a_reader_cannot()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");
        var card = await rig.CardAsync(12);
        var comment = await rig.CommentAsync(rig.Reader, 12, card, 1, "rude words");
        var named = await rig.NewsAsync(rig.Admin, $"role <@{rig.Moderator.Id}|moderator> moderator");
        await rig.PressAsync(rig.Admin, named, "confirm");

        var refused = await rig.Reader.ShortcutAsync(rig.Channel, comment, "hide", Stop);
        var asked = await rig.Moderator.ShortcutAsync(rig.Channel, comment, "hide", Stop);
        await rig.PressAsync(rig.Moderator, asked, "confirm");

        Assert.Contains("Only moderators", SlackRig.Words(refused), StringComparison.Ordinal);
        Assert.Equal("hidden", await rig.Rig.ValueAsync<string>("SELECT state FROM comment WHERE number = 1"));
    }

    [Fact]
    public async Task A_comment_tells_its_number_and_link()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");
        var card = await rig.CardAsync(12);
        var comment = await rig.CommentAsync(rig.Reader, 12, card, 1, "first");

        var told = await rig.Reader.ShortcutAsync(rig.Channel, comment, "number", Stop);
        var ofCard = await rig.Reader.ShortcutAsync(rig.Channel, card, "number", Stop);

        Assert.Contains("#1", SlackRig.Words(told), StringComparison.Ordinal);
        Assert.Contains(
            "https://news.example.org/stories/12/comments/1",
            told.ToJsonString(),
            StringComparison.Ordinal
        );
        Assert.Contains("This is the card of", SlackRig.Words(ofCard), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discuss_leads_to_the_thread_and_the_page()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");
        var card = await rig.CardAsync(12);

        var answer = await rig.Reader.ClickAsync(rig.Channel, card, "discuss:12:key", Stop);

        Assert.Contains("0 comments", SlackRig.Words(answer), StringComparison.Ordinal);
        Assert.Contains("thread_ts=", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("https://news.example.org/stories/12-slug", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_is_merged_into_one_that_a_moderator_chooses()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");
        await rig.Rig.StoryAsync(13, "A battery for a week");
        var card = await rig.CardAsync(12);

        var asked = await rig.Admin.ShortcutAsync(rig.Channel, card, "merge", Stop);
        var shown = await rig
            .Admin.Choose(rig.Channel, SlackRig.Data(asked)["ts"]!.ToString(), "merge:12", SlackRig.Option("13"))
            .AnswerAsync(Stop);
        await rig.PressAsync(rig.Admin, shown, "confirm");

        Assert.Equal(13, await rig.Rig.ValueAsync<long>("SELECT merged_into FROM story WHERE id = 12"));
    }

    [Fact]
    public async Task Somebody_of_another_workspace_is_told_whose_newsroom_it_is()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");

        await rig.TakeAsync(
            SlackEnvelopeKind.Command,
            $$"""{"command":"/news","text":"list","team_id":"{{rig.Slack.TeamId}}","user_id":"U0NOBODY","channel_id":"{{rig.Channel}}","trigger_id":"1"}"""
        );
        var other = rig.Slack.Driver.AddWorkspace("Elsewhere", "stranger");
        var press = $$"""
            {"type":"block_actions","team":{"id":"{{rig.Slack.TeamId}}"},"user":{"id":"{{rig.Reader.Id}}","team_id":"{{other}}"},
             "channel":{"id":"{{rig.Channel}}"},"trigger_id":"2","actions":[{"type":"button","action_id":"run:0","value":"list","action_ts":"1.1"}]}
            """;
        await rig.TakeAsync(SlackEnvelopeKind.Interaction, press);

        await rig.Slack.State.WaitAsync(
            () =>
                rig.Reader.Inbox.Any(one => SlackRig.Words(one).Contains("other workspace", StringComparison.Ordinal)),
            Stop
        );
        Assert.DoesNotContain(
            rig.Reader.Inbox,
            one => SlackRig.Words(one).Contains("The Daily", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Somebody_from_outside_who_presses_a_button_in_a_shared_channel_gets_nothing_of_the_newsroom()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");
        var other = rig.Slack.Driver.AddWorkspace("Elsewhere", "stranger");
        rig.Slack.Driver.Share(rig.Channel, other);
        rig.Slack.Driver.AddHuman("guest", other);
        var card = await rig.CardAsync(12);

        var answer = await rig.Slack.Human("guest").ClickAsync(rig.Channel, card, "discuss:12:key", Stop);

        Assert.Contains("workspace", SlackRig.Words(answer), StringComparison.Ordinal);
        Assert.DoesNotContain("Battery", SlackRig.Words(answer), StringComparison.Ordinal);
        Assert.Equal(0, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM identity WHERE workspace_id = 2"));
    }

    [Fact]
    public async Task An_answer_that_no_address_takes_any_more_comes_another_way()
    {
        await using var rig = await SlackRig.NewAsync();
        await rig.Rig.StoryAsync(12, "Battery lasts a week");

        await rig.TakeAsync(
            SlackEnvelopeKind.Command,
            $$"""{"command":"/news","text":"latest","team_id":"{{rig.Slack.TeamId}}","user_id":"{{rig.Reader.Id}}","channel_id":"{{rig.Channel}}","trigger_id":"1","response_url":"{{rig.Slack.ApiBaseUrl.GetLeftPart(UriPartial.Authority)}}/commands/T1/2/used"}"""
        );

        await rig.Slack.State.WaitAsync(() => rig.Reader.Inbox.Count > 0, Stop);
        Assert.Contains("Battery lasts a week", SlackRig.Words(rig.Reader.Inbox), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_delivery_twice_is_answered_once()
    {
        await using var rig = await SlackRig.NewAsync();
        var payload =
            $$"""{"command":"/news","text":"help","team_id":"{{rig.Slack.TeamId}}","user_id":"{{rig.Reader.Id}}","channel_id":"{{rig.Channel}}","trigger_id":"same"}""";

        await rig.TakeAsync(SlackEnvelopeKind.Command, payload);
        await rig.TakeAsync(SlackEnvelopeKind.Command, payload);
        await rig.NewsAsync(rig.Reader, "me");
        await rig.Slack.State.WaitAsync(() => rig.Reader.Inbox.Count > 1, Stop);

        Assert.Equal(
            1,
            rig.Reader.Inbox.Count(one => SlackRig.Words(one).Contains("For everyone", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_button_that_is_pressed_twice_is_pressed_once()
    {
        await using var rig = await SlackRig.NewAsync();
        var asked = await rig.NewsAsync(rig.Admin, "channel mirror post-only");
        var ts = SlackRig.Data(asked)["ts"]!.ToString();

        // The two travel beside each other: either may be the one that counts.
        var first = rig.Admin.Click(rig.Channel, ts, "confirm");
        var second = rig.Admin.Click(rig.Channel, ts, "confirm");
        var done = await await Task.WhenAny(first.AnswerAsync(Stop), second.AnswerAsync(Stop));
        Assert.True(await first.AckedAsync(Stop));
        Assert.True(await second.AckedAsync(Stop));

        Assert.Contains("post-only", SlackRig.Words(done), StringComparison.Ordinal);
        Assert.Single([.. first.Answers, .. second.Answers]);
        Assert.DoesNotContain("Nothing of yours", SlackRig.Words(rig.Admin.Inbox), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SlackEnvelopeKind.Command, "{}")]
    [InlineData(SlackEnvelopeKind.Command, """{"team_id":"T1","user_id":"U1","text":5}""")]
    [InlineData(SlackEnvelopeKind.Interaction, "{}")]
    [InlineData(SlackEnvelopeKind.Interaction, """{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"}}""")]
    [InlineData(SlackEnvelopeKind.Interaction, """{"type":"view_closed","team":{"id":"T1"},"user":{"id":"U1"}}""")]
    [InlineData(
        SlackEnvelopeKind.Interaction,
        """{"type":"block_suggestion","team":{"id":"T1"},"user":{"id":"U1"},"action_id":7}"""
    )]
    [InlineData(SlackEnvelopeKind.Interaction, """{"type":"a_new_one","team":[],"user":"x","actions":{}}""")]
    public async Task What_nobody_knows_is_acknowledged_and_left(SlackEnvelopeKind kind, string payload)
    {
        await using var rig = await SlackRig.NewAsync(isListening: false);

        var answer = await rig.TakeAsync(kind, payload);

        Assert.True(answer is null or JsonObject { Count: 1 });
        Assert.Empty(rig.Reader.Inbox);
    }

    [Fact]
    public async Task A_command_is_acknowledged_while_the_database_is_busy()
    {
        await using var rig = await SlackRig.NewAsync();
        var free = new TaskCompletionSource();
        var busy = rig.Rig.Database.WriteAsync(_ => free.Task, Stop);

        var exchange = rig.Reader.Slash("/news", "help", rig.Channel);
        var isAcked = await exchange.AckedAsync(Stop);
        Assert.Empty(exchange.Answers);
        free.SetResult();
        await busy;

        Assert.True(isAcked);
        Assert.Contains("For everyone", SlackRig.Words(await exchange.AnswerAsync(Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_long_says_that_it_goes_on()
    {
        await using var rig = await SlackRig.NewAsync();
        var hold = new TaskCompletionSource();
        rig.Rig.Hold = hold.Task;

        var asked = rig.Admin.Slash("/news", "test https://sea.example/feed", rig.Channel);
        await SlackRig.UntilAsync(() => rig.Rig.Fetched.Count > 0);
        rig.Rig.Clock.Advance(SlackAnswers.ShowWorkAfter);
        var waiting = await asked.AnswerAsync(1, Stop);
        hold.SetResult();
        var found = await asked.AnswerAsync(2, Stop);

        Assert.Contains("One moment", SlackRig.Words(waiting), StringComparison.Ordinal);
        Assert.Contains("nothing at this address", SlackRig.Words(found), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_long_configuration_is_handed_out_as_text()
    {
        await using var rig = await SlackRig.NewAsync();

        var answer = await rig.NewsAsync(rig.Admin, "export json");

        Assert.Contains("\"newsbot\": 1", SlackRig.Words(answer), StringComparison.Ordinal);
        Assert.Contains("rich_text_preformatted", answer.ToJsonString(), StringComparison.Ordinal);
    }
}
