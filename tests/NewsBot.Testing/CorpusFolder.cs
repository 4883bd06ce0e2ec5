namespace NewsBot.Testing;

/// <summary>Where the files of the corpus lie.</summary>
internal static class CorpusFolder
{
    /// <summary>The full path of a file or folder of the corpus.</summary>
    /// <param name="parts">The names from the corpus's own folder on.</param>
    public static string Of(params ReadOnlySpan<string> parts) =>
        Path.Combine([Checkout.Root, "tests", "NewsBot.Testing", "Corpus", .. parts]);
}
