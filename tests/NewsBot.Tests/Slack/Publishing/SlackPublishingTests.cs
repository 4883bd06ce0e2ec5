using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.Publishing;

/// <summary>Posting over a real line into a Slack that is as strict as the real one.</summary>
public sealed class SlackPublishingTests
{
    private const string PostMessage = "chat.postMessage";

    private static readonly PostBody.Card Card = new(
        new StoryId(1),
        "Bridge *opens* @everyone <!channel>",
        "https://a.example/b_(c)",
        "Gazette",
        ["B", "C"],
        new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        "It opened. <@U1> said so; <!here> & more.",
        null,
        0,
        null,
        false
    );

    [Fact]
    public async Task Everything_we_post_and_edit_is_taken_as_it_is_and_calls_nobody()
    {
        await using var desk = await SlackDesk.OpenAsync(publicUrl: "https://news.example");
        desk.Desk.Run("INSERT INTO picture (id, source_url, small, width, height) VALUES (8, 'x', x'0102', 800, 400)");
        var channel = desk.Add(desk.Server.Channels.Public);
        var story = desk.Desk.Story("Bridge opens");
        var card = Card with { Story = story, Picture = 8 };
        var list = new PostBody.DigestList(
            [new DigestLine(story, "Bridge", "https://a.example", "G", 2, null)],
            new BestComment(story, 1, "Inês", "Well *said* @here")
        );
        await desk.PostAsync(channel, PostSubject.Digest(1), 0, new PostBody.DigestHeading("Monday in #news", "Two"));
        await desk.PostAsync(channel, PostSubject.Of(story), 0, card);
        await desk.PostAsync(channel, PostSubject.Digest(1), 1, list);
        await desk.PostAsync(channel, PostSubject.Notice("a"), 0, new PostBody.Notice("**Welcome**\n\n- a\n- b"));
        await desk.SendAsync();

        desk.Desk.Comments(channel, story, 3);
        await desk.EditAsync(channel, PostSubject.Of(story), 0, card with { Correction = "It did not." });
        await desk.EditAsync(channel, PostSubject.Digest(1), 1, list with { BestComment = null });
        await desk.SendAsync();

        var shown = desk.Posted(desk.Server.Channels.Public)[1].ToJsonString();
        Assert.Contains("Discuss (3)", shown, StringComparison.Ordinal);
        Assert.Contains("https://news.example/pictures/8/jpeg?key=", shown, StringComparison.Ordinal);

        await desk.EditAsync(channel, PostSubject.Of(story), 0, card with { IsRemoved = true });
        await desk.SendAsync();

        // The bot was not in the channel, and entered it by itself.
        Assert.Equal(["not_in_channel chat.postMessage"], desk.Server.Statistics.Errors);
        Assert.DoesNotContain(desk.Server.State.Pings, ping => ping.ByBot);
        Assert.Equal(0, desk.Desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));
        Assert.Equal(4, desk.Posted(desk.Server.Channels.Public).Count);
        Assert.DoesNotContain(
            "Bridge",
            desk.Posted(desk.Server.Channels.Public)[1].ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_new_card_calls_its_user_group_once_and_nothing_else_does()
    {
        await using var desk = await SlackDesk.OpenAsync();
        var channel = desk.Add(desk.Server.Channels.Private);
        var story = await desk.CardAsync(channel, "Bridge opens", ping: "S0123ABC");
        await desk.CardAsync(channel, "Tunnel opens", ping: "<!channel>");
        await desk.SendAsync();
        desk.Desk.Run("UPDATE story SET headline = 'Bridge opened' WHERE id = @Id", new { Id = story.Value });
        await desk.Desk.OutboxAsync(connection => StoryCards.EditAsync(connection, story, desk.Desk.Now));

        await desk.SendAsync();

        var ping = Assert.Single(
            desk.Server.State.Pings.Where(ping => ping.ByBot).DistinctBy(ping => (ping.Ts, ping.Target))
        );
        Assert.Equal(("group", "S0123ABC"), (ping.Kind, ping.Target));
        Assert.Contains(
            "Bridge opened",
            desk.Posted(desk.Server.Channels.Private)[0].ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_burst_keeps_every_channel_in_order_and_meets_no_limit_it_was_told_of()
    {
        await using var desk = await SlackDesk.OpenAsync();
        List<string> places =
        [
            .. Enumerable.Range(0, 5).Select(i => desk.Server.Driver.AddChannel($"burst{i}", withBot: true)),
        ];
        foreach (var place in places)
        {
            await AnnounceAsync(desk, desk.Add(place), 5);
        }

        Assert.Equal(25, await desk.SendAsync());

        Assert.Equal(0, desk.Server.Statistics.Avoidable);
        foreach (var place in places)
        {
            Assert.Equal(
                Enumerable.Range(0, 5).Select(i => $"News {i}"),
                desk.Posted(place).Select(message => (string?)message["text"])
            );
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_goes_wrong_every_post_is_there_once(int seed)
    {
        await using var desk = await SlackDesk.OpenAsync(FakeLimits.Unlimited());
        var place = desk.Server.Driver.AddChannel("rough", withBot: true);
        await AnnounceAsync(desk, desk.Add(place), 4);

        desk.Server.Faults.Randomly(seed, 0.25);
        await desk.SendAllAsync();
        desk.Server.ClearFaults();

        Assert.Equal(0, desk.Desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));
        Assert.Equal(
            Enumerable.Range(0, 4).Select(i => $"News {i}"),
            desk.Posted(place).Select(message => (string?)message["text"])
        );
    }

    [Fact]
    public async Task A_card_that_took_effect_without_an_answer_is_found_by_its_key_and_not_sent_again()
    {
        await using var desk = await SlackDesk.OpenAsync();
        var place = desk.Server.Driver.AddChannel("news", withBot: true);
        var story = await desk.CardAsync(desk.Add(place), "Bridge opens");
        desk.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Status)
            {
                Method = PostMessage,
                Status = 503,
                AfterEffect = true,
            }
        );

        await desk.SendAllAsync();

        var message = Assert.Single(desk.Posted(place));
        Assert.Equal("sent", desk.State(story));
        Assert.Equal((string?)message["ts"], desk.Desk.Word("SELECT message_id FROM post"));
        Assert.Equal(1, desk.Server.Statistics.Calls[PostMessage]);
    }

    [Fact]
    public async Task While_the_history_cannot_be_read_nothing_is_sent_a_second_time()
    {
        await using var desk = await SlackDesk.OpenAsync();
        var place = desk.Server.Driver.AddChannel("news", withBot: true);
        await desk.CardAsync(desk.Add(place), "Bridge opens");
        desk.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Abort) { Method = PostMessage, AfterEffect = true });
        desk.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Error)
            {
                Method = "conversations.history",
                Code = "missing_scope",
                Needed = "channels:history",
            }
        );

        await desk.SendAsync();
        desk.Desk.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.SendAsync();
        Assert.Equal(1, desk.Desk.Number("SELECT COUNT(*) FROM channel WHERE parked_reason LIKE '%channels:history%'"));

        desk.Desk.Run("UPDATE channel SET parked_reason = NULL");
        await desk.SendAllAsync();

        Assert.Single(desk.Posted(place));
        Assert.Equal(1, desk.Server.Statistics.Calls[PostMessage]);
    }

    [Theory]
    [InlineData("private", "/invite @NewsBot")]
    [InlineData("archived", "Unarchive channel")]
    [InlineData("restricted", "Posting permissions")]
    [InlineData("deleted", "channel")]
    [InlineData("revoked", "Bot User OAuth Token")]
    [InlineData("scope", "chat:write")]
    public async Task A_channel_that_refuses_is_parked_with_the_switch_that_helps(string what, string remedy)
    {
        await using var desk = await SlackDesk.OpenAsync();
        var driver = desk.Server.Driver;
        var place = driver.AddChannel("news", isPrivate: what == "private", withBot: what != "private");
        var channel = desk.Add(place);
        var story = await desk.CardAsync(channel, "Bridge opens");
        switch (what)
        {
            case "archived":
                driver.SetArchived(place);
                break;
            case "restricted":
                driver.RefusePosts(place, "restricted_action");
                break;
            case "deleted":
                driver.DeleteChannel(place);
                break;
            case "revoked":
                Fail(desk, "invalid_auth");
                break;
            case "scope":
                Fail(desk, "missing_scope");
                break;
            default:
                break;
        }

        await desk.SendAsync();

        Assert.Contains(remedy, desk.Parked(channel), StringComparison.Ordinal);
        Assert.Equal("waiting", desk.State(story));
    }

    [Fact]
    public async Task What_slack_does_not_take_as_it_is_goes_out_plainer()
    {
        await using var desk = await SlackDesk.OpenAsync();
        var place = desk.Server.Driver.AddChannel("news", withBot: true);
        var story = await desk.CardAsync(desk.Add(place), "Bridge opens");
        Fail(desk, "invalid_blocks");
        Fail(desk, "msg_blocks_too_long");

        await desk.SendAsync();

        Assert.Equal("sent", desk.State(story));
        var message = Assert.Single(desk.Posted(place));
        Assert.Null(message["blocks"]);
        Assert.Contains("Bridge opens", (string)message["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_a_removed_message_is_no_trouble_and_the_last_one()
    {
        await using var desk = await SlackDesk.OpenAsync();
        var place = desk.Server.Driver.AddChannel("news", withBot: true);
        var story = await desk.CardAsync(desk.Add(place), "Bridge opens");
        await desk.SendAsync();
        desk.Server.Driver.DeleteMessage(place, (string)desk.Posted(place)[0]["ts"]!);

        desk.Desk.Run("UPDATE story SET headline = 'Bridge opened'");
        await desk.Desk.OutboxAsync(connection => StoryCards.EditAsync(connection, story, desk.Desk.Now));
        await desk.SendAsync();

        Assert.Equal("dropped", desk.State(story));
        Assert.Empty(desk.Posted(place));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("message_not_found")]
    [InlineData("compliance_exports_prevent_deletion")]
    public async Task What_is_taken_back_can_be_read_no_more(string? refusal)
    {
        await using var desk = await SlackDesk.OpenAsync();
        var place = desk.Server.Driver.AddChannel("news", withBot: true);
        var channel = desk.Add(place);
        var story = await desk.CardAsync(channel, "Bridge opens");
        await desk.SendAsync();
        if (refusal is not null)
        {
            desk.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Error) { Method = "chat.delete", Code = refusal });
        }

        await desk.Desk.OutboxAsync(connection =>
            Outbox.DeleteAsync(
                connection,
                new PostDraft(channel, PostSubject.Of(story), 0, Card with { Story = story }, desk.Desk.Now)
            )
        );
        await desk.SendAsync();

        Assert.Equal(0, desk.Desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));
        // Where nothing was refused, or the message was kept for the workspace's records, its words are gone.
        Assert.Equal(refusal == "message_not_found", desk.Posted(place).Any(Says));

        static bool Says(System.Text.Json.Nodes.JsonObject message) =>
            message.ToJsonString().Contains("Bridge", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_histories_are_limited_a_lost_answer_still_leaves_one_message()
    {
        await using var desk = await SlackDesk.OpenAsync(isHistorySmall: true);
        var place = desk.Server.Driver.AddChannel("news", withBot: true);
        var story = await desk.CardAsync(desk.Add(place), "Bridge opens");
        desk.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.HalfJson) { Method = PostMessage, AfterEffect = true });

        await desk.SendAllAsync();

        Assert.Equal("sent", desk.State(story));
        Assert.Single(desk.Posted(place));
    }

    [Fact]
    public async Task New_counts_leave_half_of_the_changes_for_corrections()
    {
        await using var desk = await SlackDesk.OpenAsync();
        var place = desk.Server.Driver.AddChannel("news", withBot: true);
        var channel = desk.Add(place);
        var story = await desk.CardAsync(channel, "Bridge opens");
        await desk.SendAsync();
        for (var i = 0; i < 30; i++)
        {
            desk.Desk.Comments(channel, story, 1);
            await CountAsync(desk, channel, story);
            await desk.SendAsync();
        }

        await desk.Desk.OutboxAsync(connection => StoryCards.EditAsync(connection, story, desk.Desk.Now));
        await desk.SendAsync();

        Assert.Equal(26, desk.Server.Statistics.Calls["chat.update"]);
        Assert.Equal(0, desk.Server.Statistics.Avoidable);
    }

    private static Task CountAsync(SlackDesk desk, ChannelId channel, StoryId story) =>
        desk.Desk.OutboxAsync(connection =>
            Outbox.EditAsync(
                connection,
                new PostDraft(channel, PostSubject.Of(story), 0, Card with { Story = story }, desk.Desk.Now)
                {
                    Priority = 1,
                }
            )
        );

    private static void Fail(SlackDesk desk, string code) =>
        desk.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Error) { Method = PostMessage, Code = code });

    private static async Task AnnounceAsync(SlackDesk desk, ChannelId channel, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var body = new PostBody.Notice($"News {i}");
            await desk.PostAsync(channel, PostSubject.Notice($"{channel.Value}-{i}"), 0, body);
        }
    }
}
