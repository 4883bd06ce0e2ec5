using System.Globalization;
using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>The beginning of a text, cut where a reader would stop.</summary>
public static class Excerpt
{
    /// <summary>Cuts a text at the end of a sentence, else of a word, else of a sign.</summary>
    /// <param name="plainText">Plain text.</param>
    /// <param name="maxChars">Longest result in UTF-16 units, the “…” included; at least 1.</param>
    /// <returns>One line; ends with “…” unless it ends with a sentence or is the whole text.</returns>
    public static string Of(string plainText, int maxChars)
    {
        // White space only shrinks, so a part far longer than asked for decides it.
        var part = plainText.Length <= maxChars * 8L ? plainText : plainText[..(maxChars * 8)];
        var line = string.Join(' ', part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= maxChars)
        {
            return line;
        }

        // Half the room must be used, else a short first sentence would hide the rest.
        var sentence = SentenceSplitter.Split(line).LastOrDefault(span => span.End <= maxChars);
        if (sentence.End >= maxChars / 2 && sentence.End > 0)
        {
            return line[..sentence.End];
        }

        var room = maxChars - 1;
        var space = line.LastIndexOf(' ', room);
        var cut = space >= room / 2 && space > 0 ? space : WholeSigns(line, room);
        return line[..cut].TrimEnd(' ', ',', ';', ':', '-', '–', '—') + "…";
    }

    private static int WholeSigns(string line, int room)
    {
        var end = 0;
        while (end < room)
        {
            var next = end + StringInfo.GetNextTextElementLength(line, end);
            if (next > room)
            {
                break;
            }

            end = next;
        }

        return end;
    }
}
