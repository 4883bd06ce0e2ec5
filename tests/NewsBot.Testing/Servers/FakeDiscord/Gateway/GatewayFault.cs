using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>One fault, to happen so many times.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="At">When.</param>
public sealed record GatewayFault(GatewayFaultKind Kind, GatewayMoment At)
{
    /// <summary>How many times.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Moments of that kind that pass untouched before it happens for the first time.</summary>
    public int After { get; init; }

    /// <summary>The close code: 1000 to 1014 without those that are never sent, or 3000 to 4999.</summary>
    public int Code { get; init; } = 4000;

    /// <summary>For how long a dispatch is delayed.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A fault at its usual moment.</summary>
    public static GatewayFault Of(GatewayFaultKind kind) => new(kind, UsualMoment(kind));

    /// <summary>
    /// Reads one fault: {"kind":"close","at":"dispatch","count":1,"after":0,"code":4000,"ms":100}. Only the kind is needed.
    /// </summary>
    /// <exception cref="FormatException">It is written wrongly.</exception>
    public static GatewayFault Read(JsonObject written)
    {
        var unknown = written.Select(field => field.Key).Except(["kind", "at", "count", "after", "code", "ms"]);
        if (unknown.FirstOrDefault() is { } name)
        {
            throw new FormatException($"A gateway fault has no field {name}.");
        }

        var kind =
            Named<GatewayFaultKind>(written, "kind") ?? throw new FormatException("A gateway fault needs a kind.");
        var fault = new GatewayFault(kind, Named<GatewayMoment>(written, "at") ?? UsualMoment(kind))
        {
            Count = Number(written, "count", 1, 1, 1_000_000),
            After = Number(written, "after", 0, 0, 1_000_000),
            Code = Number(written, "code", 4000, 1000, 4999),
            Length = TimeSpan.FromMilliseconds(Number(written, "ms", 100, 0, 600_000)),
        };
        return fault.Code is 1004 or 1005 or 1006 or (> 1014 and < 3000)
            ? throw new FormatException($"The code {fault.Code} is never sent.")
            : fault;
    }

    private static GatewayMoment UsualMoment(GatewayFaultKind kind) =>
        kind switch
        {
            GatewayFaultKind.DropAck => GatewayMoment.Heartbeat,
            GatewayFaultKind.Refuse or GatewayFaultKind.Silence => GatewayMoment.Connect,
            GatewayFaultKind.Duplicate
            or GatewayFaultKind.Reorder
            or GatewayFaultKind.Delay
            or GatewayFaultKind.Blank => GatewayMoment.Dispatch,
            _ => GatewayMoment.Now,
        };

    private static T? Named<T>(JsonObject written, string field)
        where T : struct, Enum
    {
        if (written[field] is not { } node)
        {
            return null;
        }

        var name = IdentifyRequest.Text(node)?.Replace("_", "", StringComparison.Ordinal);
        return
            name?.All(char.IsAsciiLetterOrDigit) == true
            && !char.IsAsciiDigit(name[0])
            && Enum.TryParse<T>(name, ignoreCase: true, out var value)
            ? value
            : throw new FormatException($"{field} is one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private static int Number(JsonObject written, string field, int usual, int least, int most) =>
        written[field] is not { } node ? usual
        : IdentifyRequest.Integer(node) is { } number && number >= least && number <= most ? (int)number
        : throw new FormatException($"{field} is a whole number from {least} to {most}.");
}
