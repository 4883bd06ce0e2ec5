using System.Globalization;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.Publishing;

/// <summary>Comments from elsewhere in the thread of a card, in workspaces with all kinds of rules.</summary>
public sealed class SlackCopyTests
{
    private const string PostMessage = "chat.postMessage";
    private const string Update = "chat.update";
    private const string Delete = "chat.delete";

    [Fact]
    public async Task A_copy_stands_in_the_thread_under_its_authors_name_and_picture_and_calls_nobody()
    {
        await using var stage = await SlackCopyStage.OpenAsync();

        var outcome = await stage.CreateAsync(
            SlackCopyStage.Copy(14, "I *agree* <!channel> <@U1> <!subteam^S1> @here", "Inês <!here>")
        );

        var (message, ts) = stage.Single();
        Assert.Equal(ts, Assert.IsType<PublishOutcome.Sent>(outcome).MessageId);
        Assert.Equal("Inês <!here>", message["username"]!.ToString());
        Assert.Equal("https://cdn.example/ines.png", message["icons"]!["image_48"]!.ToString());
        Assert.StartsWith("#14 · Discord", SlackCopyStage.Words(message["blocks"]), StringComparison.Ordinal);
        Assert.Contains("<!channel>", SlackCopyStage.Words(message["blocks"]), StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Slack.State.Pings, ping => ping.ByBot);
        Assert.DoesNotContain("<!", message["text"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_names_work_is_found_out_with_the_first_copy_and_never_again()
    {
        await using var stage = await SlackCopyStage.OpenAsync();

        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"), "comment:1/0");
        Assert.Equal((1, 1), (stage.Slack.Statistics.Calls[Update], stage.Slack.Statistics.Calls[Delete]));
        await stage.CreateAsync(SlackCopyStage.Copy(2, "second"), "comment:2/0");

        Assert.Equal((1, 1), (stage.Slack.Statistics.Calls[Update], stage.Slack.Statistics.Calls[Delete]));
        Assert.Equal(["first", "second"], stage.Thread().Select(Last));
        Assert.Equal("kept", stage.Desk.Desk.Word("SELECT state FROM slack_guise"));
    }

    [Theory]
    [InlineData(FakeNameRules.Unchangeable)]
    [InlineData(FakeNameRules.Undeletable)]
    [InlineData(FakeNameRules.Unchangeable | FakeNameRules.Undeletable)]
    [InlineData(FakeNameRules.Ignored)]
    public async Task Where_such_messages_stay_as_they_are_names_stand_in_the_text(FakeNameRules rules)
    {
        await using var stage = await SlackCopyStage.OpenAsync(rules);

        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"), "comment:1/0");
        var first = stage.Single().Ts;
        await stage.CreateAsync(SlackCopyStage.Copy(2, "second", "Tomek"), "comment:2/0");

        Assert.Equal(["first", "second"], stage.Thread().Select(Last));
        var second = stage.Thread()[1];
        Assert.StartsWith("#2 Tomek · Discord", SlackCopyStage.Words(second["blocks"]), StringComparison.Ordinal);
        Assert.NotEqual("Tomek", second["username"]?.ToString());
        Assert.NotEqual("", first);
        Assert.Equal("refused", stage.Desk.Desk.Word("SELECT state FROM slack_guise"));

        await stage.EditAsync(SlackCopyStage.Copy(2, "changed", "Tomek"), second["ts"]!.ToString());
        Assert.Equal("changed", Last(stage.Thread()[1]));
        await stage.DeleteAsync(SlackCopyStage.Copy(2, "changed", "Tomek"), second["ts"]!.ToString());
        Assert.Single(stage.Thread());
    }

    [Fact]
    public async Task The_admins_are_told_once_why_names_stand_in_the_text()
    {
        await using var stage = await SlackCopyStage.OpenAsync(FakeNameRules.Undeletable);
        stage.Desk.Admin("admin");

        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));
        await stage.Desk.CheckAsync();
        await stage.Desk.CheckAsync();

        Assert.Equal(["slack:names"], stage.Desk.Causes());
        Assert.Equal(
            1,
            stage.Desk.Desk.Number(
                "SELECT COUNT(*) FROM private_message WHERE body LIKE '%cant_delete_message%Reinstall the app%'"
            )
        );
    }

    [Fact]
    public async Task Without_the_right_names_stand_in_the_text_until_it_is_there()
    {
        await using var stage = await SlackCopyStage.OpenAsync();
        stage.Slack.Driver.SetScope("chat:write.customize", granted: false);

        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"), "comment:1/0");
        Assert.StartsWith("#1 Inês", SlackCopyStage.Words(stage.Single().Message["blocks"]), StringComparison.Ordinal);
        await stage.Desk.CheckAsync();
        Assert.Equal(["slack:scopes"], stage.Desk.Causes());

        stage.Slack.Driver.SetScope("chat:write.customize", granted: true);
        await stage.Desk.CheckAsync();
        await stage.CreateAsync(SlackCopyStage.Copy(2, "second"), "comment:2/0");

        Assert.Empty(stage.Desk.Causes());
        Assert.Equal("Inês", stage.Thread()[1]["username"]!.ToString());
    }

    [Fact]
    public async Task A_change_keeps_the_name_or_writes_it_into_the_text()
    {
        await using var stage = await SlackCopyStage.OpenAsync();
        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));
        var ts = stage.Single().Ts;

