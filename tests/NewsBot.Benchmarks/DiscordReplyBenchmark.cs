using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Benchmarks;

/// <summary>From a reply written in a fake Discord to having read it on the story page.</summary>
internal static class DiscordReplyBenchmark
{
    public static async Task RunAsync()
    {
        await using var room = await DiscordNewsroom.StartAsync(new FakeDiscordOptions());
        var channel = await room.ChannelAsync(room.Discord.Channels.Text);
        var story = await room.StoryAsync("A story that people answer", channel);
        var card = (await room.CardsAsync(story))[0];
        var human = room.Discord.Human("Kofi");

        await ReplyRace.RunAsync(
            "discord",
            room.Newsroom,
            story,
            text => human.SayAsync(card.Channel, text, card.Message)
        );
    }
}
