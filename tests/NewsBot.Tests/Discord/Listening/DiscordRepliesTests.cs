using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;

namespace NewsBot.Tests.Discord.Listening;

/// <summary>Replies that come at the wrong time, twice, or from whom nothing is taken.</summary>
public sealed class DiscordRepliesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_that_comes_before_the_bot_knows_its_own_message_is_not_lost()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        running.Server.Faults.Add(
            // The message stands there, but the bot is told that something broke and has to ask again.
            new FakeFaultRule(FakeFaultKind.Status)
            {
                Method = "POST",
                Route = "/channels/{channel}/messages",
                Status = 502,
                AfterEffect = true,
            }
        );

        var posting = running.CardAsync(channel);
        var card = await RunningNewsroom.UntilAsync(() => NewestAsync(running, channel));
        await running
            .Server.Human("Kofi")
            .SayAsync(channel, "First!", ulong.Parse(card, CultureInfo.InvariantCulture), Token);
        await posting;

        await running.UntilCommentsAsync(1);
        Assert.Equal(["First!"], await running.WordsAsync("SELECT body FROM comment"));
    }

    [Fact]
    public async Task A_reply_that_overtakes_what_it_answers_finds_its_place()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.Server.Human("Kofi").SayAsync(channel, "Opens the thread", card, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);

        running.Server.Gateway.Faults.Add(GatewayFaultKind.Reorder);
        var first = await running.Server.Human("Kofi").SayAsync(channel, "First", card, Token);
        await running.Server.Human("Tomasz").SayAsync(channel, "Answer", first, Token);

        await running.UntilCommentsAsync(3);
        Assert.Equal(
            ["1 0 Opens the thread", "2 0 First", "3 2 Answer"],
            await running.WordsAsync("SELECT number || ' ' || parent || ' ' || body FROM comment ORDER BY number")
        );
    }

    [Fact]
    public async Task A_reply_to_what_was_deleted_before_it_was_told_answers_the_story_and_stays_there()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var (replies, deleted) = await ThreadAsync(running);
        var answer = deleted with
        {
            Id = new Snowflake(deleted.Id.Value + 1),
            Content = "Answer",
            MessageReference = new MessageReference(deleted.Id, deleted.ChannelId),
        };

        await replies.TakeAsync(answer, isReadAnew: true, Token);
        await replies.TakeAsync(deleted, isReadAnew: false, Token);
        await replies.DeleteAsync(deleted.ChannelId, [deleted.Id], Token);

        Assert.Equal(
            ["2 0 visible Answer", "3 0 deleted "],
            await running.WordsAsync(
                "SELECT number || ' ' || parent || ' ' || state || ' ' || body FROM comment WHERE number > 1 ORDER BY number"
            )
        );
    }

    [Fact]
    public async Task A_reply_to_a_reply_to_what_nobody_told_waits_until_the_history_was_read()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var (replies, first) = await ThreadAsync(running);
        var second = first with
        {
            Id = new Snowflake(first.Id.Value + 1),
            Content = "Second",
            MessageReference = new MessageReference(first.Id, first.ChannelId),
        };
        var third = first with
        {
            Id = new Snowflake(first.Id.Value + 2),
            Content = "Third",
            MessageReference = new MessageReference(second.Id, first.ChannelId),
            ReferencedMessage = second,
        };

        await Assert.ThrowsAsync<ReplyTooEarlyException>(() => replies.TakeAsync(third, isReadAnew: false, Token));
        foreach (var message in (Message[])[first, second, third])
        {
            await replies.TakeAsync(message, isReadAnew: true, Token);
        }

        Assert.Equal(
            ["2 0 First", "3 2 Second", "4 3 Third"],
            await running.WordsAsync(
                "SELECT number || ' ' || parent || ' ' || body FROM comment WHERE number > 1 ORDER BY number"
            )
        );
    }

    [Fact]
    public async Task What_people_answer_each_other_in_a_channel_about_something_else_is_left()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var (replies, first) = await ThreadAsync(running);
        var channel = new Snowflake(running.Server.Channels.Text);
        var second = first with
        {
            Id = new Snowflake(first.Id.Value + 1),
            ChannelId = channel,
            MessageReference = new MessageReference(first.Id, channel),
        };
        var third = second with
        {
            Id = new Snowflake(first.Id.Value + 2),
            MessageReference = new MessageReference(second.Id, channel),
            ReferencedMessage = second,
        };

        await replies.TakeAsync(third, isReadAnew: false, Token);

        Assert.Equal(["1"], await running.WordsAsync("SELECT CAST(number AS TEXT) FROM comment"));
    }

    [Fact]
    public async Task The_same_message_told_again_changes_nothing()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var id = await running.Server.Human("Kofi").SayAsync(channel, "Once", card, Token);
        await running.UntilCommentsAsync(1);
        var message = await running
            .Newsroom.Services.GetRequiredService<DiscordRest>()
            .GetMessageAsync(new Snowflake(channel), new Snowflake(id), Token);
        var replies = running.Newsroom.Services.GetRequiredService<DiscordReplies>();

        await replies.TakeAsync(message, isReadAnew: false, Token);
        await replies.DeleteAsync(message.ChannelId, [message.Id], Token);
        await replies.DeleteAsync(message.ChannelId, [message.Id], Token);
        await replies.TakeAsync(message with { EditedTimestamp = message.Timestamp }, isReadAnew: true, Token);

        Assert.Equal(
            ["1 deleted "],
            await running.WordsAsync("SELECT number || ' ' || state || ' ' || body FROM comment")
        );
        Assert.Equal(1, await running.NumberAsync("SELECT COUNT(*) FROM comment_event WHERE kind = 'delete'"));
        Assert.Equal(0, await running.NumberAsync("SELECT comment_count FROM story"));
    }

    [Fact]
    public async Task Who_is_muted_or_has_opted_out_writes_no_comments()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.Server.Human("Kofi").SayAsync(channel, "One", card, Token);
        await running.Server.Human("Inês").SayAsync(channel, "Two", card, Token);
        await running.UntilCommentsAsync(2);
        await running.RunAsync("UPDATE member SET muted_until = 9000000000000 WHERE name = 'Kofi'");
        await running.RunAsync("UPDATE member SET opted_out_at = 1 WHERE name = 'Inês'");

        await running.Server.Human("Kofi").SayAsync(channel, "Muted", card, Token);
        await running.Server.Human("Inês").SayAsync(channel, "Opted out", card, Token);
        await running.Server.Human("Marguerite").SayAsync(channel, "Three", card, Token);

        await running.UntilCommentsAsync(3);
        Assert.Equal(["One", "Two", "Three"], await running.WordsAsync("SELECT body FROM comment ORDER BY number"));
        Assert.Equal(1, await running.NumberAsync("SELECT COUNT(*) FROM private_message WHERE cause LIKE 'muted:%'"));
    }

    [Fact]
    public async Task Who_answers_a_digest_is_told_privately_which_stories_there_are()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.RunAsync(
            """
            INSERT INTO digest (id, channel_id, due_at, since, title, subtitle) SELECT 5, id, 1, 0, 'Digest', '' FROM channel;
            INSERT INTO digest_story (digest_id, story_id, rank, is_card) SELECT 5, id, 0, 1 FROM story;
            UPDATE post SET subject = 'digest:5' WHERE operation = 'create';
            """
        );

        await running.Server.Human("Kofi").SayAsync(channel, "Interesting", card, Token);
        await running.Server.Human("Kofi").SayAsync(channel, "Very", card, Token);

        await running.UntilAsync("SELECT COUNT(*) FROM private_message WHERE cause = 'digest:5'", 1);
        Assert.Contains(
            "Harbour bridge opens",
            await running.WordAsync("SELECT body FROM private_message"),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await running.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task A_channel_that_turns_private_is_not_published_any_more()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.RunAsync("UPDATE channel SET publication = 'public'");
        await running.Server.Human("Kofi").SayAsync(channel, "In public", card, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE visibility = 'public'", 1);

        running.Server.Driver.SetPermissions(channel, 0, (ulong)Permissions.ViewChannel, running.Server.GuildId);

        await running.UntilAsync("SELECT COUNT(*) FROM channel WHERE publication = 'off'", 1);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE visibility = 'off'", 1);
    }

    [Fact]
    public async Task A_thread_deleted_while_the_bot_was_away_hides_its_comments_and_lost_access_hides_none()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var (_, other) = await running.CardAsync(
            running.Server.Channels.Announcement,
            ChannelType.Announcement,
            "Tram"
        );
        await SayInThreadAsync(running, channel, card, 1);
        await SayInThreadAsync(running, running.Server.Channels.Announcement, other, 2);
        running.Server.Gateway.ResumeWithin = TimeSpan.Zero;

        await running.Newsroom.RestartAsync(() =>
        {
            running.Server.Driver.DeleteChannel(card);
            running.Server.Driver.SetPermissions(
                running.Server.Channels.Announcement,
                0,
                (ulong)Permissions.ViewChannel
            );
            return Task.CompletedTask;
        });

        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'gone'", 1);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE hidden_by = 'thread'", 1);
        Assert.Equal(3, await running.NumberAsync("SELECT COUNT(*) FROM comment WHERE state = 'visible'"));
    }

    private static async Task SayInThreadAsync(ConnectedNewsroom running, ulong channel, ulong card, int threads)
    {
        await running.Server.Human("Kofi").SayAsync(channel, "Beside the card", card, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", threads);
        await running.Server.Human("Kofi").SayAsync(card, "In the thread", null, Token);
        await running.UntilCommentsAsync(threads * 2);
    }

    private static async Task<string?> NewestAsync(ConnectedNewsroom running, ulong channel)
    {
        var page = await running
            .Newsroom.Services.GetRequiredService<DiscordRest>()
            .GetMessagesAsync(new Snowflake(channel), HistoryRange.Newest, 1, Token);
        return page is [var message] ? message.Id.ToString() : null;
    }

    // A card's thread in which #1 is said, and what may be said in it next.
    private static async Task<(DiscordReplies Replies, Message Next)> ThreadAsync(ConnectedNewsroom running)
    {
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var id = await running.Server.Human("Kofi").SayAsync(channel, "Opens the thread", card, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);
        var opening = await running
            .Newsroom.Services.GetRequiredService<DiscordRest>()
            .GetMessageAsync(new Snowflake(channel), new Snowflake(id), Token);
        var next = opening with
        {
            Id = new Snowflake(id + 1),
            ChannelId = new Snowflake(card),
            Content = "First",
            MessageReference = null,
            ReferencedMessage = null,
        };
        return (running.Newsroom.Services.GetRequiredService<DiscordReplies>(), next);
    }
}
