namespace NewsBot.Core.Sources;

/// <summary>Writes a filter in its canonical form.</summary>
internal static class FilterText
{
    internal static string Of(FilterNode node) => Write(node, FilterField.Anywhere);

    internal static string NameOf(FilterField field) => field.ToString().ToLowerInvariant();

    private static string Write(FilterNode node, FilterField around) =>
        node switch
        {
            FilterNode.All all => string.Join(' ', all.Parts.Select(part => WritePart(part, around, inAll: true))),
            FilterNode.Any any when around == FilterField.Anywhere && CommonField(any) is { } field =>
                $"{NameOf(field)}:({Write(any, field)})",
            FilterNode.Any any => string.Join(" OR ", any.Parts.Select(part => WritePart(part, around, inAll: false))),
            FilterNode.Not not => "-" + WriteNegated(not.Part, around),
            FilterNode.Pattern pattern when pattern.Field == around => $"regex:/{pattern.Written}/",
            FilterNode.Pattern pattern => $"{NameOf(pattern.Field)}:(regex:/{pattern.Written}/)",
            FilterNode.Word word when word.Field == around => Value(word),
            // Right behind a colon two slashes would make an address of it.
            FilterNode.Word word when Value(word).StartsWith("//", StringComparison.Ordinal) =>
                $"{NameOf(word.Field)}:({Value(word)})",
            FilterNode.Word word => $"{NameOf(word.Field)}:{Value(word)}",
            _ => "",
        };

    private static string WritePart(FilterNode part, FilterField around, bool inAll)
    {
        var text = Write(part, around);
        return part switch
        {
            FilterNode.Any any when inAll && !(around == FilterField.Anywhere && CommonField(any) is not null) =>
                $"({text})",
            FilterNode.All when !inAll => $"({text})",
            _ => text,
        };
    }

    private static string WriteNegated(FilterNode part, FilterField around)
    {
        var text = Write(part, around);
        var isGroup =
            part is FilterNode.All || (part is FilterNode.Any && text.Contains(" OR ", StringComparison.Ordinal));
        return
            isGroup && !(part is FilterNode.Any any && around == FilterField.Anywhere && CommonField(any) is not null)
            ? $"({text})"
            : text;
    }

    private static string Value(FilterNode.Word word)
    {
        var bare = word.Written.Length > 0 && !word.Written.Any(FilterParser.EndsWord) && !NeedsQuotes(word.Written);
        return bare ? word.Written + (word.IsPrefix ? "*" : "") : $"\"{word.Written}\"";
    }

    private static bool NeedsQuotes(string written) =>
        written[0] == '-'
        || written is "OR" or "AND" or "NOT"
        || written.Contains(':', StringComparison.Ordinal)
        || written.EndsWith('*')
        || !FilterParser.IsSayable(written);

    // A group whose terms all look at one field reads best with the field before the bracket.
    private static FilterField? CommonField(FilterNode node)
    {
        var fields = Fields(node).Distinct().Take(2).ToList();
        return fields is [not FilterField.Anywhere] ? fields[0] : null;
    }

    private static IEnumerable<FilterField> Fields(FilterNode node) =>
        node switch
        {
            FilterNode.All all => all.Parts.SelectMany(Fields),
            FilterNode.Any any => any.Parts.SelectMany(Fields),
            FilterNode.Not not => Fields(not.Part),
            FilterNode.Word word => [word.Field],
            FilterNode.Pattern pattern => [pattern.Field],
            _ => [],
        };
}
