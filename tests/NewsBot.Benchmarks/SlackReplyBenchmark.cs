using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Benchmarks;

/// <summary>From a reply written in a fake Slack to having read it on the story page.</summary>
internal static class SlackReplyBenchmark
{
    public static async Task RunAsync()
    {
        await using var room = await SlackNewsroom.StartAsync(new FakeSlackOptions());
        var place = room.Slack.Driver.AddChannel("replies", withBot: true);
        var (story, card) = await room.CardAsync(place, "A story that people answer");
        var human = room.Slack.Human("Kofi");

        await ReplyRace.RunAsync(
            "slack",
            room.Newsroom,
            story,
            text => human.SayAsync(place, text, card, CancellationToken.None)
        );
    }
}
