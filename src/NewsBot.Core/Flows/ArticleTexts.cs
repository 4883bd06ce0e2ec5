using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;

namespace NewsBot.Core.Flows;

/// <summary>Gives the entries of a poll their articles' summaries, pictures and prints.</summary>
internal sealed class ArticleTexts(IArticleReader articles, Summariser summaries, FlowMeter meter)
{
    // Articles of one feed read beside each other.
    private const int MaxParallel = 4;

    // A flood is taken in without reading every article: the feed's own text has to do.
    private const int MaxAPoll = 40;

    /// <summary>Reads and summarises what is fresh, offered or changed in substance.</summary>
    /// <param name="incoming">The entries, newest last.</param>
    /// <param name="workers">Where what goes on beside each other is run.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The entries in their order.</returns>
    public async Task<IReadOnlyList<IncomingEntry>> ReadAsync(
        List<IncomingEntry> incoming,
        TaskScheduler workers,
        CancellationToken cancellationToken
    )
    {
        var read = incoming.ToArray();
        var toRead = Enumerable
            .Range(0, read.Length)
            .Where(i => read[i].IsFresh || read[i].IsOffered || read[i].Change is ChangeKind.Substance)
            .ToList();
        await Parallel.ForEachAsync(
            toRead.TakeLast(MaxAPoll),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = MaxParallel,
                TaskScheduler = workers,
                CancellationToken = cancellationToken,
            },
            async (i, token) => read[i] = await ReadArticleAsync(read[i], token)
        );
        foreach (var i in toRead.SkipLast(MaxAPoll))
        {
            read[i] = WithOwnText(read[i]);
        }

        return read;
    }

    private async Task<IncomingEntry> ReadArticleAsync(IncomingEntry entry, CancellationToken cancellationToken)
    {
        var article = entry.Entry.Link is { } link ? await articles.ReadAsync(link, cancellationToken) : null;
        // Some pages yield less than the feed itself says.
        var own = OwnText(entry);
        var text = article?.Prose is { } read && read.Length >= own.Length / 2 ? read : own;
        var summary = await summaries.SummariseAsync(
            entry.Entry.Title,
            text,
            entry.Entry.Language ?? article?.Language,
            SummaryLimits.Card,
            cancellationToken
        );
        meter.Count(summary);
        return entry with
        {
            Summary = summary,
            Pictures = IncomingEntries.PicturesOf(entry, article),
            Print = PrintOf(entry, text),
        };
    }

    private IncomingEntry WithOwnText(IncomingEntry entry)
    {
        var own = OwnText(entry);
        var summary = ExtractiveSummariser.Summarise(entry.Entry.Title, own, entry.Entry.Language, SummaryLimits.Card);
        meter.Count(summary);
        return entry with
        {
            Summary = summary,
            Pictures = IncomingEntries.PicturesOf(entry, null),
            Print = PrintOf(entry, own),
        };
    }

    // What is known was recognised when it came.
    private static TextPrint? PrintOf(IncomingEntry entry, string text) =>
        entry.Known is null ? TextPrint.Of(entry.Entry.Title, text) : null;

    private static string OwnText(IncomingEntry entry) =>
        IncomingEntries.PlainText(entry.Entry.Content ?? entry.Entry.Summary);
}
