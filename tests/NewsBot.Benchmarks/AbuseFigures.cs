using System.Globalization;
using NewsBot.Testing.Checking;

namespace NewsBot.Benchmarks;

/// <summary>What one part of the measurement of abuse gave.</summary>
internal sealed record AbuseFigures
{
    public required double Seconds { get; init; }

    /// <summary>What the newsroom's process took.</summary>
    public required TimeSpan NewsroomProcessor { get; init; }

    /// <summary>What the fake platforms, the people and the watching took, in one process.</summary>
    public required TimeSpan PeopleProcessor { get; init; }

    /// <summary>The newsroom's memory at the end.</summary>
    public required double ResidentMegabytes { get; init; }

    public required double PeakMegabytes { get; init; }

    /// <summary>Lines of the newsroom's log.</summary>
    public required int LogLines { get; init; }

    /// <summary>Null in quiet.</summary>
    public StrangersReport? Strangers { get; init; }

    /// <summary>From the feed's answer to the cards.</summary>
    public Measured Cards { get; init; } = new([]);

    /// <summary>From a reply to its copies.</summary>
    public Measured Copies { get; init; } = new([]);

    /// <summary>From a reply to the page.</summary>
    public Measured Pages { get; init; } = new([]);

    /// <summary>A page for somebody who reads.</summary>
    public Measured Reads { get; init; } = new([]);

    /// <summary>How often people got another answer than they came for.</summary>
    public int Refused { get; init; }

    /// <summary>What became of everything in the end.</summary>
    public CheckReport Report { get; init; } = new();

    /// <param name="name">What the part is called.</param>
    public IEnumerable<string> Lines(string name)
    {
        yield return $"  {name}";
        yield return Line("feed's answer to card", Cards);
        yield return Line("reply to copy", Copies);
        yield return Line("reply to page", Pages);
        yield return Line("a page for a reader", Reads);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"    newsroom: {Share(NewsroomProcessor.TotalSeconds)} of a processor, {ResidentMegabytes:0} MB, at most {PeakMegabytes:0} MB, {LogLines} lines in its log; platforms and people: {Share(PeopleProcessor.TotalSeconds)}; readers and writers refused {Refused} times"
        );
        if (Strangers is { } strangers)
        {
            foreach (var line in Lines(strangers))
            {
                yield return line;
            }
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"    posts={Report.Posts} replies={Report.Replies} copies={Report.Copies} lost={Report.Lost} doubled={Report.Doubled}"
        );
        foreach (var finding in Report.Findings)
        {
            yield return $"      {finding}";
        }
    }

    private IEnumerable<string> Lines(StrangersReport strangers)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"    strangers: {strangers.Sent / strangers.Seconds:0} requests/s sent, {strangers.Held} held back because too many waited; answered after {strangers.Median:0} ms (median), {strangers.Percentile99:0} ms (99th); asking took {Share(strangers.ProcessorSeconds)} of a processor"
        );
        yield return $"      {Counted(strangers, answer => answer.Split(' ')[^1])}";
        yield return $"      {Counted(strangers, answer => answer)}";
    }

    private static string Counted(StrangersReport strangers, Func<string, string> by) =>
        string.Join(
            ", ",
            strangers
                .Answers.GroupBy(answer => by(answer.Key), answer => answer.Value, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Sum()}"))
        );

    private static string Line(string what, Measured times) =>
        times.Values.Count == 0
            ? $"    {what}: none"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"    {what}: median {times.Median:0} ms, 99th percentile {times.Percentile99:0} ms ({times.Values.Count})"
            );

    private string Share(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / Seconds:P0}");
}
