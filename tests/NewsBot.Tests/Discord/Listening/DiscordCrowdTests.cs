namespace NewsBot.Tests.Discord.Listening;

/// <summary>Many at once, and what moderators of Discord do.</summary>
public sealed class DiscordCrowdTests
{
    private const int Flood = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flood_of_replies_becomes_as_many_comments_numbered_without_a_gap()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        string[] names = ["Inês", "Tomasz", "saga_w", "Kofi", "Marguerite", "ליאור"];

        await Task.WhenAll(
            names.Select(
                async (name, place) =>
                {
                    var human = running.Server.Human(name);
                    for (var number = place; number < Flood; number += names.Length)
                    {
                        await human.SayAsync(channel, $"Reply {number}", card, Token);
                    }
                }
            )
        );

        await running.UntilCommentsAsync(Flood);
        Assert.Equal(Flood, await running.NumberAsync("SELECT COUNT(DISTINCT body) FROM comment"));
        Assert.Equal(Flood, await running.NumberAsync("SELECT MAX(number) - MIN(number) + 1 FROM comment"));
        Assert.Equal(0, await running.NumberAsync("SELECT COUNT(*) FROM comment WHERE parent <> 0"));
    }

    [Fact]
    public async Task What_a_moderator_deletes_in_bulk_leaves_numbers_and_nothing_else()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var human = running.Server.Human("Kofi");
        List<ulong> replies = [];
        foreach (var text in (string[])["One", "Two", "Three"])
        {
            replies.Add(await human.SayAsync(channel, text, card, Token));
        }

        await running.UntilCommentsAsync(3);
        running.Server.Driver.BulkDelete(channel, replies[0], replies[2]);

        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted' AND body = ''", 2);
        Assert.Equal(
            ["1 deleted ", "2 visible Two", "3 deleted "],
            await running.WordsAsync("SELECT number || ' ' || state || ' ' || body FROM comment ORDER BY number")
        );
    }

    [Fact]
    public async Task What_somebody_wrote_before_a_ban_stays_and_a_lifted_ban_is_forgotten()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        await running.Server.Human("Kofi").SayAsync(channel, "Before", card, Token);
        await running.UntilCommentsAsync(1);

        running.Server.Driver.Ban("Kofi");
        await running.UntilAsync("SELECT COUNT(*) FROM identity WHERE banned_at IS NOT NULL", 1);
        running.Server.Driver.Ban("Kofi", banned: false);

        await running.UntilAsync("SELECT COUNT(*) FROM identity WHERE banned_at IS NOT NULL", 0);
        Assert.Equal(["visible Before"], await running.WordsAsync("SELECT state || ' ' || body FROM comment"));
    }

    [Fact]
    public async Task A_forwarded_message_stands_in_its_thread_as_a_quote()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        var human = running.Server.Human("Marguerite");
        var elsewhere = await human.SayAsync(running.Server.Channels.Announcement, "Seen *elsewhere*", null, Token);
        var thread = await human.OpenThreadAsync(channel, card, "A thread of people", Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);

        await human.ForwardAsync(thread, running.Server.Channels.Announcement, elsewhere, Token);

        await running.UntilCommentsAsync(1);
        Assert.Equal(["*(forwarded)*\n\n> Seen *elsewhere*"], await running.WordsAsync("SELECT body FROM comment"));
    }
}
