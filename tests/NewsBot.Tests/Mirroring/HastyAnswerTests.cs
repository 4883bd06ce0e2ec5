using NewsBot.Tests.SignIn;
using DiscordFault = NewsBot.Testing.Servers.FakeDiscord.Faults.FakeFaultRule;
using DiscordFaultKind = NewsBot.Testing.Servers.FakeDiscord.Faults.FakeFaultKind;

namespace NewsBot.Tests.Mirroring;

/// <summary>People who answer a copy before the newsroom knows that Discord has it.</summary>
public sealed class HastyAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_to_a_copy_whose_own_answer_was_lost_on_the_way_is_taken_all_the_same()
    {
        await using var rig = await SignInRig.StartLocalAsync();
        var story = await rig.StoryAsync();
        var thread = (await rig.Rooms.Discord.CardsAsync(story.Id))[0].Message;
        var card = (await rig.Rooms.Slack.CardsAsync(story.Id))[0].Ts;
        await rig.Slack.Human("saga_w").SayAsync(rig.Slack.Channels.Public, "Who pays?", card, Token);
        await CopiesAsync(rig, 1);
        await rig.Newsroom.UntilAsync(
            """
            SELECT COUNT(*) FROM thread t JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
            WHERE w.platform = 'discord' AND t.caught_up_at IS NULL
            """,
            0
        );
        rig.Discord.Faults.Add(
            new DiscordFault(DiscordFaultKind.Abort)
            {
                Method = "POST",
                Pattern = "/webhooks/",
                AfterEffect = true,
            }
        );

        await rig.Slack.Human("saga_w").SayAsync(rig.Slack.Channels.Public, "And who gains?", card, Token);
        var copy = (await CopiesAsync(rig, 2)).Max();
        await rig.Discord.Human("Kofi").SayAsync(thread, "The harbour does", copy, Token);

        await rig.Newsroom.UntilCommentsAsync(3);
        Assert.Equal("2", await rig.Newsroom.WordAsync("SELECT parent FROM comment WHERE number = 3"));

        async Task<IReadOnlyList<ulong>> CopiesAsync(SignInRig room, int count) =>
            await Testing.Newsrooms.RunningNewsroom.UntilAsync(() =>
            {
                lock (room.Discord.State.Sync)
                {
                    var copies = room.Discord.State.World.Messages.TryGetValue(thread, out var messages)
                        ? messages.Values.Where(one => one.WebhookId is not null).Select(one => one.Id).ToList()
                        : [];
                    return Task.FromResult(copies.Count == count ? copies : null);
                }
            });
    }
}
