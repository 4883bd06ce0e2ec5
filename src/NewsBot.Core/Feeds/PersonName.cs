using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>Finds the name in what feeds say of an author.</summary>
internal static class PersonName
{
    private const int MaxLength = 200;

    /// <summary>"me@example.org (Jane Doe)", "Jane Doe &lt;me@example.org&gt;" and "Jane Doe" give "Jane Doe"; an address alone stays.</summary>
    public static string Read(string text)
    {
        var line = HtmlText.Fold(HtmlEntities.Decode(text));
        var name = InBrackets(line) ?? WithoutAddress(line) ?? HtmlText.ToLine(line);
        return name.Length > MaxLength ? string.Empty : name;
    }

    private static string? InBrackets(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || !line.EndsWith(')') || !line.AsSpan(0, open).Contains('@'))
        {
            return null;
        }

        var name = line[(open + 1)..^1].Trim();
        return name.Length == 0 ? null : name;
    }

    private static string? WithoutAddress(string line)
    {
        var open = line.IndexOf('<', StringComparison.Ordinal);
        var name =
            open > 0 && line.EndsWith('>') && line.AsSpan(open).Contains('@')
                ? line[..open].Trim(' ', '"')
                : string.Empty;
        return name.Length == 0 ? null : name;
    }
}
