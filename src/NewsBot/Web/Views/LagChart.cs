using System.Globalization;
using System.Text;

namespace NewsBot.Web.Views;

/// <summary>The lines of the lag chart, as SVG path data in a box of 576 by 240. Pure.</summary>
/// <param name="Half">Half of the posts.</param>
/// <param name="Most">95 of 100.</param>
/// <param name="YLabels">From the top to the bottom.</param>
/// <param name="XLabels">From the left to the right.</param>
internal sealed record LagChart(
    string Half,
    string Most,
    IReadOnlyList<string> YLabels,
    IReadOnlyList<DateTimeOffset> XLabels
)
{
    private const double Width = 576;
    private const double Height = 240;
    private const int SparkHeight = 20;

    // Round tops, each divisible by four, so that the grid's labels are whole.
    private static readonly int[] Tops = [4, 12, 20, 40, 60, 120, 240, 480, 960, 1_800, 3_600, 7_200, 14_400, 43_200];

    public static LagChart Of(LagView lag)
    {
        var highest = lag.Hours.Max(hour => hour.Most ?? 0);
        var top = Tops.FirstOrDefault(value => value >= highest, Tops[^1]);
        return new LagChart(
            Line(lag.Hours, hour => hour.Half, top),
            Line(lag.Hours, hour => hour.Most, top),
            [Wording.Seconds(top), .. Enumerable.Range(1, 4).Select(step => Wording.Number(top * (4 - step) / 4))],
            [.. lag.Hours.Where((_, index) => index % 6 == 0).Select(hour => hour.Start), lag.Hours[^1].Start]
        );
    }

    /// <returns>Points of a polyline in a box of 96 by 24.</returns>
    public static string Spark(IReadOnlyList<int> days)
    {
        var highest = Math.Max(1, days.Max());
        var points = days.Select(
            (value, index) =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{index * 96 / (days.Count - 1)},{2 + SparkHeight - (value * SparkHeight / highest)}"
                )
        );
        return string.Join(' ', points);
    }

    private static string Line(IReadOnlyList<LagHour> hours, Func<LagHour, double?> value, int top)
    {
        var path = new StringBuilder();
        var isOpen = false;
        for (var index = 0; index < hours.Count; index++)
        {
            if (value(hours[index]) is not { } seconds)
            {
                isOpen = false;
                continue;
            }

            var x = index * Width / (hours.Count - 1);
            var y = Height - (Math.Min(seconds, top) * Height / top);
            // A lone hour has no line to its neighbours; a short stroke keeps it visible.
            var stroke =
                isOpen ? ""
                : x < Width / 2 ? "h6h-6"
                : "h-6h6";
            path.Append(CultureInfo.InvariantCulture, $"{(isOpen ? 'L' : 'M')}{x:0.#} {y:0.#}{stroke}");
            isOpen = true;
        }

        return path.ToString();
    }
}
