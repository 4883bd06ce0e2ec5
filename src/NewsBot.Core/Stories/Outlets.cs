using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Tells outlets apart: several feeds of one publisher are one voice, and a reprint is none. Pure.</summary>
public static class Outlets
{
    // Below these everybody has a site of their own.
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "blogspot.com",
        "github.io",
        "gitlab.io",
        "medium.com",
        "substack.com",
        "tumblr.com",
        "typepad.com",
        "wordpress.com",
    };

    // Below a country many sites stand under one of these, such as bbc.co.uk.
    private static readonly HashSet<string> SecondLevels = new(StringComparer.Ordinal)
    {
        "ac",
        "co",
        "com",
        "edu",
        "gob",
        "gov",
        "gv",
        "ne",
        "net",
        "or",
        "org",
    };

    // Names that belong to nobody (RFC 2606, RFC 6761), so they say nothing of a publisher.
    private static readonly string[] NobodysNames = ["example", "invalid", "local", "localhost", "test"];

    /// <summary>The publisher of a report.</summary>
    /// <param name="url">Where the report stands; null where it has no address.</param>
    /// <param name="source">Name of the source it came from, for where the address names no publisher.</param>
    public static string Of(string? url, string source)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.HostNameType is not UriHostNameType.Dns)
        {
            return source;
        }

        var labels = HostName.Of(address).ToLowerInvariant().TrimEnd('.').Split('.');
        if (labels.Length < 2 || NobodysNames.Contains(labels[^1], StringComparer.Ordinal))
        {
            return source;
        }

        var isUnderCountry = labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]);
        var isShared = Shared.Contains(string.Join('.', labels[^2..]));
        return string.Join('.', labels.TakeLast(isUnderCountry || isShared ? 3 : 2));
    }

    /// <summary>How many outlets report a story by themselves.</summary>
    /// <param name="reports">In any order.</param>
    /// <returns>At least 1: of a text that only copies of it are left of, the first one counts.</returns>
    public static int Count(IEnumerable<StoryReport> reports) =>
        Math.Max(1, Independent(reports).Distinct(StringComparer.Ordinal).Count());

    /// <summary>The outlets of the reports that are no copies, with repetitions.</summary>
    internal static IEnumerable<string> Independent(IEnumerable<StoryReport> reports) =>
        reports.Where(report => !report.IsCopy).Select(report => report.Source);
}
