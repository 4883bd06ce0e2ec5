using System.Globalization;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Crash;

/// <summary>What came of deaths among several processes.</summary>
internal sealed class DeathTally
{
    private readonly Dictionary<Death, int> _deaths = [];
    private readonly List<Finding> _findings = [];
    private CheckReport _report = new();

    /// <summary>The longest time from when a reply was written in Discord to when it was taken in.</summary>
    public TimeSpan LongestAtDiscord { get; set; }

    /// <summary>The same in Slack.</summary>
    public TimeSpan LongestAtSlack { get; set; }

    /// <summary>The longest time from when a digest was due to when its last message stood in its channel.</summary>
    public TimeSpan LongestDigest { get; set; }

    public IReadOnlyList<Finding> Findings => _findings;

    public void Count(Death death) => _deaths[death] = _deaths.GetValueOrDefault(death) + 1;

    public void Add(CheckReport report)
    {
        _report = report;
        _findings.AddRange(report.Findings);
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            kills={Of(Death.Kill)} pauses={Of(Death.Pause)} partitions={Of(Death.Partition)} failovers={Of(
                Death.Failover
            )}
            longest silence: Discord {LongestAtDiscord.TotalSeconds:0.0} s, Slack {LongestAtSlack.TotalSeconds:0.0} s, a digest {LongestDigest.TotalSeconds:0.0} s
            posts={_report.Posts} replies={_report.Replies} copies={_report.Copies} lost={_report.Lost} doubled={_report.Doubled} other={_findings.Count
                - _report.Lost
                - _report.Doubled}
            """
        );

    private int Of(Death death) => _deaths.GetValueOrDefault(death);
}
