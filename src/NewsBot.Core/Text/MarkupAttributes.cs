using System.Buffers;

namespace NewsBot.Core.Text;

/// <summary>Cuts the inside of a tag into attributes: quoted, unquoted or without a value.</summary>
internal static class MarkupAttributes
{
    private const string Space = " \t\r\n\f";

    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\r\n\f=/");

    /// <summary>Takes the next attribute off <paramref name="rest"/>; false where none is left. Values are undecoded.</summary>
    public static bool Next(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        value = default;
        rest = rest.TrimStart(" \t\r\n\f/\"'=");
        var end = rest.IndexOfAny(NameEnd);
        name = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        if (name.IsEmpty)
        {
            return false;
        }

        var after = rest.TrimStart(Space);
        if (!after.StartsWith("="))
        {
            return true;
        }

        after = after[1..].TrimStart(Space);
        if (after.IsEmpty)
        {
            rest = after;
            return true;
        }

        rest = after[0] is '"' or '\'' ? Quoted(after, out value) : Unquoted(after, out value);
        return true;
    }

    private static ReadOnlySpan<char> Quoted(ReadOnlySpan<char> text, out ReadOnlySpan<char> value)
    {
        var close = text[1..].IndexOf(text[0]);
        if (close < 0)
        {
            // The closing quote got lost: the value ends where the tag or the word does.
            return Unquoted(text[1..], out value);
        }

        value = text.Slice(1, close);
        return text[(close + 2)..];
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> text, out ReadOnlySpan<char> value)
    {
        var end = text.IndexOfAny(Space);
        value = end < 0 ? text : text[..end];
        return end < 0 ? default : text[end..];
    }
}
