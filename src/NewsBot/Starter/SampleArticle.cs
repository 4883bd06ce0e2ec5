using System.Globalization;

namespace NewsBot.Starter;

/// <summary>One made-up article.</summary>
/// <param name="Slug">Last part of its address.</param>
/// <param name="Title">Headline, plain text.</param>
/// <param name="Age">How long before the newsroom's start it was published.</param>
/// <param name="UpdateAge">How long before the newsroom's start it was corrected; null where it never was.</param>
/// <param name="Author">One name.</param>
/// <param name="Category">One word or two, in the outlet's language.</param>
/// <param name="Picture">File name below <c>/sample/pictures/</c>.</param>
/// <param name="Caption">One sentence.</param>
/// <param name="Blocks">Paragraphs as plain text, the lead first; a block that begins with "## " is a heading.</param>
internal sealed record SampleArticle(
    string Slug,
    string Title,
    TimeSpan Age,
    TimeSpan? UpdateAge,
    string Author,
    string Category,
    string Picture,
    string Caption,
    IReadOnlyList<string> Blocks
)
{
    public string Lead => Blocks[0];

    /// <summary>Reads an outlet's article file: header lines, a blank line and paragraphs, articles divided by "---".</summary>
    /// <exception cref="KeyNotFoundException">An article lacks a header line.</exception>
    public static IReadOnlyList<SampleArticle> ReadAll(string text) => [.. text.Split("\n---\n").Select(Read)];

    private static SampleArticle Read(string text)
    {
        var blocks = text.Trim().Split("\n\n");
        var header = blocks[0]
            .Split('\n')
            .Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new SampleArticle(
            header["slug"],
            header["title"],
            Minutes(header["minutes"]),
            header.TryGetValue("updated", out var updated) ? Minutes(updated) : null,
            header["author"],
            header["category"],
            header["picture"] + ".webp",
            header["caption"],
            blocks[1..]
        );
    }

    private static TimeSpan Minutes(string text) =>
        TimeSpan.FromMinutes(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
}
