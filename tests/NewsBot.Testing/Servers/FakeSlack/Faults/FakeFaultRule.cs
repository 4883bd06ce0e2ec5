using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.Faults;

namespace NewsBot.Testing.Servers.FakeSlack.Faults;

/// <summary>One fault, to happen so many times.</summary>
/// <param name="Kind">What happens.</param>
public sealed record FakeFaultRule(FakeFaultKind Kind) : IFaultRule<FakeFaultRule>
{
    // Scripts are short; a longer one is a mistake.
    private const int MaxCount = 1_000_000;

    /// <summary>Calls: the method, such as chat.postMessage; null is any.</summary>
    public string? Method { get; init; }

    /// <summary>Calls: the channel argument; null is any.</summary>
    public string? Channel { get; init; }

    /// <summary>Deliveries: the type of the event, or of the interaction, such as "message" or "block_actions"; null is any.</summary>
    public string? Event { get; init; }

    /// <summary>How many times it happens.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How many pass first.</summary>
    public int After { get; init; }

    /// <summary>For <see cref="FakeFaultKind.Error"/>: the code.</summary>
    public string Code { get; init; } = "internal_error";

    /// <summary>For the code missing_scope: what is missing.</summary>
    public string Needed { get; init; } = "chat:write";

    /// <summary>For <see cref="FakeFaultKind.Timeout"/>: ends where the silence begins; null tells nobody.</summary>
    public TaskCompletionSource? Reached { get; init; }

    /// <summary>For <see cref="FakeFaultKind.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Whether the call takes effect before the fault; rate limits never let it.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>For <see cref="FakeFaultKind.RateLimited"/>: what the client has to wait, in whole seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For <see cref="FakeFaultKind.Slow"/>.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    internal bool IsForCalls => Kind <= FakeFaultKind.Slow;

    internal bool IsForDeliveries => Kind is >= FakeFaultKind.Drop and <= FakeFaultKind.StaleTimestamp;

    internal bool IsForSockets => Kind >= FakeFaultKind.Cut;

    /// <summary>
    /// Reads a rule: {"kind":"error","code":"fatal_error","match":{"method":"chat.postMessage","channel":"C0…",
    /// "event":"message"},"when":"after","count":2,"after":1,"status":502,"retry_after":2,"ms":300}. Only the kind is needed;
    /// 429 is another word for ratelimited.
    /// </summary>
    /// <exception cref="FormatException">It is written wrongly.</exception>
    public static FakeFaultRule Read(JsonObject written)
    {
        var kind = written["kind"]?.ToString() ?? throw new FormatException("A fault needs a kind.");
        kind = kind == "429" ? "ratelimited" : kind.Replace("_", "", StringComparison.Ordinal);
        if (char.IsAsciiDigit(kind.FirstOrDefault()) || !Enum.TryParse<FakeFaultKind>(kind, true, out var parsed))
        {
            throw new FormatException($"kind is one of {string.Join(", ", Enum.GetNames<FakeFaultKind>())}.");
        }

        var match = written["match"] as JsonObject ?? [];
        return new FakeFaultRule(parsed)
        {
            Method = match["method"]?.ToString(),
            Channel = match["channel"]?.ToString(),
            Event = match["event"]?.ToString(),
            Count = Number(written, "count", 1, 1, MaxCount),
            After = Number(written, "after", 0, 0, MaxCount),
            Code = written["code"]?.ToString() ?? "internal_error",
            Needed = written["needed"]?.ToString() ?? "chat:write",
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

    private static int Number(JsonObject written, string field, int usual, int least, int most) =>
        written[field] is not JsonValue value ? usual
        : value.TryGetValue(out int number) && number >= least && number <= most ? number
        : throw new FormatException($"{field} is a whole number from {least} to {most}.");
}
