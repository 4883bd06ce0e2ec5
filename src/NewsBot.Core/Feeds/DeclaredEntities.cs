using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>
/// The plain entities a document type declares. Their values are never looked into again and all replacements share one budget, so a
/// document cannot grow by them.
/// </summary>
internal sealed class DeclaredEntities
{
    private const int MaxCount = 50;
    private const int MaxValueLength = 200;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _budget = 20_000;

    /// <summary>Reads <c>&lt;!ENTITY name "value"&gt;</c>; parameter and external entities are left out.</summary>
    /// <param name="declaration">The inside of a document type declaration.</param>
    public void Learn(ReadOnlySpan<char> declaration)
    {
        const string Mark = "<!ENTITY";
        var at = declaration.IndexOf(Mark, StringComparison.Ordinal);
        while (at >= 0 && _values.Count < MaxCount)
        {
            declaration = declaration[(at + Mark.Length)..].TrimStart();
            var end = declaration.IndexOfAny(" \t\r\n");
            var rest = end < 0 ? default : declaration[end..].TrimStart();
            var close = rest.Length > 1 && rest[0] is '"' or '\'' ? rest[1..].IndexOf(rest[0]) : -1;
            if (close is >= 0 and <= MaxValueLength && declaration[0] != '%')
            {
                _values.TryAdd(declaration[..end].ToString(), HtmlEntities.Decode(rest.Slice(1, close).ToString()));
            }

            at = declaration.IndexOf(Mark, StringComparison.Ordinal);
        }
    }

    /// <summary>Puts in the values as far as the budget goes.</summary>
    /// <param name="text">Undecoded text.</param>
    public string Replace(string text)
    {
        if (_values.Count == 0 || !text.Contains('&', StringComparison.Ordinal))
        {
            return text;
        }

        foreach (var (name, value) in _values)
        {
            var reference = $"&{name};";
            if (_budget > 0 && text.Contains(reference, StringComparison.Ordinal))
            {
                var before = text.Length;
                var replaced = text.Replace(
                    reference,
                    value.Replace("&", "&amp;", StringComparison.Ordinal),
                    StringComparison.Ordinal
                );
                _budget -= Math.Max(value.Length, replaced.Length - before);
                text = _budget < 0 ? text : replaced;
            }
        }

        return text;
    }
}
