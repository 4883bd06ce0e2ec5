namespace NewsBot.Testing;

/// <summary>Where the files of the corpus lie.</summary>
internal static class CorpusFolder
{
    /// <summary>The full path of a file or folder of the corpus.</summary>
    /// <param name="parts">The names from the corpus's own folder on.</param>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NewsBot.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine([folder.FullName, "tests", "NewsBot.Testing", "Corpus", .. parts]);
    }
}
