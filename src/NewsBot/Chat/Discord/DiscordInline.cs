using System.Text;
using System.Text.RegularExpressions;

namespace NewsBot.Chat.Discord;

/// <summary>The part of Discord's Markdown that stands within a line. Pure.</summary>
internal static partial class DiscordInline
{
    /// <summary>Converts one line, which may be the inside of a quote or an item.</summary>
    /// <param name="line">Without line end; code and spoilers are taken out.</param>
    /// <param name="mentions">Who and what it names.</param>
    /// <param name="result">Where it is written.</param>
    public static void Convert(string line, DiscordMentions mentions, StringBuilder result)
    {
        var isUnderlined = false;
        var at = 0;
        while (at < line.Length)
        {
            switch (line[at])
            {
                case '\\':
                    // At the end of a line it would break it.
                    var length = at + 1 < line.Length ? 2 : 1;
                    result.Append(length == 1 ? "\\\\" : line.AsSpan(at, 2));
                    at += length;
                    break;
                case '<' when mentions.Find(line, at, out var taken) is { } words:
                    result.Append(words);
                    at += taken;
                    break;
                case '&' when Entity().IsMatch(line, at):
                    result.Append("\\&");
                    at++;
                    break;
                case '!' when at + 1 < line.Length && line[at + 1] == '[':
                    result.Append("\\!");
                    at++;
                    break;
                case '_' when Underlines(line, at, isUnderlined):
                    // There is no underlining here: a link would look the same. It is emphasised.
                    isUnderlined = !isUnderlined;
                    result.Append('_');
                    at += 2;
                    break;
                case 'h' when Address().Match(line, at) is { Success: true } address:
                    result.Append(address.ValueSpan);
                    at += address.Length;
                    break;
                default:
                    result.Append(line[at]);
                    at++;
                    break;
            }
        }
    }

    private static bool Underlines(string line, int at, bool isOpen) =>
        at + 1 < line.Length
        && line[at + 1] == '_'
        && (isOpen || (at + 4 < line.Length && line.IndexOf("__", at + 3, StringComparison.Ordinal) >= 0));

    [GeneratedRegex(
        @"\G&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Entity();

    [GeneratedRegex(@"\Ghttps?://[^\s<>\uE000-\uE002]+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Address();
}
