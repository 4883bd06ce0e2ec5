namespace NewsBot.Starter;

/// <summary>The files of <c>config/starter</c>, embedded so that the program finds them from any working folder.</summary>
internal static class StarterFiles
{
    // Names are set in NewsBot.csproj.
    private const string Root = "starter/";

    /// <summary>The file's text.</summary>
    /// <param name="path">Path below <c>config/starter</c> with forward slashes; the file is known to exist.</param>
    public static string Text(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }

    /// <summary>The file's bytes; null where there is no such file.</summary>
    /// <param name="path">Path below <c>config/starter</c> with forward slashes; compared as it is, so it leads nowhere else.</param>
    public static byte[]? Bytes(string path)
    {
        using var stream = typeof(StarterFiles).Assembly.GetManifestResourceStream(Root + path);
        if (stream is null)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The files that end like this directly in <c>config/starter</c>, by name.</summary>
    /// <param name="ending">Such as ".opml".</param>
    public static IEnumerable<string> Names(string ending) =>
        typeof(StarterFiles)
            .Assembly.GetManifestResourceNames()
            .Where(name =>
                name.StartsWith(Root, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal)
            )
            .Select(name => name[Root.Length..])
            .Where(name => !name.Contains('/', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static Stream Open(string path) =>
        typeof(StarterFiles).Assembly.GetManifestResourceStream(Root + path)
        ?? throw new InvalidOperationException($"The program was built without config/starter/{path}.");
}
