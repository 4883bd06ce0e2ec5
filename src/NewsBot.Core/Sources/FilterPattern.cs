using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsBot.Core.Sources;

/// <summary>Builds the regular expressions people write into filters; theirs are hostile until proven tame.</summary>
internal static partial class FilterPattern
{
    // A readable pattern is shorter; the automaton grows with its length.
    internal const int MaxLength = 200;

    // Counted repeats are unrolled, nested ones multiply.
    private const long MaxRepeats = 1_000;

    /// <summary>Builds a pattern, or says why not and at which offset of it.</summary>
    internal static Regex? TryBuild(string written, out string problem, out int offset)
    {
        offset = 0;
        if (written.Length is 0 or > MaxLength)
        {
            problem = $"a pattern has 1 to {MaxLength} characters";
            return null;
        }

        if (Repeats(written) > MaxRepeats)
        {
            problem = $"the counted repeats of this pattern multiply to more than {MaxRepeats}";
            return null;
        }

        try
        {
            problem = "";
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return new Regex(written, Options, TimeSpan.FromSeconds(1));
        }
        catch (RegexParseException error)
        {
            offset = Math.Clamp(error.Offset - 1, 0, written.Length - 1);
            problem = $"this pattern is broken ({Words(error.Error)})";
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException)
        {
            problem = "this pattern uses what is not offered here: look-around, back-references and atomic groups";
        }

        return null;
    }

    private static long Repeats(string written)
    {
        var product = 1L;
        foreach (Match match in Counted().Matches(written))
        {
            var most = match.Groups["most"].Length > 0 ? match.Groups["most"] : match.Groups["least"];
            if (!int.TryParse(most.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return long.MaxValue;
            }

            product = Math.Min(product * Math.Max(1, count), MaxRepeats + 1);
        }

        return product;
    }

    private static string Words(RegexParseError error) =>
        CapitalInside().Replace(error.ToString(), " $0").ToLowerInvariant();

    [GeneratedRegex(@"\{(?<least>[0-9]+)(,(?<most>[0-9]*))?\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Counted();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex CapitalInside();
}
