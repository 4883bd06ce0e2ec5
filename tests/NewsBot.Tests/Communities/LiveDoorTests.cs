using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Communities;

/// <summary>
/// A guild and a team are two communities of one server, become one by a code, and part. In their chats people ask with
/// numbers, buttons and words that are the other side's.
/// </summary>
public sealed class LiveDoorTests
{
    private const string Members = """
        INSERT INTO word (community_id, word, added_by, created_at)
        SELECT community_id, @Word || 'forbidden', 'member-0', 0 FROM channel WHERE id = @Channel
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_crosses_by_a_button_a_menu_a_number_or_a_suggestion_unless_both_are_one()
    {
        await using var rooms = await StartAsync();
        var (amber, cobalt) = await OpenAsync(rooms);

        await NothingCrossesAsync(rooms, amber, cobalt);
        await NothingCrossesAsync(rooms, cobalt, amber);

        var code = (await amber.AskAsync("community link")).Split('`')[1];
        await cobalt.DoAsync($"community link {code}");
        Assert.Equal(2, await SidesAsync(rooms, amber, cobalt));
        await rooms.MirrorAsync(amber.Channel, cobalt.Channel);
        await CrossesAsync(amber, cobalt);
        await CrossesAsync(cobalt, amber);
        var shared = await ShareAsync(rooms, amber, cobalt);

        await cobalt.DoAsync("community unlink");
        Assert.Equal(1, await SidesAsync(rooms, amber, cobalt));
        await rooms.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state = 'waiting' AND priority <= 0", 0);
        await NothingCrossesAsync(rooms, amber, cobalt);
        await NothingCrossesAsync(rooms, cobalt, amber);
        foreach (var (side, other) in new[] { (amber, cobalt), (cobalt, amber) })
        {
            var opened = await side.PressAsync("discuss", Text(shared));
            Assert.DoesNotContain("not here any more", opened, StringComparison.Ordinal);
            Assert.DoesNotContain(other.Word, opened, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(other.Word, side.Everything(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.NotEmpty(rooms.Newsroom.Log.Lines);
        Assert.All(
            rooms.Newsroom.Log.Lines,
            line =>
            {
                Assert.DoesNotContain("Amber", line, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("Cobalt", line, StringComparison.OrdinalIgnoreCase);
            }
        );
    }

    private static async Task NothingCrossesAsync(JoinedNewsroom rooms, ILiveSide side, ILiveSide other)
    {
        var (own, theirs) = (Text(side.Story), Text(other.Story));
        List<(string Asked, string Answer)> answers = [("suggestions", await side.SuggestionsAsync())];
        Assert.Contains(side.Word, answers[0].Answer, StringComparison.OrdinalIgnoreCase);
        foreach (
            var line in new[]
            {
                "latest",
                "search lantern",
                "top week",
                "me",
                $"story {theirs}",
                $"follow {theirs}",
                $"hide {theirs}#1",
                $"show {theirs}#1",
                $"review {theirs}#1 show",
                $"lock {theirs}",
                $"merge {own} {theirs}",
                $"takedown {theirs}",
                $"pause source-{theirs}",
                "review",
                "list",
                "status",
                "audit",
                "words list",
                "channel list",
                "export json",
            }
        )
        {
            answers.Add((line, await side.AskAsync(line)));
        }

        answers.Add(("the number of an own comment", await side.NumberAndLinkAsync()));
        Assert.Contains("#1", answers[^1].Answer, StringComparison.Ordinal);
        foreach (
            var (kind, value) in new[]
            {
                ("discuss", theirs),
                ("run", $"story {theirs}"),
                ("run", $"hide {theirs}#1"),
                ("run", $"review {theirs}#1 show"),
                ("run", $"lock {theirs}"),
                ("confirm", await WaitingCodeAsync(rooms, other)),
            }
        )
        {
            answers.Add(($"{kind} {value}", await side.PressAsync(kind, value)));
        }

        Assert.Contains("Nothing of yours waits", answers[^1].Answer, StringComparison.Ordinal);
        Assert.All(
            answers,
            one => Assert.DoesNotContain(other.Word, $"{one.Answer}", StringComparison.OrdinalIgnoreCase)
        );
        Assert.All(answers, one => Assert.NotEqual((one.Asked, ""), one));
    }

    // The same doors show what is the other side's while both are one: that they do not otherwise says something.
    private static async Task CrossesAsync(ILiveSide side, ILiveSide other)
    {
        var theirs = Text(other.Story);
        List<(string Asked, string Answer)> answers =
        [
            ("suggestions", await side.SuggestionsAsync()),
            ("run", await side.PressAsync("run", $"story {theirs}")),
            ("hide", await side.PressAsync("run", $"hide {theirs}#1")),
        ];
        foreach (var line in new[] { "latest", "search lantern", $"story {theirs}", "list", "words list" })
        {
            answers.Add((line, await side.AskAsync(line)));
        }

        Assert.All(
            answers,
            one => Assert.True(one.Answer.Contains(other.Word, StringComparison.OrdinalIgnoreCase), $"{one}")
        );
    }

    // A story in both places that both write about, with copies of it on the other side.
    private static async Task<long> ShareAsync(JoinedNewsroom rooms, ILiveSide amber, ILiveSide cobalt)
    {
        var story = await StoryAsync(rooms, "A lantern for all", "Both", amber.Channel, cobalt.Channel);
        var discord = (await rooms.Discord.CardsAsync(story))[0].Message;
        var slack = (await rooms.Slack.CardsAsync(story))[0].Ts;
        await rooms
            .Discord.Discord.Human("Amberben")
            .SayAsync(rooms.Discord.Discord.Channels.Text, "Amber sees the lantern", discord, Stop);
        await rooms
            .Slack.Slack.Human("Cobaltben")
            .SayAsync(rooms.Slack.Slack.Channels.Public, "Cobalt lit the lantern", slack, Stop);
        foreach (var (side, other) in new[] { (amber, cobalt), (cobalt, amber) })
        {
            await RunningNewsroom.UntilAsync(() =>
                Task.FromResult(
                    side.Everything().Contains($"{other.Word} ", StringComparison.OrdinalIgnoreCase) ? "yes" : null
                )
            );
        }

        return story;
    }

    // Of a change that an admin was shown and did not confirm yet.
    private static async Task<string> WaitingCodeAsync(JoinedNewsroom rooms, ILiveSide side)
    {
        await side.AskAsync("words add unheard");
        return (await rooms.Newsroom.WordAsync("SELECT code FROM pending_command ORDER BY expires_at DESC LIMIT 1"))!;
    }

    private static Task<JoinedNewsroom> StartAsync() =>
        JoinedNewsroom.StartApartAsync(
            new FakeDiscordOptions { Limits = Testing.Servers.FakeDiscord.FakeLimits.Unlimited() },
            new FakeSlackOptions { Limits = Testing.Servers.FakeSlack.FakeLimits.Unlimited() },
            "--Logging:LogLevel:NewsBot=Trace"
        );

    private static async Task<(ILiveSide Amber, ILiveSide Cobalt)> OpenAsync(JoinedNewsroom rooms)
    {
        var (guild, team) = (rooms.Discord.Discord, rooms.Slack.Slack);
        await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(guild.State.World.Commands.GetValueOrDefault(0UL)?.Count > 0 ? "yes" : null)
        );
        guild.Driver.AddHuman("Amberben");
        team.Driver.AddHuman("Cobaltben");
        var discord = await rooms.Discord.ChannelAsync(guild.Channels.Text);
        var slack = await rooms.Slack.ChannelAsync(team.Channels.Public);
        var amber = await StoryAsync(rooms, "Amber lantern in the hall", "Amber Gazette", discord);
        var cobalt = await StoryAsync(rooms, "Cobalt lantern in the hall", "Cobalt Gazette", slack);
        var discordCard = (await rooms.Discord.CardsAsync(amber))[0].Message;
        var slackCard = (await rooms.Slack.CardsAsync(cobalt))[0].Ts;
        var said = await guild
            .Human("Amberben")
            .SayAsync(guild.Channels.Text, "Amber says a lantern", discordCard, Stop);
        var also = await team.Human("Cobaltben")
            .SayAsync(team.Channels.Public, "Cobalt says a lantern", slackCard, Stop);
        await rooms.Newsroom.UntilCommentsAsync(2);
        foreach (var (word, channel) in new[] { ("Amber", discord), ("Cobalt", slack) })
        {
            await rooms.Newsroom.RunAsync(Members, new { Word = word, Channel = channel });
        }

        return (
            new LiveDiscord(rooms.Discord, discord, amber, said),
            new LiveSlack(rooms.Slack, slack, cobalt, slackCard, also)
        );
    }

    private static async Task<long> StoryAsync(
        JoinedNewsroom rooms,
        string headline,
        string source,
        params IReadOnlyList<long> channels
    )
    {
        var database = rooms.Newsroom.Services.GetRequiredService<Database>();
        var story = await database.WriteAsync(
            async connection =>
                await WrittenStory.WriteAsync(
                    connection,
                    headline,
                    headline.Length,
                    channels,
                    TimeProvider.System.GetUtcNow(),
                    await connection.ExecuteScalarAsync<long>(
                        "SELECT community_id FROM channel WHERE id = @Channel",
                        new { Channel = channels[0] }
                    ),
                    source
                ),
            Stop
        );
        rooms.Newsroom.Services.GetRequiredService<PostPump>().Wake();
        return story;
    }

    // How many of the two are in the community of the first.
    private static Task<long> SidesAsync(JoinedNewsroom rooms, ILiveSide one, ILiveSide other) =>
        rooms.Newsroom.NumberAsync(
            """
            SELECT COUNT(*) FROM channel
            WHERE id IN (@One, @Other) AND community_id = (SELECT community_id FROM channel WHERE id = @One)
            """,
            new { One = one.Channel, Other = other.Channel }
        );

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