        await stage.EditAsync(SlackCopyStage.Copy(1, "changed"), ts);
        Assert.StartsWith(
            "#1 · Discord",
            SlackCopyStage.Words(stage.Single().Message["blocks"]),
            StringComparison.Ordinal
        );
        stage.Desk.Fake.NameRules = FakeNameRules.LostByChanges;
        await stage.EditAsync(SlackCopyStage.Copy(1, "again"), ts);

        Assert.StartsWith(
            "#1 Inês · Discord",
            SlackCopyStage.Words(stage.Single().Message["blocks"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_changes_take_names_away_only_changed_copies_say_them()
    {
        await using var stage = await SlackCopyStage.OpenAsync(FakeNameRules.LostByChanges);

        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));
        var (message, ts) = stage.Single();
        Assert.Equal("Inês", message["username"]!.ToString());
        await stage.EditAsync(SlackCopyStage.Copy(1, "changed"), ts);

        Assert.Equal("lost", stage.Desk.Desk.Word("SELECT state FROM slack_guise"));
        Assert.StartsWith("#1 Inês", SlackCopyStage.Words(stage.Single().Message["blocks"]), StringComparison.Ordinal);
        Assert.Equal(2, stage.Slack.Statistics.Calls[Update]);
    }

    [Fact]
    public async Task A_hidden_copy_shows_neither_name_nor_words_and_can_be_shown_again()
    {
        await using var stage = await SlackCopyStage.OpenAsync(FakeNameRules.LostByChanges);
        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));
        var ts = stage.Single().Ts;

        await stage.EditAsync(Emptied(CopyState.Hidden), ts);
        Assert.Equal("#1 [hidden by a moderator]", SlackCopyStage.Words(stage.Single().Message["blocks"]));
        await stage.EditAsync(SlackCopyStage.Copy(1, "first"), ts);

