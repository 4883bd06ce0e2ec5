using System.Text;
using System.Text.RegularExpressions;

namespace NewsBot.Cli;

/// <summary>Turns our answers' Markdown into text for a terminal. Pure.</summary>
internal static partial class TerminalText
{
    /// <param name="markdown">An answer; foreign text in it is escaped.</param>
    /// <returns>Without marks, control characters and "/news"; links with their address behind them.</returns>
    public static string Of(string markdown)
    {
        var text = new StringBuilder();
        var isBlock = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isBlock = !isBlock;
                continue;
            }

            text.Append(isBlock ? line : Inline(line)).Append('\n');
        }

        return Control().Replace(text.ToString().TrimEnd('\n'), "");
    }

    private static string Inline(string line)
    {
        var linked = Link().Replace(line, "${text} (${url})");
        var command = Command().Replace(linked, "`newsbot ");
        return Mark().Replace(command, match => match.Groups["escaped"].Value);
    }

    [GeneratedRegex(@"(?<!\\)\[(?<text>(\\.|[^\]\\])*)\]\(<?(?<url>[^)>]*)>?\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex("`/news ", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Command();

    // A backslash goes and leaves what it protects; other marks go.
    [GeneratedRegex(@"\\(?<escaped>[!-/:-@\[-`{-~])|\*\*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Mark();

    // A terminal obeys them, and headlines are written by strangers.
    [GeneratedRegex(@"[\u0000-\u0008\u000B-\u001F\u007F-\u009F]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Control();
}
