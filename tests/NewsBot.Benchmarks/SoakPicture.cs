using System.Globalization;
using System.Text;

namespace NewsBot.Benchmarks;

/// <summary>Draws the curves of a soak, one below the other, as SVG.</summary>
internal static class SoakPicture
{
    private const int Width = 900;
    private const int Height = 130;
    private const int Left = 70;
    private const int Top = 40;

    public static string Draw(string title, IReadOnlyList<SoakCurve> curves)
    {
        var svg = new StringBuilder();
        var all = Top + (curves.Count * Height);
        Add(
            svg,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {all}" font-family="sans-serif" font-size="12">"""
        );
        Add(
            svg,
            $"""<rect width="{Width}" height="{all}" fill="#fff"/><text x="10" y="22" font-size="15">{title}</text>"""
        );
        for (var i = 0; i < curves.Count; i++)
        {
            Draw(svg, curves[i], Top + (i * Height));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, SoakCurve curve, int top)
    {
        var (most, last) = (Math.Max(curve.Points.Max(point => point.Value), 1e-9), curve.Points[^1].At);
        var (wide, high) = (Width - Left - 20, Height - 45);
        double X(double at) => Left + (last == 0 ? 0 : at / last * wide);
        double Y(double value) => top + 20 + high - (value / most * high);
        Add(svg, $"""<text x="{Left}" y="{top + 12}">{curve.Name}{(curve.IsFlat ? "" : " (not flat)")}</text>""");
        Add(svg, $"""<path d="M{Left} {Y(0)}h{wide}M{Left} {Y(most)}h{wide}" stroke="#ccc"/>""");
        Add(svg, $"""<text x="{Left - 6}" y="{Y(most) + 4}" text-anchor="end">{most:0.#}</text>""");
        Add(svg, $"""<text x="{Left - 6}" y="{Y(0) + 4}" text-anchor="end">0</text>""");
        Add(
            svg,
            $"""<text x="{Left + wide}" y="{Y(0) + 16}" text-anchor="end">{(last < 1 ? last * 24 : last):0.##} {(last < 1 ? "hours" : "days")}</text>"""
        );
        var line = string.Join(
            ' ',
            curve.Points.Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{X(point.At):0.0},{Y(point.Value):0.0}")
            )
        );
        Add(svg, $"""<polyline points="{line}" fill="none" stroke="#06c" stroke-width="1.5"/>""");
    }

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
