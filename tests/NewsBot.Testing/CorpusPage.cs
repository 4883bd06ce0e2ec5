using NewsBot.Fetching;

namespace NewsBot.Testing;

/// <summary>A page of the corpus, and what its first comment says has to come of it.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Body">The bytes a server would send.</param>
/// <param name="Facts">Lines of "has: …", "not: …", "is: …" and the like, by the word before the colon.</param>
internal sealed record CorpusPage(string Name, byte[] Body, ILookup<string, string> Facts)
{
    /// <summary>All pages of the corpus, by name.</summary>
    public static IReadOnlyList<CorpusPage> All { get; } =
    [.. Directory.EnumerateFiles(Folder(), "*.html").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Reads one.</summary>
    public static CorpusPage Named(string name) => Read(Path.Combine(Folder(), name));

    private static CorpusPage Read(string file)
    {
        var body = File.ReadAllBytes(file);
        var text = HtmlBytes.Decode(body, null);
        var facts = text[text.IndexOf('\n', StringComparison.Ordinal)..text.IndexOf("-->", StringComparison.Ordinal)]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .ToLookup(parts => parts[0], parts => parts[1]);
        return new CorpusPage(Path.GetFileName(file), body, facts);
    }

    private static string Folder() => CorpusFolder.Of("pages");
}
