using System.Globalization;
using System.Xml;
using NewsBot.Core.Feeds;

namespace NewsBot.Benchmarks;

/// <summary>How fast feeds are read, beside a bare <see cref="XmlReader"/> that reads every value of the same bytes.</summary>
internal static class FeedBenchmark
{
    private static readonly Uri Url = new("https://feed.example/feed.xml");

    // The second compilation happens beside the work, and late on a busy machine.
    private static readonly TimeSpan WarmUpFor = TimeSpan.FromSeconds(4);

    // What was read is counted, so that nothing of the reading can be left out.
    private static long _entries;
    private static long _letters;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
    };

    /// <param name="folder">Files to read instead of made-up feeds; null for those.</param>
    /// <param name="rounds">How often all are read by each side, in turns.</param>
    /// <param name="seed">What the made-up feeds grow from.</param>
    public static void Run(string? folder, int rounds, int seed)
    {
        var documents = folder is null ? MadeFeeds.Make(seed) : Files(folder);
        // The bare reader ends at the first mistake, so what has one can only be read by the bot.
        var sound = documents.Where(IsWellFormed).ToList();
        var bytes = sound.Sum(document => (long)document.Length);
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"feeds: {documents.Count} documents, {sound.Count} of them well-formed with {bytes / 1e6:0.0} MB"
            )
        );
        if (sound.Count > 0)
        {
            Compare(sound, bytes, rounds);
        }

        Print("bot's reader, all documents", Time(documents, Read, rounds), documents.Sum(one => (long)one.Length));
        Output.Line(
            string.Create(CultureInfo.InvariantCulture, $"  read in all: {_entries} entries, {_letters} letters")
        );
    }

    private static void Compare(List<byte[]> documents, long bytes, int rounds)
    {
        // Both sides are compiled fully before anything is timed.
        WarmUp(documents, Read);
        WarmUp(documents, ReadBare);
        List<double> own = [];
        List<double> bare = [];
        for (var round = 0; round < rounds; round++)
        {
            own.AddRange(Time(documents, Read, 1));
            bare.AddRange(Time(documents, ReadBare, 1));
        }

        Print("bot's reader", own, bytes);
        Print("bare XmlReader", bare, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        documents.ForEach(Read);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  ratio {Median(bare) / Median(own):0.00} (target 0.60), allocated {(double)allocated / bytes:0.00} bytes per byte of input (target 3)"
            )
        );
    }

    private static void WarmUp(List<byte[]> documents, Action<byte[]> read)
    {
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < WarmUpFor)
        {
            documents.ForEach(read);
        }
    }

    private static List<double> Time(List<byte[]> documents, Action<byte[]> read, int rounds)
    {
        List<double> seconds = [];
        for (var round = 0; round < rounds; round++)
        {
            GC.Collect();
            // Time of the processor: on a busy machine the clock on the wall measures the others.
            var start = Environment.CpuUsage.TotalTime;
            documents.ForEach(read);
            seconds.Add((Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }

        return seconds;
    }

    private static void Print(string what, List<double> seconds, long bytes) =>
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {what}: median {bytes / 1e6 / Median(seconds):0.0} MB a second of processor time, best {bytes / 1e6 / seconds.Min():0.0}, worst {bytes / 1e6 / seconds.Max():0.0}"
            )
        );

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Read(byte[] document)
    {
        _entries += FeedParser.Parse(document, null, Url) is FeedParseOutcome.Parsed parsed
            ? parsed.Feed.Entries.Count
            : 0;
    }

    private static void ReadBare(byte[] document)
    {
        using var stream = new MemoryStream(document, writable: false);
        using var reader = XmlReader.Create(stream, Settings);
        long length = 0;
        while (reader.Read())
        {
            length += reader.HasValue ? reader.Value.Length : 0;
            for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            {
                length += reader.Value.Length;
            }
        }

        _letters += length;
    }

    private static bool IsWellFormed(byte[] document)
    {
        try
        {
            ReadBare(document);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static List<byte[]> Files(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(bytes => FeedParser.Parse(bytes, null, Url) is FeedParseOutcome.Parsed),
        ];
}
