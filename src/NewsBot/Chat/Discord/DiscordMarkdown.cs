using System.Text;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Turns Discord's Markdown into ours. What both mean alike stays; what only Discord means is said in ours; what only ours
/// would mean is escaped. Pure.
/// </summary>
internal static class DiscordMarkdown
{
    /// <summary>What stands in the place of a spoiler: its text is for those who ask for it, and a page cannot ask.</summary>
    public const string Spoiler = "*(spoiler)*";

    // Signs of our own for what is put aside while lines are looked at; foreign ones are taken out first.
    private const char InlineCode = '\uE000';
    private const char Fence = '\uE001';
    private const char Hidden = '\uE002';

    /// <param name="text">A message as its author typed it.</param>
    /// <param name="mentions">Who and what it names.</param>
    public static string Convert(string text, DiscordMentions mentions)
    {
        var plain = Strip(text.ReplaceLineEndings("\n"));
        var code = new Queue<string>();
        var aside = SetAside(plain, code);
        var result = new StringBuilder(aside.Length + 64);
        foreach (var line in DiscordLines.Convert(aside.Split('\n')))
        {
            DiscordInline.Convert(line, mentions, result);
            result.Append('\n');
        }

        return PutBack(result.ToString(), code).Trim('\n');
    }

    private static string Strip(string text) =>
        text.AsSpan().ContainsAny(InlineCode, Fence, Hidden)
            ? new string([.. text.Where(character => character is not (InlineCode or Fence or Hidden))])
            : text;

    /// <summary>Takes code and spoilers out, in the order in which Discord finds them.</summary>
    private static string SetAside(string text, Queue<string> code)
    {
        var rest = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            at += text[at] switch
            {
                '\\' when at + 1 < text.Length => Keep(text, at, 2, rest),
                '`' => TakeCode(text, at, rest, code),
                '|' when Spoils(text, at, out var length) => Replace(rest, Hidden, length),
                'h' when IsAddress(text, at) => Keep(text, at, AddressLength(text, at), rest),
                _ => Keep(text, at, 1, rest),
            };
        }

        return rest.ToString();
    }

    private static bool Spoils(string text, int at, out int length)
    {
        length = 0;
        if (at + 4 >= text.Length || text[at + 1] != '|')
        {
            return false;
        }

        // "|||a||" hides "|a": the hidden text is never empty.
        var end = text.IndexOf("||", at + 3, StringComparison.Ordinal);
        length = end < 0 ? 0 : end + 2 - at;
        return end >= 0;
    }

    private static int TakeCode(string text, int at, StringBuilder rest, Queue<string> code)
    {
        var signs = Run(text, at);
        if (signs >= 3)
        {
            var end = text.IndexOf("```", at + 3, StringComparison.Ordinal);
            if (end > at + 3)
            {
                code.Enqueue(Block(text[(at + 3)..end]));
                return Replace(rest, Fence, end + 3 - at);
            }
        }

        var close = signs <= 2 ? Close(text, at + signs, signs) : -1;
        if (close > at + signs)
        {
            code.Enqueue(text[at..(close + signs)].Replace('\n', ' '));
            return Replace(rest, InlineCode, close + signs - at);
        }

        for (var i = 0; i < signs; i++)
        {
            rest.Append("\\`");
        }

        return signs;
    }

    private static int Close(string text, int from, int signs)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (text[at] != '`')
            {
                continue;
            }

            var run = Run(text, at);
            if (run == signs)
            {
                return at;
            }

            at += run - 1;
        }

        return -1;
    }

    private static string Block(string inside)
    {
        var end = inside.IndexOf('\n', StringComparison.Ordinal);
        var language = end > 0 && inside.AsSpan(0, end).IndexOfAnyExceptInRange('!', '~') < 0 ? inside[..end] : null;
        var body = language is null ? inside : inside[(end + 1)..];
        // The fence is longer than any run of signs in what it holds.
        return $"````\n{body.Trim('\n').Replace("````", "``` `", StringComparison.Ordinal)}\n````";
    }

    private static string PutBack(string text, Queue<string> code)
    {
        var result = new StringBuilder(text.Length + 64);
        foreach (var character in text)
        {
            switch (character)
            {
                case InlineCode:
                    result.Append(code.Dequeue());
                    break;
                case Fence:
                    Line(result);
                    result.Append(code.Dequeue()).Append('\n');
                    break;
                case Hidden:
                    result.Append(Spoiler);
                    break;
                default:
                    result.Append(character);
                    break;
            }
        }

        return result.ToString();
    }

    private static void Line(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }
    }

    private static int Run(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == '`')
        {
            end++;
        }

        return end - at;
    }

    private static bool IsAddress(string text, int at) =>
        string.CompareOrdinal(text, at, "https://", 0, 8) == 0 || string.CompareOrdinal(text, at, "http://", 0, 7) == 0;

    // What begins in an address begins nothing else, but a spoiler around it still ends.
    private static int AddressLength(string text, int at)
    {
        var end = at;
        while (
            end < text.Length
            && !char.IsWhiteSpace(text[end])
            && text[end] is not ('`' or '>')
            && !(text[end] == '|' && end + 1 < text.Length && text[end + 1] == '|')
        )
        {
            end++;
        }

        return end - at;
    }

    private static int Keep(string text, int at, int length, StringBuilder rest)
    {
        rest.Append(text, at, length);
        return length;
    }

    private static int Replace(StringBuilder rest, char sign, int length)
    {
        rest.Append(sign);
        return length;
    }
}
