using System.Globalization;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Crash;

/// <summary>What came of all the kills, in however many worlds at a time.</summary>
internal sealed class CrashTally
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, int> _hits = CrashSteps.All.ToDictionary(
        step => step.Name,
        _ => 0,
        StringComparer.Ordinal
    );

    private readonly Dictionary<string, int> _misses = new(StringComparer.Ordinal);
    private readonly Dictionary<FindingKind, int> _findings = [];

    public int Kills { get; private set; }

    public int Posts { get; private set; }

    public int Replies { get; private set; }

    public int Copies { get; private set; }

    /// <summary>All that is not as it has to be, whatever it is.</summary>
    public int Findings => _findings.Values.Sum();

    /// <summary>How often the program was killed at each step of the catalogue.</summary>
    public IReadOnlyDictionary<string, int> Hits => _hits;

    /// <summary>Steps at which it was never killed.</summary>
    public IReadOnlyList<string> Never => [.. _hits.Where(step => step.Value == 0).Select(step => step.Key)];

    /// <summary>It was killed.</summary>
    /// <param name="step">Where it was to be.</param>
    /// <param name="isHit">False where the step did not come, and it was killed somewhere else.</param>
    /// <returns>How often it was killed in all.</returns>
    public int Kill(CrashStep step, bool isHit)
    {
        lock (_sync)
        {
            var times = isHit ? _hits : _misses;
            times[step.Name] = times.GetValueOrDefault(step.Name) + 1;
            return ++Kills;
        }
    }

    public int Misses(string step) => _misses.GetValueOrDefault(step);

    /// <summary>Adds what a check found.</summary>
    public void Add(CheckReport report)
    {
        lock (_sync)
        {
            Posts += report.Posts;
            Replies += report.Replies;
            Copies += report.Copies;
            foreach (var finding in report.Findings)
            {
                _findings[finding.Kind] = Of(finding.Kind) + 1;
            }
        }
    }

    /// <summary>The last line of the printout.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"kills={Kills} posts={Posts} replies={Replies} copies={Copies} lost={Of(FindingKind.Lost)} doubled={Of(FindingKind.Doubled)}"
        );

    /// <summary>What else there was.</summary>
    public string Others() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"misnumbered={Of(FindingKind.Misnumbered)} wrong={Of(FindingKind.Wrong)} disordered={Of(FindingKind.Disordered)} waiting={Of(FindingKind.Waiting)}"
        );

    private int Of(FindingKind kind) => _findings.GetValueOrDefault(kind);
}
