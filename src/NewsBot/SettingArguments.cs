namespace NewsBot;

/// <summary>Turns the short forms of the command line into settings.</summary>
internal static class SettingArguments
{
    private static readonly (string Short, string Setting)[] Forms =
    [
        ("--data", "Storage:Folder"),
        ("--roles", "Process:Roles"),
    ];

    /// <returns>The same arguments with <c>--data DIR</c> as <c>--Storage:Folder=DIR</c>, and the like.</returns>
    public static string[] Expand(string[] args)
    {
        List<string> expanded = [];
        for (var i = 0; i < args.Length; i++)
        {
            var (name, setting) = Array.Find(
                Forms,
                form => args[i] == form.Short || args[i].StartsWith($"{form.Short}=", StringComparison.Ordinal)
            );
            if (name is null || (args[i] == name && i + 1 == args.Length))
            {
                expanded.Add(args[i]);
            }
            else
            {
                expanded.Add($"--{setting}={(args[i] == name ? args[++i] : args[i][(name.Length + 1)..])}");
            }
        }

        return [.. expanded];
    }
}
