using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>What people do in Slack, and what becomes of it here.</summary>
public sealed class SlackListenerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_in_the_thread_of_a_card_is_a_comment_with_its_authors_name()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);

        await room.Slack.Human("Tomasz").SayAsync(channel, "Finally &amp; at last", card, Token);

        await room.Newsroom.UntilCommentsAsync(1);
        Assert.Equal("1 0 Tomek Finally \\& at last", await CommentAsync(room));
    }

    [Fact]
    public async Task An_edited_reply_says_what_it_says_now_and_a_deleted_one_nothing()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Kofi");

        var edited = await human.SayAsync(channel, "Frist", card, Token);
        var deleted = await human.SayAsync(channel, "Wrong room", card, Token);
        await human.EditAsync(channel, edited, "Fist", Token);
        await human.EditAsync(channel, edited, "First", Token);
        room.Slack.Driver.Unfurl(channel, edited, "https://news.example/a", "A preview");
        await human.DeleteAsync(channel, deleted, Token);

        await room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM comment WHERE body = 'First' AND edited_at IS NOT NULL",
            1
        );
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted' AND body = ''", 1);
        Assert.Equal("1", await room.Newsroom.WordAsync("SELECT comment_count FROM story"));
    }

    [Fact]
    public async Task What_answers_nothing_of_ours_is_no_comment()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Tomasz");

        var chatter = await human.SayAsync(channel, "Lunch?", null, Token);
        await human.SayAsync(channel, "Yes", chatter, Token);
        await human.SayAsync(channel, "Nice bridge", card, Token);

        await room.Newsroom.UntilCommentsAsync(1);
        Assert.Equal(["Nice bridge"], await room.Newsroom.WordsAsync("SELECT body FROM comment"));
    }

    [Fact]
    public async Task A_number_or_the_link_of_a_message_says_which_comment_is_answered()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var first = await room.Slack.Human("Inês").SayAsync(channel, "Finally", card, Token);
        await room.Newsroom.UntilCommentsAsync(1);
        var link =
            $"https://desk.slack.com/archives/{channel}/p{first.Replace(".", "", StringComparison.Ordinal)}?thread_ts={card}&amp;cid={channel}";

        await room.Slack.Human("Kofi").SayAsync(channel, "#1 Indeed", card, Token);
        await room.Slack.Human("Kofi").SayAsync(channel, "&gt;&gt;1 Really", card, Token);
        await room.Slack.Human("Kofi").SayAsync(channel, $"<{link}> I said so", card, Token);
        await room.Slack.Human("Kofi").SayAsync(channel, "#9 Nobody", card, Token);

        await room.Newsroom.UntilCommentsAsync(5);
        Assert.Equal(
            ["0", "1", "1", "1", "0"],
            await room.Newsroom.WordsAsync("SELECT parent FROM comment ORDER BY number")
        );
        Assert.Equal(
            ["Indeed", "Really"],
            await room.Newsroom.WordsAsync("SELECT body FROM comment WHERE number IN (2, 3) ORDER BY number")
        );
    }

    [Fact]
    public async Task Broadcasts_files_and_actions_of_people_are_taken_and_messages_of_bots_are_not()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("saga_w");

        await human.BroadcastAsync(channel, "For everybody", card, Token);
        await human.ShareFileAsync(channel, "See this", "notes.txt", "words"u8.ToArray(), card, Token);

        await room.Newsroom.UntilCommentsAsync(2);
        await room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM attachment WHERE name = 'notes.txt' AND state = 'named'",
            1
        );
        Assert.Equal(
            ["For everybody", "See this"],
            await room.Newsroom.WordsAsync("SELECT body FROM comment ORDER BY number")
        );
    }

    [Fact]
    public async Task Reactions_are_counted_whatever_the_tone_of_the_skin_and_taken_back()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var comment = await room.Slack.Human("Inês").SayAsync(channel, "Finally", card, Token);

        await room.Slack.Human("Kofi").ReactAsync(channel, comment, "thumbsup", Token);
        await room.Slack.Human("Tomasz").ReactAsync(channel, comment, "+1::skin-tone-3", Token);
        await room.Newsroom.UntilAsync("SELECT COALESCE(json_extract(reactions, '$[0].count'), 0) FROM comment", 2);
        await room.Slack.Human("Kofi").UnreactAsync(channel, comment, "thumbsup", Token);

        await room.Newsroom.UntilAsync("SELECT COALESCE(json_extract(reactions, '$[0].count'), 0) FROM comment", 1);
        Assert.Equal("👍", await room.Newsroom.WordAsync("SELECT json_extract(reactions, '$[0].emoji') FROM comment"));
    }

    [Fact]
    public async Task Who_reacts_to_a_card_counts_once_and_no_more_when_they_take_it_back()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);

        await room.Slack.Human("Kofi").ReactAsync(channel, card, "thumbsup", Token);
        await room.Slack.Human("Kofi").ReactAsync(channel, card, "tada", Token);
        await room.Slack.Human("Tomasz").ReactAsync(channel, card, "+1::skin-tone-3", Token);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM card_reaction", 3);
        Assert.Equal("2", await room.Newsroom.WordAsync("SELECT COUNT(DISTINCT user_hash) FROM card_reaction"));

        await room.Slack.Human("Tomasz").UnreactAsync(channel, card, "+1::skin-tone-3", Token);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM card_reaction", 2);
        Assert.Equal("1", await room.Newsroom.WordAsync("SELECT COUNT(DISTINCT user_hash) FROM card_reaction"));
    }

    [Fact]
    public async Task A_closed_discussion_takes_no_reply_and_its_writer_is_told_once()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        await room.Newsroom.RunAsync("UPDATE story SET locked_at = 1");

        await room.Slack.Human("Kofi").SayAsync(channel, "Too late", card, Token);
        await room.Slack.Human("Kofi").SayAsync(channel, "Still too late", card, Token);

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM private_message WHERE cause LIKE 'closed:%'", 1);
        Assert.Equal("0", await room.Newsroom.WordAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task People_and_channels_that_are_mentioned_have_names()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var other = room.Slack.Human("Kofi").Id;

        await room
            .Slack.Human("Inês")
            .SayAsync(
                channel,
                $"<@{other}> look at <#{channel}> not <#{room.Slack.Channels.Private}> :tada:",
                card,
                Token
            );

        await room.Newsroom.UntilCommentsAsync(1);
        Assert.Equal(
            "@Kofi look at #news not #a-channel 🎉",
            await room.Newsroom.WordAsync("SELECT body FROM comment")
        );
    }

    [Fact]
    public async Task An_event_told_twice_counts_once_and_a_lost_acknowledgement_loses_nothing()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.Duplicate) { Event = "message" });
        room.Slack.Faults.Add(new FakeFaultRule(FakeFaultKind.LoseAck) { Event = "message" });

        await room.Slack.Human("Kofi").SayAsync(channel, "Once", card, Token);
        await room.Slack.Human("Kofi").SayAsync(channel, "Also once", card, Token);

        await room.Newsroom.UntilCommentsAsync(2);
        Assert.Equal(["Once", "Also once"], await room.Newsroom.WordsAsync("SELECT body FROM comment ORDER BY number"));
    }

    private static Task<string?> CommentAsync(SlackNewsroom room) =>
        room.Newsroom.WordAsync(
            "SELECT number || ' ' || parent || ' ' || author_name || ' ' || body FROM comment LIMIT 1"
        );
}
