namespace NewsBot.Testing.Measures;

/// <summary>What was found of what should be found, and what should not.</summary>
/// <param name="Right">Found as it should be.</param>
/// <param name="Wrong">Found though it should not be.</param>
/// <param name="Missed">Not found.</param>
internal sealed record Hits(int Right, int Wrong, int Missed)
{
    public double Precision => (double)Right / Math.Max(1, Right + Wrong);

    public double Recall => (double)Right / Math.Max(1, Right + Missed);

    public double F1 => 2.0 * Right / Math.Max(1, (2 * Right) + Wrong + Missed);

    public static Hits operator +(Hits one, Hits other) =>
        new(one.Right + other.Right, one.Wrong + other.Wrong, one.Missed + other.Missed);

    /// <summary>Looks for passages in the text of an article; white space does not count.</summary>
    /// <param name="text">What was found on the page.</param>
    /// <param name="with">Passages of the article.</param>
    /// <param name="without">Passages of the page around it.</param>
    public static Hits In(string text, IReadOnlyCollection<string> with, IReadOnlyCollection<string> without)
    {
        var line = Line(text);
        bool Has(string passage) => line.Contains(Line(passage), StringComparison.Ordinal);
        var right = with.Count(Has);
        return new Hits(right, without.Count(Has), with.Count - right);
    }

    private static string Line(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
