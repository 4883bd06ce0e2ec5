using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using NewsBot.Core.Feeds;
using NewsBot.Core.Summaries;

namespace NewsBot.Testing.Simulation;

/// <summary>The outlets: what each feed says now, and a way to them that is as bad as the weather.</summary>
internal sealed class SimulatedFeeds(World world) : IFetcher, IArticleReader
{
    // As many as most feeds show.
    private const int Shown = 15;

    // Made of letters at random, so that no two stories are taken for one.
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private readonly Dictionary<string, List<Item>> _feeds = new(StringComparer.Ordinal);
    private int _items;

    /// <summary>Everything published so far.</summary>
    public IEnumerable<Item> Items => _feeds.Values.SelectMany(items => items);

    public static Uri Address(string feed) => new($"https://{feed}.example/feed");

    /// <summary>A new feed with one old entry.</summary>
    public void Open(string feed)
    {
        _feeds[feed] = [];
        Publish(feed);
    }

    /// <summary>One more entry.</summary>
    public Item Publish(string feed)
    {
        var number = ++_items;
        var item = new Item(
            number,
            $"https://{feed}.example/{number.ToString(CultureInfo.InvariantCulture)}",
            Sentence(5 + world.Random.Next(3)),
            $"{Sentence(12)}. {Sentence(14)}.",
            world.Clock.GetUtcNow()
        );
        _feeds[feed].Add(item);
        return item;
    }

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        world.Trace.Add($"{request.Url.Host} is polled");
        if (world.Random.NextDouble() < world.Weather.Feeds)
        {
            var kind = world.Random.Next(5);
            world.Trace.Add($"and answers badly: {kind}");
            world.Weather.Count("feed");
            switch (kind)
            {
                case 0:
                    return new FetchOutcome.Throttled(TimeSpan.FromMinutes(world.Random.Next(20)));
                case 1:
                    return new FetchOutcome.Failed("The server does not answer.");
                case 2:
                    return Answer(request, Encoding.UTF8.GetBytes("<html>Under maintenance</html>"));
                case 3:
                    var whole = Document(request.Url);
                    return Answer(request, whole[..(whole.Length / 2)]);
                default:
                    await Task.Delay(TimeSpan.FromSeconds(world.Random.Next(20)), world.Clock, cancellationToken);
                    break;
            }
        }

        return Answer(request, Document(request.Url));
    }

    public Task<ArticleText?> ReadAsync(Uri url, CancellationToken cancellationToken) =>
        Task.FromResult<ArticleText?>(null);

    private byte[] Document(Uri url)
    {
        var feed = url.Host.Split('.')[0];
        var items = _feeds[feed].TakeLast(Shown).Reverse();
        var rss = new XElement(
            "rss",
            new XAttribute("version", "2.0"),
            new XElement(
                "channel",
                new XElement("title", feed),
                items.Select(item => new XElement(
                    "item",
                    new XElement("guid", item.Link),
                    new XElement("link", item.Link),
                    new XElement("title", item.Title),
                    new XElement("description", item.Text),
                    new XElement("pubDate", item.At.ToString("r", CultureInfo.InvariantCulture))
                ))
            )
        );
        return Encoding.UTF8.GetBytes(rss.ToString());
    }

    private static FetchOutcome Answer(FetchRequest request, byte[] body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        return hash == request.BodyHash
            ? new FetchOutcome.NotModified(null, null)
            : new FetchOutcome.Fetched(body, "application/rss+xml", request.Url, null, null, null, hash, null);
    }

    private string Sentence(int words)
    {
        var made = string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));
        return $"{char.ToUpperInvariant(made[0])}{made[1..]}";
    }

    private string Word() => new(world.Random.GetItems(Letters.AsSpan(), 5 + world.Random.Next(5)));

    /// <param name="Number">Counted from 1; the first of each feed is old.</param>
    /// <param name="Link">Its address.</param>
    /// <param name="Title">Its headline.</param>
    /// <param name="Text">What it says.</param>
    /// <param name="At">When it was published.</param>
    internal sealed record Item(int Number, string Link, string Title, string Text, DateTimeOffset At);
}
