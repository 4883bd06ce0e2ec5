using System.Text;

namespace NewsBot.Core.Text;

/// <summary>Turns HTML into text for people to read. Pure; never throws.</summary>
public static class HtmlText
{
    /// <summary>Leaves out tags, comments, scripts and styles, decodes entities and folds white space.</summary>
    /// <param name="html">HTML of any quality; plain text goes through unharmed.</param>
    /// <param name="keepLines">True: blocks and line breaks become '\n'; false: one line, a space between blocks.</param>
    /// <returns>Trimmed; empty where there is nothing to read.</returns>
    public static string ToPlain(string html, bool keepLines = false) => Convert(html, keepLines, onlyKnownTags: false);

    /// <summary>A title as one line of plain text. Only tags HTML knows are taken as tags, so "a &lt;b and c" or "&lt;3" stay.</summary>
    /// <param name="text">Text that may or may not hold HTML.</param>
    public static string ToLine(string text) => Convert(text, keepLines: false, onlyKnownTags: true);

    /// <summary>Folds white space and drops control characters; the text itself where it is tidy already.</summary>
    /// <param name="text">Plain text without markup.</param>
    public static string Fold(string text)
    {
        if (IsTidy(text))
        {
            return text;
        }

        var line = new LineBuilder(text.Length, keepLines: false);
        line.Append(text);
        return line.ToString();
    }

    /// <summary>True where the text holds a tag that HTML knows or a character reference.</summary>
    /// <param name="text">Any text.</param>
    public static bool LooksLikeHtml(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
        {
            return HasReference(text);
        }

        var names = HtmlNames.Known.GetAlternateLookup<ReadOnlySpan<char>>();
        var scanner = new MarkupScanner(text);
        while (scanner.Read())
        {
            if (
                scanner.Kind is MarkupToken.Start or MarkupToken.End
                && !scanner.Unclosed
                && names.Contains(scanner.Name)
            )
            {
                return true;
            }
        }

        return HasReference(text);
    }

    private static bool HasReference(string text)
    {
        for (var at = text.IndexOf('&', StringComparison.Ordinal); at >= 0; at = text.IndexOf('&', at + 1))
        {
            if (HtmlEntities.Reference(text.AsSpan(at), out _) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string Convert(string html, bool keepLines, bool onlyKnownTags)
    {
        if (!html.AsSpan().ContainsAny('<', '&'))
        {
            return keepLines ? html.Trim() : Fold(html);
        }

        var line = new LineBuilder(html.Length, keepLines);
        var scanner = new MarkupScanner(html);
        while (scanner.Read())
        {
            switch (scanner.Kind)
            {
                case MarkupToken.Text:
                    line.Append(HtmlEntities.Decode(scanner.Value.ToString()));
                    break;
                case MarkupToken.CData:
                    line.Append(scanner.Value);
                    break;
                case MarkupToken.Start or MarkupToken.End:
                    Tag(scanner, line, onlyKnownTags);
                    break;
                default:
                    break;
            }
        }

        return line.ToString();
    }

    private static void Tag(MarkupScanner scanner, LineBuilder line, bool onlyKnownTags)
    {
        if (
            onlyKnownTags
            && (scanner.Unclosed || !HtmlNames.Known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(scanner.Name))
        )
        {
            line.Append(HtmlEntities.Decode(scanner.Source[scanner.Start..scanner.Position]));
            return;
        }

        if (HtmlNames.Block.GetAlternateLookup<ReadOnlySpan<char>>().Contains(scanner.Name))
        {
            line.Break();
        }
        else if (
            scanner is { Kind: MarkupToken.Start, SelfClosing: false }
            && HtmlNames.Hidden.TryGetValue(scanner.Name.ToString(), out var hidden)
        )
        {
            scanner.SkipPast(hidden);
        }
    }

    private static bool IsTidy(string text)
    {
        var space = true;
        foreach (var letter in text)
        {
            if (letter == ' ' ? space : char.IsWhiteSpace(letter) || char.IsControl(letter))
            {
                return false;
            }

            space = letter == ' ';
        }

        return !space || text.Length == 0;
    }

    /// <summary>Collects text with its white space folded.</summary>
    private sealed class LineBuilder(int capacity, bool keepLines)
    {
        private readonly StringBuilder _text = new(Math.Min(capacity, 4_096));
        private char _gap;

        public void Append(ReadOnlySpan<char> text)
        {
            foreach (var letter in text)
            {
                if (char.IsWhiteSpace(letter))
                {
                    _gap = _gap == '\n' ? '\n' : ' ';
                }
                else if (!char.IsControl(letter))
                {
                    Flush();
                    _text.Append(letter);
                }
            }
        }

        public void Break() => _gap = keepLines ? '\n' : ' ';

        public override string ToString() => _text.ToString();

        private void Flush()
        {
            if (_gap != '\0' && _text.Length > 0)
            {
                _text.Append(_gap);
            }

            _gap = '\0';
        }
    }
}
