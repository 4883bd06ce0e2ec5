using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>Adds up what happened in simulated newsrooms, and says now and then how far they are.</summary>
/// <param name="first">The first seed.</param>
/// <param name="count">How many there will be.</param>
internal sealed class SimulationTotal(int first, int count)
{
    private const int TellEvery = 500;

    private readonly Lock _lock = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _failed = [];
    private int _done;
    private int _stories;
    private int _replies;
    private int _posts;
    private int _copies;

    public int Failed => _failed.Count;

    public void Add(SeedReport report)
    {
        lock (_lock)
        {
            _done++;
            _stories += report.Stories;
            _replies += report.Replies;
            _posts += report.Posts;
            _copies += report.Copies;
            foreach (var (fault, times) in report.Faults)
            {
                _faults[fault] = _faults.GetValueOrDefault(fault) + times;
            }

            if (report.Problem.Length > 0)
            {
                _failed.Add(report.Seed);
            }

            SimulationBenchmark.Tell(report);
            if (_done % TellEvery == 0 && _done < count)
            {
                Tell();
            }
        }
    }

    /// <summary>Says how it went.</summary>
    public void Close()
    {
        lock (_lock)
        {
            Output.Line(
                $"faults: {string.Join(", ", _faults.Select(fault => Invariant($"{fault.Key} {fault.Value}")))}"
            );
            Tell();
            if (_failed.Count > 0)
            {
                Output.Line(
                    $"failed seeds: {string.Join(" ", _failed.Select(seed => seed.ToString(CultureInfo.InvariantCulture)))}"
                );
            }
        }
    }

    private void Tell()
    {
        var seconds = TimeProvider.System.GetElapsedTime(_began).TotalSeconds;
        Output.Line(
            Invariant(
                $"simulate: seeds={first}..{first + count - 1} done={_done} stories={_stories} replies={_replies} posts={_posts} copies={_copies} failed={_failed.Count} ({seconds:0} s, {seconds / Math.Max(1, _done):0.000} s a seed)"
            )
        );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
