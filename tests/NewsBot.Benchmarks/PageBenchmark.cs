using System.Globalization;
using System.Text.RegularExpressions;
using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Benchmarks;

/// <summary>A story page with many comments: time over loopback, which is the server's time and a little more, and bytes transferred.</summary>
internal static partial class PageBenchmark
{
    private const int Comments = 1_000;
    private const int WarmUp = 300;
    private const int Requests = 200;

    public static async Task RunAsync()
    {
        await using var newsroom = await RunningNewsroom.StartAsync("--Starter:Enabled=false");
        var story = await SeedAsync(newsroom);
        var page = $"/stories/{story}";
        using (var found = await newsroom.Http.GetAsync(new Uri(page, UriKind.Relative)))
        {
            page = found.Headers.Location?.OriginalString ?? page;
        }

        await Measured.OfAsync(WarmUp, _ => GetAsync(newsroom, page, "br"));
        await Measured.OfAsync(WarmUp, _ => GetAsync(newsroom, "/healthz", ""));
        var empty = await Measured.OfAsync(Requests, _ => GetAsync(newsroom, "/healthz", ""));
        var plain = await Measured.OfAsync(Requests, _ => GetAsync(newsroom, page, ""));
        var brotli = await Measured.OfAsync(Requests, _ => GetAsync(newsroom, page, "br"));

        Output.Line(
            string.Create(CultureInfo.InvariantCulture, $"page: a story with {Comments:N0} comments, 200 a page")
        );
        Output.Line($"  uncompressed: {plain} (target 10 ms; an empty answer: {empty})");
        Output.Line($"  with brotli:  {brotli}");
        await ReportBytesAsync(newsroom, page);
    }

    /// <returns>The story's id.</returns>
    private static async Task<long> SeedAsync(RunningNewsroom newsroom)
    {
        using var builder = await NewsroomBuilder.CreateAsync(
            Path.Combine(newsroom.Folder, "newsbot.db"),
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None
        );
        var channel = builder.Channel();
        var story = builder.Story(channel, [builder.Source(), builder.Source("Harbour Post")]);
        var members = Enumerable.Range(0, 40).Select(index => builder.Member($"Member {index}")).ToList();
        // Every comment has words of its own, so that compression has something to do; a third of them answer another one.
        builder.Comments(
            Comments,
            story,
            members,
            channel,
            number => string.Join(' ', Words(number)),
            number => number % 3 == 0 ? number - 2 : 0
        );
        return story;
    }

    private static IEnumerable<string> Words(int number)
    {
        var dice = new Random(number);
        for (var word = 0; word < 10 + (number % 30); word++)
        {
            yield return string.Concat(Enumerable.Range(0, dice.Next(2, 9)).Select(_ => (char)('a' + dice.Next(26))));
        }
    }

    private static async Task ReportBytesAsync(RunningNewsroom newsroom, string page)
    {
        var html = await newsroom.Http.GetStringAsync(new Uri(page, UriKind.Relative));
        var assets = Assets().Matches(html).Select(match => match.Groups["path"].Value).Distinct().ToList();
        foreach (var encoding in (string[])["br", "gzip", ""])
        {
            var own = await GetAsync(newsroom, page, encoding);
            var rest = 0;
            foreach (var asset in assets)
            {
                rest += await GetAsync(newsroom, asset, encoding);
            }

            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  bytes {(encoding.Length > 0 ? encoding : "plain"), -5}: page {own:N0}, style and scripts {rest:N0}, together {own + rest:N0} (target 50,000)"
                )
            );
        }
    }

    private static async Task<int> GetAsync(RunningNewsroom newsroom, string path, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encoding.Length > 0)
        {
            request.Headers.AcceptEncoding.ParseAdd(encoding);
        }

        using var answer = await newsroom.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    [GeneratedRegex(
        """(?:<script[^>]* src|<link rel="?stylesheet"?[^>]* href)="?(?<path>/[^" >]+)""",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Assets();
}
