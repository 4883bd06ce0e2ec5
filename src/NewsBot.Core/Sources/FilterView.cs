using System.Text;
using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Sources;

/// <summary>An entry prepared for many terms: each part is folded at most once.</summary>
internal sealed class FilterView(FilterSubject subject)
{
    // An article has some 10,000 characters; more than this is no article.
    private const int MaxText = 200_000;

    private readonly Dictionary<FilterField, IReadOnlyList<string>> _folded = [];

    /// <summary>Where a word stands; null where it does not.</summary>
    internal string? Find(FilterNode.Word word) =>
        word.Field switch
        {
            FilterField.Anywhere => Find(FilterField.Title, word) ?? Find(FilterField.Text, word),
            FilterField.Lang => SpeaksLanguage(word.Needle) ? NameOf(FilterField.Lang) : null,
            FilterField.Has => Has(word.Needle) ? "the entry" : null,
            FilterField.Link => Parts(FilterField.Link)
                .Any(link => link.Contains(word.Needle, StringComparison.Ordinal))
                ? NameOf(FilterField.Link)
                : null,
            _ => Find(word.Field, word),
        };

    /// <summary>Where a pattern matches; null where it does not.</summary>
    internal string? Find(FilterNode.Pattern pattern)
    {
        var inTitle = pattern.Field is not FilterField.Text && Matches(pattern.Regex, subject.Title);
        var inText =
            !inTitle && pattern.Field is not FilterField.Title && Matches(pattern.Regex, Cut(subject.Text ?? ""));
        return inTitle ? NameOf(FilterField.Title)
            : inText ? NameOf(FilterField.Text)
            : null;
    }

    private string? Find(FilterField field, FilterNode.Word word) =>
        Parts(field).Any(part => Stands(part, word.Needle, word.IsPrefix)) ? NameOf(field) : null;

    /// <summary>True where nobody can tell the language.</summary>
    internal bool IsUnknownLanguage => subject.Language is null;

    // What nobody can tell is let through: it may well be what is wanted.
    private bool SpeaksLanguage(string wanted) =>
        subject.Language is not { } language
        || (
            language.Equals(wanted, StringComparison.OrdinalIgnoreCase)
            || language.StartsWith(wanted + "-", StringComparison.OrdinalIgnoreCase)
            || language.StartsWith(wanted + "_", StringComparison.OrdinalIgnoreCase)
        );

    private bool Has(string what) =>
        what switch
        {
            "image" => subject.HasImage,
            "text" => !string.IsNullOrWhiteSpace(subject.Text),
            "link" => subject.Link is not null,
            "author" => subject.Authors.Count > 0,
            _ => subject.Categories.Count > 0,
        };

    private IReadOnlyList<string> Parts(FilterField field)
    {
        if (_folded.TryGetValue(field, out var known))
        {
            return known;
        }

        IEnumerable<string> raw = field switch
        {
            FilterField.Title => [subject.Title],
            FilterField.Text => [subject.Text ?? ""],
            FilterField.Source => [subject.SourceName],
            FilterField.Category => subject.Categories,
            FilterField.Author => subject.Authors,
            FilterField.Link => [subject.Link?.ToString() ?? ""],
            _ => [],
        };
        return _folded[field] = [.. raw.Select(part => Folded.Of(Cut(part)))];
    }

    private static string NameOf(FilterField field) =>
        field switch
        {
            FilterField.Text => "the text",
            FilterField.Lang => "the language",
            FilterField.Source => "the source",
            FilterField.Category => "the categories",
            FilterField.Author => "the authors",
            FilterField.Link => "the link",
            _ => "the title",
        };

    private static bool Stands(string text, string needle, bool isPrefix)
    {
        for (var at = 0; (at = text.IndexOf(needle, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + needle.Length;
            if (IsEdge(text, at, needle, 0) && (isPrefix || IsEdge(text, end, needle, needle.Length)))
            {
                return true;
            }
        }

        return false;
    }

    // A word ends where one side is not part of a word, or where the script knows no spaces.
    private static bool IsEdge(string text, int at, string needle, int side)
    {
        if (at == 0 || at == text.Length)
        {
            return true;
        }

        var inside = side == 0 ? RuneAfter(needle, 0) : RuneBefore(needle, side);
        var outside = side == 0 ? RuneBefore(text, at) : RuneAfter(text, at);
        return !Rune.IsLetterOrDigit(inside)
            || !Rune.IsLetterOrDigit(outside)
            || Folded.IsUnspaced(inside)
            || Folded.IsUnspaced(outside);
    }

    private static Rune RuneAfter(string text, int at) =>
        Rune.TryGetRuneAt(text, at, out var rune) ? rune : Rune.ReplacementChar;

    private static Rune RuneBefore(string text, int at) =>
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _) == System.Buffers.OperationStatus.Done
            ? rune
            : Rune.ReplacementChar;

    private static bool Matches(Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Too slow to tell is as good as not there; the pattern runs in linear time, so this is a very busy machine.
            return false;
        }
    }

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];
}
