using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>A text as it came out of the document, before it is made safe.</summary>
internal readonly record struct SourceText(string Value, TextForm Form, Uri? Base)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Value);

    /// <summary>Plain text on one line.</summary>
    public string ToLine() =>
        Form switch
        {
            TextForm.Plain => HtmlText.Fold(Value),
            TextForm.Markup => HtmlText.ToPlain(Value),
            _ => HtmlText.ToLine(Value),
        };

    /// <summary>Harmless HTML; null where there is none.</summary>
    public string? ToHtml()
    {
        if (IsEmpty)
        {
            return null;
        }

        var text = Value.Trim();
        var isHtml = Form == TextForm.Markup || (Form == TextForm.Guess && HtmlText.LooksLikeHtml(text));
        var html = isHtml ? SafeHtml.Clean(text, Base) : Escape(text);
        return html.Length == 0 ? null : html;
    }

    // A quotation mark needs no escape outside of attributes, and a text without '<' and '&' is HTML already.
    private static string Escape(string text) => text.AsSpan().ContainsAny('<', '&') ? HtmlEntities.Encode(text) : text;
}
