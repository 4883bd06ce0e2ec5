namespace NewsBot.Testing.Load;

/// <summary>How long news took to the chat, in milliseconds, one number for each message.</summary>
/// <param name="Published">Since it was published.</param>
/// <param name="Served">Since somebody first got it from its outlet.</param>
public sealed record LoadLags(IReadOnlyList<double> Published, IReadOnlyList<double> Served)
{
    /// <summary>Holds messages against what outlets published.</summary>
    /// <param name="messages">What was posted, with the marks of headlines.</param>
    /// <param name="reports">What each outlet published, by number.</param>
    /// <param name="since">Only of what was published from then on.</param>
    public static LoadLags Of(
        IEnumerable<(string Text, DateTimeOffset At)> messages,
        IReadOnlyList<IReadOnlyDictionary<int, LoadReport>> reports,
        DateTimeOffset since
    )
    {
        var events = reports.SelectMany(outlet => outlet.Values).ToLookup(report => report.Event);
        var found = messages
            .Select(message => (message.At, Report: Cause(message.Text, message.At, reports, events)))
            .Where(one => one.Report is { } report && report.Published >= since)
            .ToList();
        return new LoadLags(
            [.. found.Select(one => (one.At - one.Report!.Published).TotalMilliseconds)],
            [.. found.Select(one => (one.At - one.Report!.Served).TotalMilliseconds)]
        );
    }

    // A card shows the headline that its story began with. Where several outlets report an event, each brings it to channels
    // of its own, so that it is the last report before the card that brought it there.
    private static LoadReport? Cause(
        string text,
        DateTimeOffset at,
        IReadOnlyList<IReadOnlyDictionary<int, LoadReport>> reports,
        ILookup<int, LoadReport> events
    )
    {
        var report = LoadNews
            .Marks(text)
            .Select(mark => reports[mark.Source].GetValueOrDefault(mark.Number))
            .FirstOrDefault();
        return report is null or { Event: 0 }
            ? report
            : events[report.Event].Where(other => other.Served <= at).MaxBy(other => other.Served);
    }
}
