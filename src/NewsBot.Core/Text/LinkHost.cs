using System.Text.RegularExpressions;

namespace NewsBot.Core.Text;

/// <summary>Finds out whether the words of a link let one think it led elsewhere than it does. Pure.</summary>
internal static partial class LinkHost
{
    // Letters of other scripts that look like Latin ones; a name of nothing else is taken for a Latin one.
    private const string Lookalikes = "асԁеһіјӏорԛѕвԝхуүΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινυρκτωоԍгпмтн";

    // Who reads on for longer has forgotten what the link began with.
    private const int MaxWords = 500;

    /// <summary>The host a reader has to be told beside the words.</summary>
    /// <param name="words">What the link shows.</param>
    /// <param name="target">Where it leads.</param>
    /// <returns>Null where the words claim no other host and the host's own name looks like no other.</returns>
    public static string? ToTell(string words, string target)
    {
        if (!Uri.TryCreate(target, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var host = HostName.Of(url);
        return IsDisguised(url.Host) || Claimed(words).Any(claimed => !IsSame(claimed, host)) ? host : null;
    }

    private static IEnumerable<string> Claimed(string words) =>
        Name()
            .Matches(words[..Math.Min(words.Length, MaxWords)])
            // A word with a dot within a sentence is no address; alone, or with its scheme, it is.
            .Where(match => match.Groups["scheme"].Success || match.Length == words.Trim().Length)
            .Select(match => match.Groups["host"].Value);

    private static bool IsSame(string claimed, string host) =>
        Uri.TryCreate($"https://{claimed}/", UriKind.Absolute, out var url)
        && Bare(HostName.Of(url)).Equals(Bare(host), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string host) =>
        host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;

    private static bool IsDisguised(string host) => host.Split('.').Any(IsDisguisedLabel);

    // Browsers show such names in their bare form for the same reason.
    private static bool IsDisguisedLabel(string label)
    {
        var letters = label.Where(char.IsLetter).ToList();
        var others = letters.Where(letter => !char.IsAscii(letter)).ToList();
        var mixed = others.Exists(IsLookalikeScript) && letters.Exists(letter => !IsLookalikeScript(letter));
        return others.Count > 0
            && (mixed || others.TrueForAll(letter => Lookalikes.Contains(letter, StringComparison.Ordinal)));
    }

    // Greek, Cyrillic, Armenian, Cherokee: with Latin letters they stand together in no honest name.
    private static bool IsLookalikeScript(char letter) =>
        letter is (>= '\u0370' and <= '\u058F') or (>= '\u13A0' and <= '\u13FF') or (>= '\uAB70' and <= '\uABBF');

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}@.-])(?<scheme>https?://|www\.)?(?<host>[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(\.[\p{L}\p{N}-]{1,63}){0,8}\.\p{L}{2,20})(:\d{1,5})?(?<rest>[/?#]\S{0,2000})?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Name();
}
