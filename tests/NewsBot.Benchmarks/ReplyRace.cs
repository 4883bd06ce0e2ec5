using System.Globalization;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Benchmarks;

/// <summary>From a reply written at a fake platform to having read it on the story page.</summary>
internal static class ReplyRace
{
    private const int WarmUp = 40;

    // With those before them they fit on the first page of the discussion.
    private const int Replies = 100;

    /// <param name="platform">As it is printed.</param>
    /// <param name="newsroom">The program that shows the page.</param>
    /// <param name="story">The story that is answered.</param>
    /// <param name="sayAsync">Answers its card.</param>
    public static async Task RunAsync(
        string platform,
        RunningNewsroom newsroom,
        long story,
        Func<string, Task> sayAsync
    )
    {
        var page = new Uri(string.Create(CultureInfo.InvariantCulture, $"/stories/{story}-story"), UriKind.Relative);
        await Measured.OfAsync(WarmUp, round => ReplyAsync($"warm-up-{round}."));
        var read = await Measured.OfAsync(Replies, _ => newsroom.Http.GetStringAsync(page));
        var reply = await Measured.OfAsync(Replies, round => ReplyAsync($"measured-{round}."));

        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{platform} reply: {Replies} replies, from writing there to the comment on the page: median {reply.Median:0.0} ms, 95th percentile {reply.Percentile95:0.0} ms (target 250 ms; reading the page alone: {read})"
            )
        );

        async Task ReplyAsync(string text)
        {
            await sayAsync(text);
            while (!(await newsroom.Http.GetStringAsync(page)).Contains(text, StringComparison.Ordinal)) { }
        }
    }
}
