namespace NewsBot.Testing.Checking;

/// <summary>What a check found.</summary>
internal sealed class CheckReport
{
    private readonly List<Finding> _findings = [];

    /// <summary>Messages of ours that have to stand on the sides: cards, digests, copies.</summary>
    public int Posts { get; set; }

    /// <summary>Replies that have to stand on a page.</summary>
    public int Replies { get; set; }

    /// <summary>Copies that have to stand on the sides; they are posts as well.</summary>
    public int Copies { get; set; }

    public IReadOnlyList<Finding> Findings => _findings;

    public int Lost => _findings.Count(finding => finding.Kind is FindingKind.Lost);

    public int Doubled => _findings.Count(finding => finding.Kind is FindingKind.Doubled);

    public void Add(FindingKind kind, string words) => _findings.Add(new Finding(kind, words));

    /// <summary>Adds one where a count is not what it has to be.</summary>
    public void Count(int expected, int found, string what)
    {
        if (found != expected)
        {
            Add(
                found < expected ? FindingKind.Lost : FindingKind.Doubled,
                $"{what} stands {found} times, not {expected}."
            );
        }
    }

    public override string ToString() => string.Join('\n', _findings);
}
