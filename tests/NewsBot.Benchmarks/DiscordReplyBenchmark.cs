using System.Globalization;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Benchmarks;

/// <summary>From a reply written in a fake Discord to having read it on the story page.</summary>
internal static class DiscordReplyBenchmark
{
    private const int WarmUp = 40;

    // With those before them they fit on the first page of the discussion.
    private const int Replies = 100;

    public static async Task RunAsync()
    {
        await using var room = await DiscordNewsroom.StartAsync(new FakeDiscordOptions());
        var channel = await room.ChannelAsync(room.Discord.Channels.Text);
        var story = await room.StoryAsync("A story that people answer", channel);
        var card = (await room.CardsAsync(story))[0];
        var page = $"/stories/{story}-story";
        var human = room.Discord.Human("Kofi");

        await Measured.OfAsync(WarmUp, round => ReplyAsync($"warm-up-{round}."));
        var read = await Measured.OfAsync(Replies, _ => room.Newsroom.Http.GetStringAsync(Relative(page)));
        var reply = await Measured.OfAsync(Replies, round => ReplyAsync($"measured-{round}."));

        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"discord reply: {Replies} replies, from writing in Discord to the comment on the page: median {reply.Median:0.0} ms, 95th percentile {reply.Percentile95:0.0} ms (target 250 ms; reading the page alone: {read})"
            )
        );

        async Task ReplyAsync(string text)
        {
            await human.SayAsync(card.Channel, text, card.Message);
            while (!(await room.Newsroom.Http.GetStringAsync(Relative(page))).Contains(text, StringComparison.Ordinal))
            { }
        }
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
