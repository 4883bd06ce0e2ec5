using System.Globalization;
using System.Text;

namespace NewsBot.Web.Views;

/// <summary>Bars of a small chart, as SVG path data in a box of 280 by 64. Pure.</summary>
internal static class BarChart
{
    public const int Width = 280;
    public const int Height = 64;

    // Space between two bars, as a share of the room of one.
    private const double Gap = 0.25;

    /// <summary>The outline of all bars; a value of nothing has no bar.</summary>
    public static string Path(IReadOnlyList<int> values)
    {
        var highest = Math.Max(1, values.Max());
        var room = (double)Width / values.Count;
        var path = new StringBuilder();
        foreach (var (place, value) in values.Index().Where(one => one.Item > 0))
        {
            var height = Math.Max(2, (double)value * (Height - 2) / highest);
            var width = room * (1 - Gap);
            path.Append(
                CultureInfo.InvariantCulture,
                $"M{place * room:0.#} {Height}v{-height:0.#}h{width:0.#}v{height:0.#}z"
            );
        }

        return path.ToString();
    }
}
