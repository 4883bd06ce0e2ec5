using System.Text.Json;
using NewsBot.Testing.Simulation;

namespace NewsBot.Benchmarks;

/// <summary>What is told of one seed from process to process.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Trace">Fingerprint of all that happened.</param>
/// <param name="Problem">What was expected and what was found; empty where all is well.</param>
/// <param name="Stories">Published.</param>
/// <param name="Replies">Said.</param>
/// <param name="Posts">Messages that had to stand somewhere.</param>
/// <param name="Copies">Those among them that are copies.</param>
/// <param name="Faults">What went wrong around it, and how often.</param>
internal sealed record SeedReport(
    int Seed,
    string Trace,
    string Problem,
    int Stories,
    int Replies,
    int Posts,
    int Copies,
    IReadOnlyDictionary<string, int> Faults
)
{
    private const string Prefix = "report ";

    public static SeedReport Of(SimulationResult result) =>
        new(
            result.Seed,
            result.Fingerprint,
            result.Problem,
            result.Stories,
            result.Replies,
            result.Posts,
            result.Copies,
            result.Faults
        );

    /// <returns>Null where the line is none.</returns>
    public static SeedReport? Read(string line) =>
        line.StartsWith(Prefix, StringComparison.Ordinal)
            ? JsonSerializer.Deserialize<SeedReport>(line.AsSpan(Prefix.Length))
            : null;

    public string Write() => Prefix + JsonSerializer.Serialize(this);
}