        Assert.Equal("first", Last(stage.Single().Message));
    }

    [Fact]
    public async Task A_deletion_that_is_refused_leaves_nothing_to_be_read_and_what_cannot_be_emptied_is_noted()
    {
        await using var stage = await SlackCopyStage.OpenAsync();
        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));
        var ts = stage.Single().Ts;
        Refuse(stage, Delete, "compliance_exports_prevent_deletion", 2);
        Refuse(stage, Update, "edit_window_closed", 1);

        var kept = await stage.DeleteAsync(SlackCopyStage.Copy(1, "first"), ts);
        Assert.Contains(
            "edit_window_closed",
            Assert.IsType<PublishOutcome.Rejected>(kept).Reason,
            StringComparison.Ordinal
        );
        var emptied = await stage.DeleteAsync(new PostBody.Copy(new StoryId(1), 1), ts);

        Assert.IsType<PublishOutcome.Sent>(emptied);
        Assert.Equal("#1 [deleted]", SlackCopyStage.Words(stage.Single().Message["blocks"]));
        // The workspace's rules about old messages say nothing of names.
        Assert.Equal("kept", stage.Desk.Desk.Word("SELECT state FROM slack_guise"));
    }

    [Fact]
    public async Task A_refusal_that_comes_up_later_ends_other_names_and_what_is_hidden_is_deleted_instead()
    {
        await using var stage = await SlackCopyStage.OpenAsync();
        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));
        var ts = stage.Single().Ts;
        stage.Desk.Fake.NameRules = FakeNameRules.Unchangeable;

        Assert.IsType<PublishOutcome.Rejected>(await stage.EditAsync(SlackCopyStage.Copy(1, "changed"), ts));
        Assert.Equal("refused", stage.Desk.Desk.Word("SELECT state FROM slack_guise"));
        Assert.IsType<PublishOutcome.MessageGone>(await stage.EditAsync(Emptied(CopyState.Hidden), ts));

        Assert.Empty(stage.Thread());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_answer_that_is_lost_leaves_one_copy_also_while_names_are_tried(int lostPost)
    {
        await using var stage = await SlackCopyStage.OpenAsync();
        var before = stage.Desk.Desk.Now;
        foreach (var method in new[] { PostMessage, Update, Delete }.Take(lostPost))
        {
            stage.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Abort) { Method = method, AfterEffect = true });
        }

        PublishOutcome? outcome = null;
        for (var turn = 0; turn < 6 && outcome is not PublishOutcome.Sent; turn++)
        {
            outcome = await stage.CreateAsync(
                SlackCopyStage.Copy(1, "first"),
                tried: turn == 0 ? null : before - TimeSpan.FromDays(3_650)
            );
        }

        Assert.Equal(stage.Single().Ts, Assert.IsType<PublishOutcome.Sent>(outcome).MessageId);
        Assert.Equal("first", Last(stage.Single().Message));
    }

    [Fact]
    public async Task What_Slack_carries_out_after_it_was_looked_for_is_not_sent_again()
    {
        await using var stage = await SlackCopyStage.OpenAsync();
        var tried = TimeProvider.System.GetUtcNow();

        var early = await stage.CreateAsync(SlackCopyStage.Copy(1, "first"), tried: tried);
        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));
        var late = await stage.CreateAsync(SlackCopyStage.Copy(1, "first"), tried: tried);

        Assert.InRange(
            Assert.IsType<PublishOutcome.Postponed>(early).RetryAfter,
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromSeconds(5)
        );
        Assert.Equal(stage.Single().Ts, Assert.IsType<PublishOutcome.Sent>(late).MessageId);
    }

    [Fact]
    public async Task What_was_sent_while_the_clock_was_a_day_ahead_is_found_once_it_is_right()
    {
        await using var stage = await SlackCopyStage.OpenAsync();
        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));

        var sentAt = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(stage.Single().Ts.Split('.')[0], CultureInfo.InvariantCulture)
        );
        var outcome = await stage.CreateAsync(SlackCopyStage.Copy(1, "first"), tried: sentAt.AddDays(1));

        Assert.Equal(stage.Single().Ts, Assert.IsType<PublishOutcome.Sent>(outcome).MessageId);
    }

    [Fact]
    public async Task What_is_deleted_already_or_has_no_thread_any_more_is_no_trouble()
    {
        await using var stage = await SlackCopyStage.OpenAsync();
        await stage.CreateAsync(SlackCopyStage.Copy(1, "first"));
        var ts = stage.Single().Ts;
        stage.Slack.Driver.DeleteMessage(stage.Place, ts);

        Assert.IsType<PublishOutcome.MessageGone>(await stage.EditAsync(SlackCopyStage.Copy(1, "changed"), ts));
        Assert.IsType<PublishOutcome.Sent>(await stage.DeleteAsync(SlackCopyStage.Copy(1, "changed"), ts));
        stage.Slack.Driver.DeleteMessage(stage.Place, stage.Card);
        Assert.IsType<PublishOutcome.MessageGone>(await stage.CreateAsync(SlackCopyStage.Copy(2, "second")));
        Refuse(stage, PostMessage, "restricted_action_non_threadable_channel", 1);
        Assert.IsType<PublishOutcome.Rejected>(await stage.CreateAsync(SlackCopyStage.Copy(3, "third")));
        var lost = stage.Post(PostOperation.Create, SlackCopyStage.Copy(4, "fourth"), "comment:9/0", null);
        Assert.IsType<PublishOutcome.Rejected>(await stage.PublishAsync(lost with { CardMessage = null }));
    }

    [Fact]
    public async Task What_stands_for_many_comments_is_one_message_of_the_bot_in_the_thread()
    {
        await using var stage = await SlackCopyStage.OpenAsync();

        await stage.CreateAsync(
            new PostBody.More(new StoryId(1), 12, 31) { Page = "https://news.example/stories/1" },
            "more:1:12/0"
        );
        await stage.CreateAsync(
            new PostBody.SoFar(new StoryId(1))
            {
                Discussion = new DiscussionSoFar(
                    3,
                    [new BestComment(new StoryId(1), 2, "Inês", "Well said <!here>")],
                    "https://news.example/stories/1"
                ),
            },
            "sofar:1/0"
        );

        Assert.Equal("31 comments more, read here from #12 on", SlackCopyStage.Words(stage.Thread()[0]["blocks"]));
        Assert.Equal(
            "The discussion so far: 3 comments#2 Inês: Well said <!here>",
            SlackCopyStage.Words(stage.Thread()[1]["blocks"])
        );
        Assert.DoesNotContain(stage.Slack.State.Pings, ping => ping.ByBot);
    }

    private static PostBody.Copy Emptied(CopyState state) =>
        new(new StoryId(1), 1) { Comment = SlackCopyStage.Comment("", "") with { State = state, Avatar = null } };

    private static void Refuse(SlackCopyStage stage, string method, string code, int times)
    {
        for (var i = 0; i < times; i++)
        {
            stage.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Error) { Method = method, Code = code });
        }
    }

    private static string Last(System.Text.Json.Nodes.JsonObject message) =>
        SlackCopyStage.Words(message["blocks"]!.AsArray()[^1]!["elements"]!.AsArray()[^1]);
}
