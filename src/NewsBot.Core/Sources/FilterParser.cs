using NewsBot.Core.Text;

namespace NewsBot.Core.Sources;

/// <summary>Reads the one-line language of filters: <c>or → and ("OR" and)*</c>, <c>and → not ("AND"? not)*</c>.</summary>
internal sealed class FilterParser(FilterCursor cursor)
{
    private const string FieldNames = "title, text, lang, source, category, author, link, has and regex";

    private static readonly Dictionary<string, FilterField> Fields = Enum.GetValues<FilterField>()
        .Where(field => field != FilterField.Anywhere)
        .ToDictionary(FilterText.NameOf, StringComparer.Ordinal);

    private static readonly string[] Things = ["image", "text", "link", "author", "category"];

    // Stands in for what could not be read; the problem is already known then.
    private static readonly FilterNode.Word Nothing = new(FilterField.Anywhere, "", "", IsPrefix: false);

    private int _brackets;
    private int _depth;
    private int _terms;
    private int _patterns;

    internal static FilterProblem? Parse(string text, out FilterNode? root)
    {
        root = null;
        if (text.Length > Filter.MaxLength)
        {
            var sentence = $"a filter has at most {Filter.MaxLength} characters, this one has {text.Length}";
            return FilterProblem.At(text, Filter.MaxLength, sentence);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var cursor = new FilterCursor(text);
        root = new FilterParser(cursor).ReadAny(FilterField.Anywhere);
        if (cursor.Peek() == ')')
        {
            cursor.Fail(cursor.At, "this bracket closes nothing");
        }

        return cursor.Problem;
    }

    internal static bool EndsWord(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || c is '(' or ')' || IsQuote(c);

    internal static bool IsSayable(string word) =>
        word.Any(c => char.IsLetterOrDigit(c) || (!char.IsAscii(c) && !char.IsWhiteSpace(c)));

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„';

    private FilterNode ReadAny(FilterField field)
    {
        var parts = new List<FilterNode> { ReadAll(field) };
        while (cursor.TakeWord("OR"))
        {
            parts.Add(ReadAll(field));
        }

        return parts.Count == 1 ? parts[0] : new FilterNode.Any([.. parts.SelectMany(Inner)]);

        static IEnumerable<FilterNode> Inner(FilterNode node) => node is FilterNode.Any any ? any.Parts : [node];
    }

    private FilterNode ReadAll(FilterField field)
    {
        var parts = new List<FilterNode> { ReadNot(field) };
        while (cursor.TakeWord("AND") || (cursor.Peek() is not '\0' and not ')' && !cursor.IsWord("OR")))
        {
            parts.Add(ReadNot(field));
        }

        return parts.Count == 1 ? parts[0] : new FilterNode.All([.. parts.SelectMany(Inner)]);

        static IEnumerable<FilterNode> Inner(FilterNode node) => node is FilterNode.All all ? all.Parts : [node];
    }

    private FilterNode ReadNot(FilterField field)
    {
        var start = cursor.SkipSpace();
        var minus = cursor.Peek() == '-';
        if (!minus && !cursor.TakeWord("NOT"))
        {
            return ReadTerm(field);
        }

        cursor.At += minus ? 1 : 0;
        if (minus && (cursor.At == cursor.Text.Length || char.IsWhiteSpace(cursor.Text[cursor.At])))
        {
            return Wrong(start, "a minus needs a word right behind it");
        }

        Enter(start);
        var part = ReadNot(field);
        _depth--;
        return part is FilterNode.Not twice ? twice.Part : new FilterNode.Not(part);
    }

    private FilterNode ReadTerm(FilterField field)
    {
        var start = cursor.SkipSpace();
        switch (cursor.Peek())
        {
            case '\0' when _brackets > 0:
                return Wrong(cursor.Text.Length - 1, "a closing bracket is missing");
            case '\0':
                return Wrong(cursor.Text.Length - 1, "something is missing behind this");
            case ')':
                return Wrong(start, "a word is missing before this bracket");
            case '(':
                return ReadGroup(field);
            case var c when IsQuote(c):
                return ReadPhrase(field);
            default:
                return ReadWord(field);
        }
    }

    private FilterNode ReadGroup(FilterField field)
    {
        var start = cursor.At++;
        Enter(start);
        _brackets++;
        var inner = ReadAny(field);
        if (cursor.Peek() != ')')
        {
            return Wrong(cursor.Text.Length - 1, "a closing bracket is missing");
        }

        cursor.At++;
        _brackets--;
        _depth--;
        return inner;
    }

    private FilterNode.Word ReadPhrase(FilterField field)
    {
        var start = cursor.At;
        var end = cursor.At + 1;
        while (end < cursor.Text.Length && !IsQuote(cursor.Text[end]))
        {
            end++;
        }

        if (end == cursor.Text.Length)
        {
            return Wrong(start, "this quotation mark is never closed");
        }

        cursor.At = end + 1;
        return Term(field, cursor.Text[(start + 1)..end].Trim(), start, isPrefix: false);
    }

    private FilterNode ReadWord(FilterField field)
    {
        var start = cursor.At;
        while (cursor.At < cursor.Text.Length && !EndsWord(cursor.Text[cursor.At]))
        {
            cursor.At++;
            var name = cursor.Text[start..(cursor.At - 1)];
            if (cursor.Text[cursor.At - 1] == ':' && IsFieldName(name))
            {
                return ReadField(name, start, field);
            }
        }

        var word = cursor.Text[start..cursor.At];
        if (word is "OR" or "AND")
        {
            return Wrong(start, $"{word} needs something on both sides");
        }

        return word.EndsWith('*') && word.Length > 1
            ? Term(field, word.TrimEnd('*'), start, isPrefix: true)
            : Term(field, word, start, isPrefix: false);
    }

    // A word with a colon that cannot be a field, such as 12:30 or an address, is a word.
    private bool IsFieldName(string name) =>
        name.Length > 0 && name.All(char.IsAsciiLetter) && !cursor.Rest.StartsWith("//", StringComparison.Ordinal);

    private FilterNode ReadField(string name, int start, FilterField field)
    {
        var lower = name.ToLowerInvariant();
        if (lower == "regex" || Fields.ContainsKey(lower))
        {
            if (
                cursor.At == cursor.Text.Length
                || char.IsWhiteSpace(cursor.Text[cursor.At])
                || cursor.Text[cursor.At] == ')'
            )
            {
                return Wrong(cursor.At - 1, $"{lower}: needs something right behind it");
            }

            return lower == "regex" ? ReadPattern(field) : ReadFieldValue(Fields[lower]);
        }

        var near = EditDistance.Nearest(lower, [.. Fields.Keys, "regex"], 2);
        var hint = near is null
            ? $"fields are {FieldNames}; put quotation marks around a plain word"
            : $"did you mean {near}:?";
        return Wrong(start, $"“{name}” is not a field; {hint}");
    }

    private FilterNode ReadFieldValue(FilterField field) =>
        cursor.Peek() switch
        {
            '(' => ReadGroup(field),
            var c when IsQuote(c) => ReadPhrase(field),
            _ => ReadPlainValue(field),
        };

    private FilterNode.Word ReadPlainValue(FilterField field)
    {
        var start = cursor.At;
        while (cursor.At < cursor.Text.Length && !EndsWord(cursor.Text[cursor.At]))
        {
            cursor.At++;
        }

        var word = cursor.Text[start..cursor.At];
        return word.EndsWith('*') && word.Length > 1
            ? Term(field, word.TrimEnd('*'), start, isPrefix: true)
            : Term(field, word, start, isPrefix: false);
    }

    private FilterNode ReadPattern(FilterField field)
    {
        var start = cursor.At;
        if (field is not (FilterField.Anywhere or FilterField.Title or FilterField.Text))
        {
            return Wrong(start, "regex: looks at title and text only");
        }

        if (cursor.Text[cursor.At] != '/')
        {
            return Wrong(start, "a pattern stands between slashes, such as regex:/\\bEV\\b/");
        }

        var end = start + 1;
        while (end < cursor.Text.Length && cursor.Text[end] != '/')
        {
            end += cursor.Text[end] == '\\' ? 2 : 1;
        }

        if (end >= cursor.Text.Length)
        {
            return Wrong(start, "this pattern is never closed with a slash");
        }

        var written = cursor.Text[(start + 1)..end];
        if (FilterPattern.TryBuild(written, out var problem, out var offset) is not { } regex)
        {
            return Wrong(start + 1 + offset, problem);
        }

        cursor.At = end + 1;
        CountTerm(start);
        return ++_patterns <= Filter.MaxPatterns
            ? new FilterNode.Pattern(field, written, regex)
            : Wrong(start, $"a filter has at most {Filter.MaxPatterns} patterns");
    }

    private FilterNode.Word Term(FilterField field, string written, int start, bool isPrefix)
    {
        CountTerm(start);
        var needle = Folded.Of(written);
        if (needle.Length == 0 || !IsSayable(written))
        {
            return Wrong(start, written is "|" or "||" ? "write OR for “or”" : "there is no letter or digit in this");
        }

        if (field == FilterField.Has && !Things.Contains(needle, StringComparer.Ordinal))
        {
            return Wrong(start, $"has: knows {string.Join(", ", Things)}");
        }

        return new FilterNode.Word(field, written, needle, isPrefix);
    }

    private void CountTerm(int start)
    {
        if (++_terms > Filter.MaxTerms)
        {
            Wrong(start, $"a filter has at most {Filter.MaxTerms} terms");
        }
    }

    private void Enter(int start)
    {
        if (++_depth > Filter.MaxDepth)
        {
            Wrong(start, $"brackets and negations nest at most {Filter.MaxDepth} deep");
        }
    }

    private FilterNode.Word Wrong(int position, string sentence)
    {
        cursor.Fail(position, sentence);
        return Nothing;
    }
}
