using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Discord.Listening;

/// <summary>What people do in Discord, and what becomes of it here.</summary>
public sealed class DiscordListenerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edited_reply_says_what_it_says_now_and_a_deleted_one_nothing()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var human = running.Server.Human("Kofi");

        var edited = await human.SayAsync(channel, "Frist", card, Token);
        var deleted = await human.SayAsync(channel, "Wrong room", card, Token);
        await human.EditAsync(channel, edited, "First", Token);
        running.Server.Driver.Retell(channel, edited);
        await human.DeleteAsync(channel, deleted, Token);

        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE body = 'First' AND edited_at IS NOT NULL", 1);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted' AND body = ''", 1);
        Assert.Equal("1", await running.WordAsync("SELECT comment_count FROM story"));
    }

    [Fact]
    public async Task What_answers_nothing_of_ours_is_no_comment()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var human = running.Server.Human("Tomasz");

        var chatter = await human.SayAsync(channel, "Lunch?", null, Token);
        await human.SayAsync(channel, "Yes", chatter, Token);
        await human.SayAsync(channel, "Nice bridge", card, Token);

        await running.UntilCommentsAsync(1);
        Assert.Equal(["Nice bridge"], await running.WordsAsync("SELECT body FROM comment"));
    }

    [Fact]
    public async Task The_first_reply_to_a_card_opens_its_thread_and_what_is_written_there_is_taken()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);

        await running.Server.Human("Inês").SayAsync(channel, "Finally", card, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);
        await running.Server.Human("Kofi").SayAsync(card, "#1 Indeed", null, Token);

        await running.UntilCommentsAsync(2);
        Assert.Equal(
            ["1 0 Finally", "2 1 Indeed"],
            await running.WordsAsync("SELECT number || ' ' || parent || ' ' || body FROM comment ORDER BY number")
        );
    }

    [Fact]
    public async Task A_post_of_a_forum_collects_what_is_written_in_it()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var (_, card) = await running.CardAsync(running.Server.Channels.Forum, ChannelType.Forum);

        var first = await running.Server.Human("Inês").SayAsync(card, "A forum post", null, Token);
        await running.UntilCommentsAsync(1);
        await running.Server.Human("Kofi").SayAsync(card, "And an answer", first, Token);

        await running.UntilCommentsAsync(2);
        Assert.Equal(["0", "1"], await running.WordsAsync("SELECT parent FROM comment ORDER BY number"));
    }

    [Fact]
    public async Task Reactions_are_counted_and_taken_back()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var comment = await running.Server.Human("Inês").SayAsync(channel, "Finally", card, Token);
        await running.UntilCommentsAsync(1);

        await running.Server.Human("Kofi").ReactAsync(channel, comment, "👍", Token);
        await running.Server.Human("Tomasz").ReactAsync(channel, comment, "👍", Token);
        await running.UntilAsync("SELECT COALESCE(json_extract(reactions, '$[0].count'), 0) FROM comment", 2);
        await running.Server.Human("Kofi").UnreactAsync(channel, comment, "👍", Token);

        await running.UntilAsync("SELECT COALESCE(json_extract(reactions, '$[0].count'), 0) FROM comment", 1);
    }

    [Fact]
    public async Task Who_reacts_to_a_card_counts_once_until_they_take_all_of_it_back_and_the_bot_never()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        const string People = "SELECT COUNT(DISTINCT user_hash) FROM card_reaction";
        const string All = "SELECT COUNT(*) FROM card_reaction";

        using var bot = new HttpClient(DiscordRest.CreateHandler());
        using var put = new HttpRequestMessage(
            HttpMethod.Put,
            $"{running.Server.ApiBaseUrl}/channels/{channel}/messages/{card}/reactions/%F0%9F%91%8D/@me"
        );
        put.Headers.Authorization = new AuthenticationHeaderValue("Bot", running.Server.BotToken);
        put.Headers.UserAgent.ParseAdd("DiscordBot (https://news.example, 1)");
        using var done = await bot.SendAsync(put, Token);
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        await running.Server.Human("Kofi").ReactAsync(channel, card, "👍", Token);
        await running.Server.Human("Kofi").ReactAsync(channel, card, "🎉", Token);
        await running.Server.Human("Tomasz").ReactAsync(channel, card, "👍", Token);
        await running.UntilAsync(All, 3);
        Assert.Equal(2, await running.NumberAsync(People));

        await running.Server.Human("Kofi").UnreactAsync(channel, card, "👍", Token);
        await running.UntilAsync(All, 2);
        Assert.Equal(2, await running.NumberAsync(People));
        await running.Server.Human("Kofi").UnreactAsync(channel, card, "🎉", Token);
        await running.UntilAsync(All, 1);

        var kofi = running.Server.Human("Kofi").Id.ToString(CultureInfo.InvariantCulture);
        Assert.DoesNotContain(
            await running.WordsAsync("SELECT user_hash FROM card_reaction"),
            hash => hash.Contains(kofi)
        );
        Assert.Equal(0, await running.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task A_reaction_that_comes_while_its_message_is_read_anew_is_counted_once()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var comment = await running.Server.Human("Inês").SayAsync(channel, "Finally", card, Token);
        await running.UntilCommentsAsync(1);
        var rereads = running.Newsroom.Services.GetRequiredKeyedService<ChatRereads>(ChatRereads.Discord);

        rereads.SetReading(true);
        await running.Server.Human("Kofi").ReactAsync(channel, comment, "👍", Token);
        await running.UntilAsync("SELECT COUNT(*) FROM reaction", 1);
        // As if the message had been read a moment before.
        await running.RunAsync("DELETE FROM reaction");
        await running.RunAsync("UPDATE comment SET reactions = '[]'");
        rereads.SetReading(false);

        await running.UntilAsync("SELECT COALESCE(json_extract(reactions, '$[0].count'), 0) FROM comment", 1);
    }

    [Fact]
    public async Task After_a_restart_that_continues_the_session_the_bot_knows_its_own_messages()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        await running.UntilAsync("SELECT COUNT(*) FROM gateway_session", 1);

        await running.Newsroom.RestartAsync();

        var tracking = running.Newsroom.Services.GetRequiredService<DiscordTracking>();
        await RunningNewsroom.UntilAsync(() => Task.FromResult(tracking.Self.Value == 0 ? null : tracking));
        Assert.Equal(running.Server.BotUserId, tracking.Self.Value);
    }

    [Fact]
    public async Task A_post_of_a_forum_that_was_found_again_after_a_restart_collects_what_is_written_in_it()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var (_, card) = await running.CardAsync(running.Server.Channels.Forum, ChannelType.Forum);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE caught_up_at IS NOT NULL", 1);

        await running.Newsroom.RestartAsync(async () =>
        {
            // As if it had ended before the answer to the posting of the card came.
            await running.RunAsync("DELETE FROM thread");
            await running.RunAsync("UPDATE post SET state = 'waiting', message_id = NULL, attempts = 1");
        });
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE caught_up_at IS NOT NULL", 1);
        var reply = await running.Server.Human("Kofi").SayAsync(card, "A forum post", null, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'visible'", 1);
        await running.Server.Human("Kofi").DeleteAsync(card, reply, Token);

        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted'", 1);
    }

    [Fact]
    public async Task A_closed_discussion_takes_no_reply_and_its_writer_is_told_once()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.RunAsync("UPDATE story SET locked_at = 1");

        await running.Server.Human("Kofi").SayAsync(channel, "Too late", card, Token);
        await running.Server.Human("Kofi").SayAsync(channel, "Still too late", card, Token);

        await running.UntilAsync("SELECT COUNT(*) FROM private_message WHERE cause LIKE 'closed:%'", 1);
        Assert.Equal("0", await running.WordAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task A_deleted_thread_hides_what_was_written_there_and_deletes_nothing()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.Server.Human("Inês").SayAsync(channel, "In the channel", card, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);
        await running.Server.Human("Kofi").SayAsync(card, "In the thread", null, Token);
        await running.UntilCommentsAsync(2);

        running.Server.Driver.DeleteChannel(card);

        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE hidden_by = 'thread'", 1);
        Assert.Equal(
            ["visible In the channel", "hidden In the thread"],
            await running.WordsAsync("SELECT state || ' ' || body FROM comment ORDER BY number")
        );
        Assert.Equal("1", await running.WordAsync("SELECT comment_count FROM story"));
    }

    [Fact]
    public async Task An_outage_changes_nothing_a_removal_hides_all_and_a_return_shows_it_again_with_what_was_missed()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.Server.Human("Inês").SayAsync(channel, "Finally", card, Token);
        await running.UntilCommentsAsync(1);

        running.Server.Driver.SetOutage(true);
        running.Server.Driver.SetOutage(false);
        running.Server.Driver.RemoveBot();
        await running.UntilAsync("SELECT COUNT(*) FROM workspace WHERE removed_at IS NOT NULL", 1);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'visible'", 0);
        await running.Server.Human("Inês").SayAsync(channel, "Where is the bot?", card, Token);
        running.Server.Driver.InviteBot();

        await running.UntilAsync("SELECT COUNT(*) FROM workspace WHERE removed_at IS NULL AND platform = 'discord'", 1);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'visible'", 2);
    }

    [Fact]
    public async Task What_was_written_edited_and_deleted_while_the_bot_was_away_is_caught_up_with()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var human = running.Server.Human("Inês");
        await human.SayAsync(channel, "One", card, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);
        var edited = await human.SayAsync(card, "Tow", null, Token);
        var deleted = await human.SayAsync(card, "Three", null, Token);
        await running.UntilCommentsAsync(3);
        running.Server.Gateway.ResumeWithin = TimeSpan.Zero;

        await running.Newsroom.RestartAsync(async () =>
        {
            await human.EditAsync(card, edited, "Two", Token);
            await human.DeleteAsync(card, deleted, Token);
            await human.SayAsync(channel, "Four", card, Token);
            await human.SayAsync(card, "Five", null, Token);
        });

        await running.UntilCommentsAsync(5);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE caught_up_at IS NULL", 0);
        Assert.Equal(
            ["1 visible One", "2 visible Two", "3 deleted ", "4 visible Four", "5 visible Five"],
            await running.WordsAsync("SELECT number || ' ' || state || ' ' || body FROM comment ORDER BY number")
        );
    }

    [Fact]
    public async Task A_guild_left_while_the_bot_was_away_is_hidden_as_soon_as_it_is_back()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.Server.Human("Inês").SayAsync(channel, "Finally", card, Token);
        await running.UntilCommentsAsync(1);
        running.Server.Gateway.ResumeWithin = TimeSpan.Zero;

        await running.Newsroom.RestartAsync(() =>
        {
            running.Server.Driver.RemoveBot();
            return Task.CompletedTask;
        });

        await running.UntilAsync("SELECT COUNT(*) FROM workspace WHERE removed_at IS NOT NULL", 1);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE hidden_by = 'workspace'", 1);
    }
}
