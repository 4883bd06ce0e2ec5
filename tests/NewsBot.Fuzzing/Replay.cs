namespace NewsBot.Fuzzing;

/// <summary>Gives a target the inputs of files once more.</summary>
internal static class Replay
{
    /// <param name="target">Whose inputs they are.</param>
    /// <param name="paths">Files, or folders of them.</param>
    /// <returns>1 where one of them is a finding.</returns>
    public static int Run(FuzzTarget target, IEnumerable<string> paths)
    {
        var findings = 0;
        foreach (var file in paths.SelectMany(Files))
        {
            try
            {
                target.Run(File.ReadAllBytes(file));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                findings++;
                Output.Line($"{file}: {error}");
            }
        }

        Output.Line(findings == 0 ? "Nothing was found." : $"{findings} findings.");
        return findings == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [path];
}
