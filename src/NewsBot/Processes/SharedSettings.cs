using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NewsBot.Processes;

/// <summary>
/// The settings that all processes of one database need to have in common, such as the token of a bot. Each writes down
/// what tells them apart, not what they are.
/// </summary>
internal static class SharedSettings
{
    // Where a process listens, what it does and how it reaches the database is its own.
    private static readonly string[] Roots = ["Chat", "Process:Lease", "Summarising", "Web:PublicUrl"];

    // Enough to tell two values apart, too little to guess one.
    private const int PrintLength = 8;

    /// <summary>The settings of this process.</summary>
    /// <returns>JSON: each key that is set with a print of its value.</returns>
    public static string Prints(IConfiguration settings) =>
        JsonSerializer.Serialize(
            Roots
                .SelectMany(root => settings.GetSection(root).AsEnumerable())
                .Where(pair => !string.IsNullOrEmpty(pair.Value))
                .ToDictionary(pair => pair.Key, pair => Print(pair.Key, pair.Value!), StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Keys whose values differ, or which only one of two processes has.</summary>
    /// <param name="one">The prints of one.</param>
    /// <param name="other">Those of the other.</param>
    /// <returns>In order; empty where they have the same.</returns>
    public static IReadOnlyList<string> Differences(string one, string other)
    {
        var (ours, theirs) = (Read(one), Read(other));
        return
        [
            .. ours
                .Keys.Union(theirs.Keys, StringComparer.OrdinalIgnoreCase)
                .Where(key => ours.GetValueOrDefault(key) != theirs.GetValueOrDefault(key))
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static Dictionary<string, string> Read(string prints) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(prints)!, StringComparer.OrdinalIgnoreCase);

    private static string Print(string key, string value) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.ToUpperInvariant()}\n{value}")))[
            ..PrintLength
        ];
}
