using System.Buffers;
using System.Text;

namespace NewsBot.Core.Commands;

/// <summary>Cuts a line into words. Quotation marks of any style keep words together; a lone mark is a letter like any other.</summary>
internal static class CommandWords
{
    private const string Opening = "\"“”„‟«»";
    private static readonly SearchValues<char> Closing = SearchValues.Create("\"“”‟«»");

    public static List<CommandWord> Split(string line)
    {
        var words = new List<CommandWord>();
        var at = 0;
        while (at < line.Length)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            words.Add(Next(line, ref at));
        }

        return words;
    }

    private static CommandWord Next(string line, ref int at)
    {
        var start = at;
        var text = new StringBuilder();
        var quotes = 0;
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
        {
            // Marks open after a sign such as ':' or '='; within a word they are inches or seconds.
            var opens =
                Opening.Contains(line[at], StringComparison.Ordinal)
                && (at == start || !char.IsLetterOrDigit(line[at - 1]));
            var close = opens ? line.AsSpan(at + 1).IndexOfAny(Closing) : -1;
            if (close < 0)
            {
                text.Append(line[at++]);
                continue;
            }

            text.Append(line, at + 1, close);
            at += close + 2;
            quotes++;
        }

        var whole = quotes == 1 && text.Length == at - start - 2;
        return new CommandWord(text.ToString(), start, at, whole);
    }
}
