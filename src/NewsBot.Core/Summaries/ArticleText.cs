using NewsBot.Core.Feeds;

namespace NewsBot.Core.Summaries;

/// <summary>The main text of an article page.</summary>
/// <param name="Title">Plain text, one line; empty where there is none.</param>
/// <param name="Byline">Who wrote it, as plain text; null where unknown.</param>
/// <param name="Language">BCP 47 tag; null where unknown.</param>
/// <param name="Text">Plain text with headings, lists, tables and quotations in reading order; paragraphs separated by an empty line; 1 to <see cref="MaxLength"/> characters.</param>
/// <param name="SiteName">The name of the outlet as plain text; null where unknown.</param>
public sealed record ArticleText(string Title, string? Byline, string? Language, string Text, string? SiteName)
{
    /// <summary>Longer articles are cut at a paragraph: nobody reads more of it, and a summary needs far less.</summary>
    public const int MaxLength = 100_000;

    /// <summary>All pictures that the page offers for the article, those it shows itself first.</summary>
    public IReadOnlyList<PictureOffer> Pictures { get; init; } = [];

    /// <summary>When it came out, as the page says; null where unknown.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The paragraphs of <see cref="Text"/> alone, as a summary wants them.</summary>
    public string Prose
    {
        get => field ?? Text;
        init;
    }
}
