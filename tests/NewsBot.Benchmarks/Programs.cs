namespace NewsBot.Benchmarks;

/// <summary>Programs that a comparison needs.</summary>
internal static class Programs
{
    /// <summary>Where one is.</summary>
    /// <returns>Null where it is not installed.</returns>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
