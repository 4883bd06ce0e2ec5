using System.Globalization;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>Many people at once, and people who are not to be heard.</summary>
public sealed class SlackCrowdTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_replies_at_once_each_stand_on_the_page_once()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        string[] names = ["Inês", "Tomasz", "saga_w", "Kofi", "Marguerite", "ליאור"];

        for (var number = 1; number <= 1_000; number++)
        {
            await room
                .Slack.Human(names[number % names.Length])
                .SayAsync(channel, string.Create(CultureInfo.InvariantCulture, $"{number:0000}"), card, Token);
        }

        await room.Newsroom.UntilCommentsAsync(1_000);
        Assert.Equal(
            Enumerable.Range(1, 1_000).Select(number => number.ToString("0000", CultureInfo.InvariantCulture)),
            await room.Newsroom.WordsAsync("SELECT body FROM comment ORDER BY body")
        );
        Assert.Equal("1000", await room.Newsroom.WordAsync("SELECT MAX(number) FROM comment"));
    }

    [Fact]
    public async Task People_whose_names_cannot_be_asked_for_at_once_get_them_later_and_are_not_held_up()
    {
        var limits = FakeLimits.Unlimited();
        limits.Tier4 = new(3, TimeSpan.FromSeconds(2));
        await using var room = await SlackNewsroom.StartAsync(new FakeSlackOptions { Limits = limits });
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        string[] names = ["Inês", "Tomasz", "saga_w", "Kofi", "Marguerite"];

        foreach (var name in names)
        {
            await room.Slack.Human(name).SayAsync(channel, "Hello", card, Token);
        }

        await room.Newsroom.UntilCommentsAsync(names.Length);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM member WHERE name = 'someone'", 0);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE author_name IS NULL", 0);
    }

    [Fact]
    public async Task Who_has_opted_out_or_is_muted_is_not_taken_and_the_muted_are_told()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        await room.Slack.Human("Kofi").SayAsync(channel, "Before", card, Token);
        await room.Slack.Human("Inês").SayAsync(channel, "Before", card, Token);
        await room.Newsroom.UntilCommentsAsync(2);
        await room.Newsroom.RunAsync("UPDATE member SET muted_until = 9000000000000 WHERE name = 'Kofi'");
        await room.Newsroom.RunAsync("UPDATE member SET opted_out_at = 1 WHERE name = 'Inês'");

        await room.Slack.Human("Kofi").SayAsync(channel, "Muted", card, Token);
        await room.Slack.Human("Inês").SayAsync(channel, "Out", card, Token);
        await room.Slack.Human("saga_w").SayAsync(channel, "In", card, Token);

        await room.Newsroom.UntilCommentsAsync(3);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM private_message WHERE cause LIKE 'muted:%'", 1);
        Assert.Equal(
            ["Before", "Before", "In"],
            await room.Newsroom.WordsAsync("SELECT body FROM comment ORDER BY number")
        );
    }

    [Fact]
    public async Task Who_answers_a_digest_is_told_once_which_stories_there_are()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (story, card) = await room.CardAsync(channel);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE message_id IS NOT NULL", 1);
        await room.Newsroom.RunAsync(
            """
            UPDATE post SET subject = 'digest:1';
            INSERT INTO digest (id, channel_id, due_at, since, title, subtitle) SELECT 1, id, 1, 0, 'Morning', '' FROM channel;
            INSERT INTO digest_story (digest_id, story_id, rank, is_card) VALUES (1, @Story, 1, 0);
            """,
            new { Story = story }
        );

        await room.Slack.Human("Kofi").SayAsync(channel, "Which one?", card, Token);
        await room.Slack.Human("Kofi").SayAsync(channel, "Hello?", card, Token);

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM private_message WHERE cause = 'digest:1'", 1);
        Assert.Contains(
            "Harbour bridge opens",
            await room.Newsroom.WordAsync("SELECT body FROM private_message"),
            StringComparison.Ordinal
        );
        Assert.Equal("0", await room.Newsroom.WordAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task A_crash_between_the_acknowledgement_and_the_page_loses_nothing()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE message_id IS NOT NULL", 1);
        var kofi = room.Slack.Human("Kofi").Id;

        // As if the process had ended right after it had stored the event.
        await room.Newsroom.RestartAsync();
        await room.Newsroom.RunAsync(
            "INSERT INTO slack_event (event_id, body, received_at) VALUES ('Ev1', @Body, unixepoch() * 1000)",
            new
            {
                Body = $$"""
                {"type":"event_callback","team_id":"{{room.Slack.TeamId}}","event_id":"Ev1","event":{"type":"message",
                "user":"{{kofi}}","text":"Kept","ts":"1900000000.000100","thread_ts":"{{card}}","channel":"{{channel}}","channel_type":"channel"} }
                """,
            }
        );

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM slack_event WHERE event_id = 'Ev1' AND body IS NULL", 1);
        Assert.Equal("1", await room.Newsroom.WordAsync("SELECT COUNT(*) FROM comment"));
    }
}
