using System.Globalization;

namespace NewsBot.Core.Feeds;

/// <summary>Places among siblings, as "2n+1" says them.</summary>
/// <param name="Step">From one place to the next; 0 for one place alone.</param>
/// <param name="Offset">The first of them, counted from 1.</param>
internal sealed record PageNth(int Step, int Offset)
{
    // Nobody counts further by hand.
    private const int Most = 10_000;

    /// <returns>Null where it cannot be read.</returns>
    public static PageNth? Read(string text)
    {
        var formula = text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (formula is "odd" or "even")
        {
            return new PageNth(2, formula == "odd" ? 1 : 0);
        }

        var n = formula.IndexOf('n', StringComparison.Ordinal);
        var (step, offset) = n < 0 ? ("0", formula) : (formula[..n], formula[(n + 1)..]);
        step = step is "" or "+" or "-" ? step + "1" : step;
        return Number(step) is { } a && Number(n >= 0 && offset.Length == 0 ? "0" : offset) is { } b
            ? new PageNth(a, b)
            : null;
    }

    /// <param name="place">Counted from 1.</param>
    public bool Fits(int place)
    {
        var rest = place - Offset;
        return Step == 0 ? rest == 0 : rest % Step == 0 && rest / Step >= 0;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) < Most
            ? number
            : null;
}
