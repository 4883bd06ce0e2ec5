using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>Collects what stands in one element: text as it is, child elements as markup.</summary>
internal sealed class TextCapture
{
    private readonly StringBuilder _parts = new();
    private string? _single;
    private bool _hasMarkup;
    private TextForm _form;
    private bool _isBase64;

    /// <summary>Starts anew on an element with Atom's type and mode attributes, where it has them.</summary>
    public void Begin(MarkupReader element, TextForm usual)
    {
        _parts.Clear();
        _single = null;
        _hasMarkup = false;
        _isBase64 = false;
        _form = usual;
        if (element.AttributeCount > 0)
        {
            Declare(element.Attribute("type")?.Trim().ToLowerInvariant(), element.Attribute("mode"));
        }
    }

    public void Add(string text)
    {
        text = WithoutControls(text);
        if (_hasMarkup)
        {
            _parts.Append(AsMarkup(text));
        }
        else if (_single is null)
        {
            _single = text;
        }
        else
        {
            if (_parts.Length == 0)
            {
                _parts.Append(_single);
            }

            _parts.Append(text);
        }
    }

    /// <summary>Takes in a child's start tag.</summary>
    /// <param name="element">Stands on the child.</param>
    /// <param name="baseUrl">What addresses in the child start from, where that differs from the text around it; else null.</param>
    public void Open(MarkupReader element, Uri? baseUrl)
    {
        BeMarkup();
        _parts.Append('<').Append(element.Name);
        for (var i = 0; i < element.AttributeCount; i++)
        {
            var (name, value) = element.AttributeAt(i);
            if (name.Length == 0)
            {
                continue;
            }

            if (baseUrl is not null && name is "href" or "src" && Uri.TryCreate(baseUrl, value, out var absolute))
            {
                value = absolute.AbsoluteUri;
            }

            _parts.Append(' ').Append(name).Append("=\"").Append(HtmlEntities.Encode(value)).Append('"');
        }

        _parts.Append('>');
    }

    public void Close(string name)
    {
        if (!HtmlNames.Void.Contains(name))
        {
            _parts.Append("</").Append(name).Append('>');
        }
    }

    /// <summary>The whole text.</summary>
    public SourceText Finish(Uri? baseUrl)
    {
        var value = _parts.Length > 0 ? _parts.ToString() : _single ?? string.Empty;
        if (_isBase64 && FromBase64(value) is { } decoded)
        {
            return new SourceText(decoded, TextForm.Guess, baseUrl);
        }

        return new SourceText(value, _hasMarkup ? TextForm.Markup : _form, baseUrl);
    }

    private void Declare(string? type, string? mode)
    {
        if (mode == "base64")
        {
            _isBase64 = true;
            return;
        }

        switch (type)
        {
            case null or "":
                break;
            case "html" or "text/html":
                _form = TextForm.Markup;
                break;
            case "xhtml" or "application/xhtml+xml":
                _form = mode == "escaped" ? TextForm.Markup : TextForm.Plain;
                break;
            case "text" or "text/plain" or "plain":
                _form = TextForm.Plain;
                break;
            default:
                _isBase64 =
                    mode is null
                    && !type.StartsWith("text/", StringComparison.Ordinal)
                    && !type.EndsWith("xml", StringComparison.Ordinal);
                break;
        }
    }

    // Old editors wrote the quotation marks of Windows by their numbers, which mean nothing in XML.
    private static string WithoutControls(string text) =>
        text.AsSpan().ContainsAnyInRange('\u0080', '\u009F')
            ? string.Concat(
                text.Select(letter =>
                    letter is >= '\u0080' and <= '\u009F' ? HtmlEntities.Character(letter) : letter.ToString()
                )
            )
            : text;

    private void BeMarkup()
    {
        if (_hasMarkup)
        {
            return;
        }

        var before = _parts.Length > 0 ? _parts.ToString() : _single;
        _parts.Clear();
        _hasMarkup = true;
        if (before is not null)
        {
            _parts.Append(AsMarkup(before));
        }
    }

    // Some publishers escape half of a text and leave the other half as elements.
    private string AsMarkup(string text) =>
        _form != TextForm.Plain && text.Contains('<', StringComparison.Ordinal) && HtmlText.LooksLikeHtml(text)
            ? text
            : HtmlEntities.Encode(text);

    private static string? FromBase64(string value)
    {
        var bytes = new byte[value.Length];
        return value.Length > 0 && Convert.TryFromBase64String(value, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }
}
