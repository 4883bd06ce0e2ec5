using System.Text;
using NewsBot.Core.Summaries;

namespace NewsBot.Fetching.Articles;

/// <summary>Gathers the text of one line: white space becomes single blanks, except in code.</summary>
internal sealed class LineText
{
    // Old pages are one line with breaks; no article is longer than we keep.
    private const int MaxLength = ArticleText.MaxLength;

    private readonly StringBuilder _text = new();
    private int _linked;

    public bool IsEmpty => _text.Length == 0;

    public void Append(string words, bool isLink, bool isCode)
    {
        var before = _text.Length;
        foreach (var letter in words)
        {
            if (_text.Length >= MaxLength)
            {
                break;
            }

            if (isCode)
            {
                AppendCode(letter);
            }
            else if (char.IsWhiteSpace(letter) || char.IsControl(letter))
            {
                Blank();
            }
            else if (letter is not ('\u200b' or '\ufeff' or '\u2060'))
            {
                _text.Append(letter);
            }
        }

        _linked += isLink ? _text.Length - before : 0;
    }

    /// <summary>Breaks the line.</summary>
    /// <returns>True where that is the second break: a paragraph ends.</returns>
    public bool Break(bool isCode)
    {
        if (_text.Length == 0)
        {
            return false;
        }

        if (!isCode)
        {
            TrimBlank();
            // What is nothing but a link so far has nothing to do with the next line.
            if (_text[^1] == '\n' || _linked >= _text.Length)
            {
                return true;
            }
        }

        _text.Append('\n');
        return false;
    }

    /// <summary>What was gathered and how many of its letters are links; begins anew.</summary>
    public (string Text, int Linked) Take()
    {
        if (_text.Length == 0)
        {
            return ("", 0);
        }

        var text = _text.ToString().TrimEnd();
        var linked = Math.Min(_linked, text.Length);
        _text.Clear();
        _linked = 0;
        return (text, linked);
    }

    private void AppendCode(char letter)
    {
        if (letter == '\n' ? _text.Length > 0 : letter == '\t' || !char.IsControl(letter))
        {
            _text.Append(letter);
        }
    }

    private void Blank()
    {
        if (_text.Length > 0 && _text[^1] is not (' ' or '\n'))
        {
            _text.Append(' ');
        }
    }

    private void TrimBlank()
    {
        if (_text[^1] == ' ')
        {
            _text.Length--;
        }
    }
}
