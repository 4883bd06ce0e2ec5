using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsBot.Testing.Servers.Faults;

namespace NewsBot.Testing.Servers.FakeDiscord.Faults;

/// <summary>One fault, to happen to so many requests.</summary>
/// <param name="Kind">What happens.</param>
public sealed record FakeFaultRule(FakeFaultKind Kind) : IFaultRule<FakeFaultRule>
{
    // Scripts are short; a longer one is a mistake.
    private const int MaxCount = 1_000_000;

    /// <summary>GET, POST and so on; null is any.</summary>
    public string? Method { get; init; }

    /// <summary>The template of a route, such as /channels/{channel}/messages; null is any.</summary>
    public string? Route { get; init; }

    /// <summary>A regular expression that the path has to match; null is any.</summary>
    public string? Pattern { get; init; }

    /// <summary>To how many requests it happens.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How many pass first.</summary>
    public int After { get; init; }

    /// <summary>For <see cref="FakeFaultKind.Timeout"/>: ends where the silence begins; null tells nobody.</summary>
    public TaskCompletionSource? Reached { get; init; }

    /// <summary>For <see cref="FakeFaultKind.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Whether the request takes effect before the fault; rate limits never let it.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>For rate limits: what they ask the client to wait.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For <see cref="FakeFaultKind.Slow"/>.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Reads a rule: {"match":{"method":"POST","route":"/channels/{channel}/messages","regex":"…"},"kind":"status",
    /// "status":502,"when":"after","count":2,"after":1,"retry_after":0.5,"ms":300}. Only the kind is needed; 429 may be
    /// written as {"kind":"429","scope":"user"}.
    /// </summary>
    /// <exception cref="FormatException">It is written wrongly.</exception>
    public static FakeFaultRule Read(JsonObject written)
    {
        var kind = written["kind"]?.ToString() ?? throw new FormatException("A fault needs a kind.");
        if (kind == "429")
        {
            kind = written["scope"]?.ToString() ?? "user";
        }

        if (kind.StartsWith("429", StringComparison.Ordinal))
        {
            kind = kind[3..];
        }

        if (char.IsAsciiDigit(kind.FirstOrDefault()) || !Enum.TryParse<FakeFaultKind>(kind, true, out var parsed))
        {
            throw new FormatException($"kind is one of {string.Join(", ", Enum.GetNames<FakeFaultKind>())}.");
        }

        var match = written["match"] as JsonObject ?? [];
        return new FakeFaultRule(parsed)
        {
            Method = match["method"]?.ToString(),
            Route = match["route"]?.ToString(),
            Pattern = match["regex"]?.ToString(),
            Count = Number(written, "count", 1, 1, MaxCount),
            After = Number(written, "after", 0, 0, MaxCount),
            Status = Number(written, "status", 500, 400, 599),
            AfterEffect = (written["when"]?.ToString() ?? "before") switch
            {
                "before" => false,
                "after" => true,
                _ => throw new FormatException("when is before or after."),
            },
            RetryAfter = TimeSpan.FromSeconds((double?)written["retry_after"] ?? 1),
            Delay = TimeSpan.FromMilliseconds(Number(written, "ms", 1000, 0, 600_000)),
        };
    }

    FakeFaultRule IFaultRule<FakeFaultRule>.Counted(int count, int after) => this with { Count = count, After = after };

    internal bool Matches(string method, string template, string path) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (Route is null || Route == template)
        && (Pattern is null || Regex.IsMatch(path, Pattern, RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)));

    private static int Number(JsonObject written, string field, int usual, int least, int most) =>
        written[field] is not JsonValue value ? usual
        : value.TryGetValue(out int number) && number >= least && number <= most ? number
        : throw new FormatException($"{field} is a whole number from {least} to {most}.");
}
