namespace NewsBot;

/// <summary>Turns the short forms of the command line into settings.</summary>
internal static class SettingArguments
{
    private const string Data = "--data";

    /// <returns>The same arguments with <c>--data DIR</c> as <c>--Storage:Folder=DIR</c>.</returns>
    public static string[] Expand(string[] args)
    {
        List<string> expanded = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == Data && i + 1 < args.Length)
            {
                expanded.Add($"--Storage:Folder={args[++i]}");
            }
            else if (args[i].StartsWith($"{Data}=", StringComparison.Ordinal))
            {
                expanded.Add($"--Storage:Folder={args[i][(Data.Length + 1)..]}");
            }
            else
            {
                expanded.Add(args[i]);
            }
        }

        return [.. expanded];
    }
}
