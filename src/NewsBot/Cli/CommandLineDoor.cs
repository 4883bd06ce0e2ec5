using System.Text.RegularExpressions;

namespace NewsBot.Cli;

/// <summary>The door from the command line: without a verb the server starts, with one it is run and the process ends.</summary>
internal static partial class CommandLineDoor
{
    /// <summary>Nothing went wrong.</summary>
    public const int Done = 0;

    /// <summary>It failed, or was refused.</summary>
    public const int Failed = 1;

    /// <summary>The line itself was wrong.</summary>
    public const int WrongUsage = 2;

    /// <param name="args">The process's arguments.</param>
    /// <param name="serve">Starts the server with the settings among them.</param>
    /// <returns>0, 1 (it failed) or 2 (wrong usage).</returns>
    public static Task<int> RunAsync(string[] args, Func<string[], Task<int>> serve)
    {
        var settings = new List<string>();
        var words = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--data" && i + 1 < args.Length)
            {
                settings.AddRange([args[i], args[++i]]);
            }
            else if (
                SettingName().IsMatch(args[i])
                && i + 1 < args.Length
                && !args[i + 1].StartsWith("--", StringComparison.Ordinal)
            )
            {
                settings.Add($"{args[i]}={args[++i]}");
            }
            else if (Setting().IsMatch(args[i]))
            {
                settings.Add(args[i]);
            }
            else
            {
                words.Add(args[i]);
            }
        }

        return words switch
        {
            [] => serve([.. settings]),
            ["serve"] => serve([.. settings]),
            // From here on nobody waits for a server, so loading the verbs may cost its tenth of a second.
            _ => Verbs.RunAsync([.. settings], words),
        };
    }

    // "--Section:Key=value", "--environment=…" and "--data=…"; everything else is a verb or belongs to one.
    [GeneratedRegex(
        "^--([A-Za-z]+(:[A-Za-z0-9_.-]+)+=.*|data=.*|environment=.*|urls=.*)$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1_000
    )]
    private static partial Regex Setting();

    // "--Section:Key" with its value as the next word: taken for a verb, a token would be said back as an unknown one.
    [GeneratedRegex("^--[A-Za-z]+(:[A-Za-z0-9_.-]+)+$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SettingName();
}
