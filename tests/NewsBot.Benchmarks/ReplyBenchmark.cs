using System.Globalization;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Benchmarks;

/// <summary>From sending a reply through the chat API to having read it on the story page.</summary>
internal static class ReplyBenchmark
{
    private const int WarmUp = 40;
    private const int Replies = 100;

    public static async Task RunAsync()
    {
        await using var newsroom = await RunningNewsroom.StartAsync();
        var card = await newsroom.FirstCardAsync();
        var story = card.GetProperty("storyId").GetString()!;
        var message = card.GetProperty("id").GetString()!;
        var page = $"/stories/{story}";
        using (var found = await newsroom.Http.GetAsync(new Uri(page, UriKind.Relative)))
        {
            page = found.Headers.Location?.OriginalString ?? page;
        }

        await Measured.OfAsync(WarmUp, round => ReplyAsync($"warm-up-{round}."));
        var read = await Measured.OfAsync(Replies, _ => newsroom.Http.GetStringAsync(new Uri(page, UriKind.Relative)));
        var reply = await Measured.OfAsync(Replies, round => ReplyAsync($"measured-{round}."));

        Output.Line(
            string.Create(CultureInfo.InvariantCulture, $"reply: {Replies} replies to one story, one after another")
        );
        Output.Line(
            $"  from the post to the comment on the page: {reply} (target 100 ms; reading the page alone: {read})"
        );

        async Task ReplyAsync(string text)
        {
            await newsroom.SayAsync("Inês", text, message);
            while (
                !(await newsroom.Http.GetStringAsync(new Uri(page, UriKind.Relative))).Contains(
                    text,
                    StringComparison.Ordinal
                )
            ) { }
        }
    }
}
