namespace NewsBot.Core.Sources;

/// <summary>
/// One line that says which entries of a source a channel wants, such as
/// <c>title:(xiaomi OR huawei) -rumor lang:en regex:/\bEV\b/</c>.
/// </summary>
/// <remarks>
/// Words and “exact phrases” match whole words without regard to case and accents, <c>word*</c> matches beginnings;
/// text without spaces between words (Chinese, Japanese, Korean, Thai) matches anywhere. Terms beside each other
/// must all match; OR, AND, NOT (in capitals), a leading minus and brackets combine them.
/// </remarks>
public sealed class Filter : IEquatable<Filter>
{
    /// <summary>A longer filter is refused.</summary>
    public const int MaxLength = 2_000;

    /// <summary>A filter with more terms is refused.</summary>
    public const int MaxTerms = 100;

    /// <summary>More patterns are refused: each may take a second of every entry where it is written so.</summary>
    public const int MaxPatterns = 10;

    /// <summary>Brackets and negations nested deeper are refused.</summary>
    public const int MaxDepth = 16;

    private readonly FilterNode? _root;
    private readonly string _text;

    private Filter(FilterNode? root)
    {
        _root = root;
        _text = root is null ? "" : FilterText.Of(root);
    }

    /// <summary>The filter without terms, which lets everything through.</summary>
    public static Filter Everything { get; } = new(null);

    /// <summary>Reads a filter.</summary>
    /// <param name="text">At most 2,000 characters; white space alone gives <see cref="Everything"/>.</param>
    /// <param name="filter">What was read; <see cref="Everything"/> where nothing could be.</param>
    /// <param name="problem">What is wrong and where; null where nothing is.</param>
    /// <returns>False where the text is not a filter.</returns>
    public static bool TryParse(string text, out Filter filter, out FilterProblem? problem)
    {
        problem = FilterParser.Parse(text, out var root);
        filter = problem is null && root is not null ? new Filter(root) : Everything;
        // It is kept as its canonical text, which may have more brackets and spaces, and has to be read again.
        problem ??= filter._text == text ? null : FilterParser.Parse(filter._text, out _);
        filter = problem is null ? filter : Everything;
        return problem is null;
    }

    /// <summary>Decides about one entry.</summary>
    /// <param name="subject">The entry.</param>
    public FilterVerdict Matches(FilterSubject subject)
    {
        if (_root is null)
        {
            return new FilterVerdict(true, "", null);
        }

        var finding = _root.Find(new FilterView(subject));
        return new FilterVerdict(finding.Holds, FilterText.Of(finding.Decider), finding.Where);
    }

    /// <summary>The canonical text; reading it gives an equal filter.</summary>
    public override string ToString() => _text;

    /// <inheritdoc />
    public bool Equals(Filter? other) => other is not null && _text == other._text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Filter);

    /// <inheritdoc />
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
