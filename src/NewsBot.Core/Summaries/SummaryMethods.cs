using System.Globalization;

namespace NewsBot.Core.Summaries;

/// <summary>Says how a summary was made, in the words that are stored beside it.</summary>
public static class SummaryMethods
{
    private const string ModelPrefix = "model-";

    /// <summary>Of the article's own sentences.</summary>
    public static string Extractive { get; } =
        string.Create(CultureInfo.InvariantCulture, $"extractive-{ExtractiveSummariser.Version}");

    /// <summary>Written by a model and checked.</summary>
    /// <param name="name">The model.</param>
    public static string By(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{ModelPrefix}{CheckedSummary.Version} {name}");

    /// <summary>Tells readers that a machine wrote the summary.</summary>
    /// <param name="model">Which one.</param>
    public static string Label(string model) =>
        $"Summary written by a machine ({model}) and checked against the article";

    /// <summary>The model that wrote it.</summary>
    /// <param name="method">As stored.</param>
    /// <returns>Null where none did.</returns>
    public static string? Model(string method) =>
        method.StartsWith(ModelPrefix, StringComparison.Ordinal)
        && method.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at
            ? method[(at + 1)..]
            : null;
}
