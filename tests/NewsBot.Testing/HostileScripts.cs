using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NewsBot.Testing;

/// <summary>The corpus of ways to smuggle script, requests or structure into a page.</summary>
internal static partial class HostileScripts
{
    /// <summary>A host nobody has; nothing of ours may ever ask it.</summary>
    public const string Host = "evil.invalid";

    /// <summary>The function a script that runs calls, with its number.</summary>
    public const string Function = "pwned";

    /// <summary>All of them; the place in the list is the number they tell.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. File.ReadLines(CorpusFolder.Of("scripts", "vectors.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith("// ", StringComparison.Ordinal))
            .Select(Filled),
    ];

    private static string Filled(string line, int number)
    {
        var call = string.Create(CultureInfo.InvariantCulture, $"{Function}({number})");
        var page = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(
                $"<svg xmlns='http://www.w3.org/2000/svg' id='x'><script>(window.opener||parent).{call}</script></svg>"
            )
        );
        var entities = string.Concat(call.Select(c => string.Create(CultureInfo.InvariantCulture, $"&#{(int)c};")));
        return Sign()
            .Replace(line, match => ((char)Convert.ToInt32(match.Groups["hex"].Value, 16)).ToString())
            .Replace("{x}", call, StringComparison.Ordinal)
            .Replace("{e}", entities, StringComparison.Ordinal)
            .Replace("{b}", page, StringComparison.Ordinal)
            .Replace("{h}", Host, StringComparison.Ordinal);
    }

    [GeneratedRegex("⟦(?<hex>[0-9A-F]{2,4})⟧", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Sign();
}
