using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Time;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>What was said while nobody listened, or what no event told of.</summary>
public sealed class SlackCatchUpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_edited_and_deleted_while_the_bot_was_away_is_caught_up_with()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Inês");
        await human.SayAsync(channel, "One", card, Token);
        var edited = await human.SayAsync(channel, "Tow", card, Token);
        var deleted = await human.SayAsync(channel, "Three", card, Token);
        await room.Newsroom.UntilCommentsAsync(3);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Lose) { Count = 100 });

        await room.Newsroom.RestartAsync(async () =>
        {
            await human.EditAsync(channel, edited, "Two", Token);
            await human.DeleteAsync(channel, deleted, Token);
            await human.SayAsync(channel, "Four", card, Token);
            await human.BroadcastAsync(channel, "Five", card, Token);
            room.Slack.ClearFaults();
        });

        await room.Newsroom.UntilCommentsAsync(5);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM thread WHERE caught_up_at IS NULL", 0);
        Assert.Equal(
            ["1 visible One", "2 visible Two", "3 deleted ", "4 visible Four", "5 visible Five"],
            await room.Newsroom.WordsAsync("SELECT number || ' ' || state || ' ' || body FROM comment ORDER BY number")
        );
    }

    [Fact]
    public async Task What_was_deleted_while_the_bot_was_away_is_caught_up_with_also_by_a_clock_that_is_a_day_behind()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Inês");
        await human.SayAsync(channel, "One", card, Token);
        var deleted = await human.SayAsync(channel, "Two", card, Token);
        await room.Newsroom.UntilCommentsAsync(2);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Lose) { Count = 100 });

        await room.Newsroom.RestartAsync(async () =>
        {
            await human.DeleteAsync(channel, deleted, Token);
            // To a clock that is behind, what Slack has is of tomorrow.
            await room.Newsroom.RunAsync("UPDATE comment SET written_at = written_at + 24 * 3600 * 1000");
            room.Slack.ClearFaults();
        });

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted'", 1);
        Assert.Equal("One", await room.Newsroom.WordAsync("SELECT body FROM comment WHERE state = 'visible'"));
    }

    [Fact]
    public async Task What_was_read_before_an_edit_was_told_does_not_undo_it()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Inês");
        var said = await human.SayAsync(channel, "One", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM thread WHERE caught_up_at IS NULL", 0);
        var replies = room.Newsroom.Services.GetRequiredService<SlackReplies>();
        var rereads = room.Newsroom.Services.GetRequiredKeyedService<ChatRereads>(ChatRereads.Slack);

        rereads.SetReading(true);
        await human.EditAsync(channel, said, "Three", Token);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE body = 'Three'", 1);
        await replies.TakeAsync(await ReadAsync("Two"), Token);
        Assert.Equal("Three", await room.Newsroom.WordAsync("SELECT body FROM comment"));

        // Now it is read once more, and what is read then is the newer.
        rereads.SetReading(false);
        await RunningNewsroom.UntilAsync(() => Task.FromResult(rereads.HasNoted(said) ? null : room));
        await replies.TakeAsync(await ReadAsync("Four"), Token);
        Assert.Equal("Four", await room.Newsroom.WordAsync("SELECT body FROM comment"));

        async Task<SlackReply> ReadAsync(string text) =>
            new(
                room.Slack.TeamId,
                channel,
                new Message(
                    new SlackTs(said),
                    User: human.Id,
                    Text: text,
                    ThreadTs: new SlackTs(card),
                    Edited: new MessageEdit(
                        human.Id,
                        new SlackTs($"{await room.Newsroom.NumberAsync("SELECT edited_at / 1000 FROM comment")}.000000")
                    )
                ),
                IsShared: false
            )
            {
                IsReadAnew = true,
            };
    }

    [Fact]
    public async Task A_reply_that_is_told_again_only_after_it_was_deleted_does_not_stay()
    {
        await using var room = await SlackNewsroom.StartAsync(
            new FakeSlackOptions { Limits = FakeLimits.Unlimited(), RetryDelays = [TimeSpan.FromSeconds(2)] }
        );
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Inês");
        await human.SayAsync(channel, "One", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM thread WHERE caught_up_at IS NULL", 0);

        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Drop) { Event = "message" });
        var deleted = await human.SayAsync(channel, "Two", card, Token);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Lose) { Event = "message" });
        await human.DeleteAsync(channel, deleted, Token);

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted'", 1);
        Assert.Equal("One", await room.Newsroom.WordAsync("SELECT body FROM comment WHERE state = 'visible'"));
    }

    [Fact]
    public async Task A_reply_that_a_stop_left_to_be_taken_in_does_not_stay_where_it_was_deleted_meanwhile()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Inês");
        await human.SayAsync(channel, "One", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM thread WHERE caught_up_at IS NULL", 0);

        // As if it had been stored an hour ago, right before the stop; Slack has it no more.
        await room.Newsroom.RunAsync(
            "INSERT INTO slack_event (event_id, body, received_at) VALUES ('Ev1', @Body, (unixepoch() - 3600) * 1000)",
            new
            {
                Body = $$"""
                {"type":"event_callback","team_id":"{{room.Slack.TeamId}}","event_id":"Ev1","event":{"type":"message",
                "user":"{{human.Id}}","text":"Two","ts":"1900000000.000100","thread_ts":"{{card}}","channel":"{{channel}}","channel_type":"channel"} }
                """,
            }
        );

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted'", 1);
        Assert.Equal("One", await room.Newsroom.WordAsync("SELECT body FROM comment WHERE state = 'visible'"));
    }

    [Fact]
    public async Task A_thread_that_began_while_the_bot_was_away_is_found_by_the_count_on_its_card()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE message_id IS NOT NULL", 1);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Lose) { Count = 100 });

        await room.Newsroom.RestartAsync(async () =>
        {
            await room.Slack.Human("Kofi").SayAsync(channel, "First", card, Token);
            var reacted = await room.Slack.Human("Inês").SayAsync(channel, "Second", card, Token);
            await room.Slack.Human("Kofi").ReactAsync(channel, reacted, "tada", Token);
            room.Slack.ClearFaults();
        });

        await room.Newsroom.UntilCommentsAsync(2);
        await room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM comment WHERE json_extract(reactions, '$[0].emoji') = '🎉'",
            1
        );
        Assert.Equal(["First", "Second"], await room.Newsroom.WordsAsync("SELECT body FROM comment ORDER BY number"));
    }

    [Fact]
    public async Task What_happened_to_a_channel_while_the_bot_was_away_is_seen_when_it_is_back()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Driver.AddChannel("closing", withBot: true);
        await room.CardAsync(channel);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE message_id IS NOT NULL", 1);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Lose) { Count = 100 });

        await room.Newsroom.RestartAsync(() =>
        {
            room.Slack.Driver.Rename(channel, "closed");
            room.Slack.Driver.Convert(channel, isPrivate: true);
            room.Slack.ClearFaults();
            return Task.CompletedTask;
        });

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM channel WHERE publication = 'off' AND name = 'closed'", 1);
    }

    [Fact]
    public async Task A_thread_that_was_deleted_with_its_card_while_the_bot_was_away_is_hidden_or_emptied()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var reply = await room.Slack.Human("Kofi").SayAsync(channel, "Soon gone", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Lose) { Count = 100 });

        await room.Newsroom.RestartAsync(() =>
        {
            room.Slack.Driver.DeleteMessage(channel, reply);
            room.Slack.Driver.DeleteMessage(channel, card);
            room.Slack.ClearFaults();
            return Task.CompletedTask;
        });

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'visible'", 0);
    }

    [Fact]
    public async Task Where_little_history_may_be_read_what_was_missed_comes_a_page_a_minute_and_nothing_is_taken_for_deleted()
    {
        await using var room = await SlackNewsroom.StartAsync(
            new FakeSlackOptions { Time = new HurriedTime(100), SmallHistory = true }
        );
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Inês");
        await human.SayAsync(channel, "Reply 1", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Lose) { Count = 100 });

        await room.Newsroom.RestartAsync(async () =>
        {
            for (var reply = 2; reply <= 20; reply++)
            {
                await human.SayAsync(channel, $"Reply {reply}", card, Token);
            }

            room.Slack.ClearFaults();
        });

        await room.Newsroom.UntilCommentsAsync(20);
        Assert.Equal("0", await room.Newsroom.WordAsync("SELECT COUNT(*) FROM comment WHERE state <> 'visible'"));
    }

    [Fact]
    public async Task A_reply_that_is_quicker_than_the_answer_to_the_posting_of_its_card_waits_for_it()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        room.Slack.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Slow)
            {
                Method = "chat.postMessage",
                AfterEffect = true,
                Delay = TimeSpan.FromSeconds(2),
            }
        );
        var story = await room.StoryAsync("Harbour bridge opens", await room.ChannelAsync(channel));

        var card = (await room.CardsAsync(story))[0].Ts;
        await room.Slack.Human("Kofi").SayAsync(channel, "Already here", card, Token);

        await room.Newsroom.UntilCommentsAsync(1);
        Assert.Equal("Already here", await room.Newsroom.WordAsync("SELECT body FROM comment"));
    }

    [Fact]
    public async Task A_socket_that_is_cut_replaced_or_answered_with_nonsense_loses_no_reply()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Kofi");
        FakeFaultKind[] faults = [FakeFaultKind.Cut, FakeFaultKind.Refresh, FakeFaultKind.Garbage];

        foreach (var (number, fault) in faults.Index())
        {
            room.Slack.Driver.ToSockets(fault);
            await human.SayAsync(channel, $"Reply {number}", card, Token);
        }

        await room.Newsroom.UntilCommentsAsync(faults.Length);
        Assert.Equal("3", await room.Newsroom.WordAsync("SELECT COUNT(DISTINCT body) FROM comment"));
    }
}
