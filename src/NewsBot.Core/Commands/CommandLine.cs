using NewsBot.Core.Text;

namespace NewsBot.Core.Commands;

/// <summary>Reads a command line such as <c>/news digest set "weekdays 8:30"</c>. Pure; never throws on bad input.</summary>
public static class CommandLine
{
    /// <summary>A longer line is refused: the longest sensible one is a filter.</summary>
    public const int MaxLength = 4_000;

    /// <summary>Whether a chat message is meant for us.</summary>
    /// <param name="text">A message as written.</param>
    public static bool IsCommand(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.StartsWith("/news", StringComparison.OrdinalIgnoreCase)
            && (trimmed.Length == 5 || char.IsWhiteSpace(trimmed[5]));
    }

    /// <summary>Finds the verb and its values.</summary>
    /// <param name="text">The line, with or without a leading "/news". Nothing at all asks for help.</param>
    public static CommandLineOutcome Parse(string text)
    {
        var line = IsCommand(text) ? text.Trim()[5..].Trim() : text.Trim();
        if (line.Length > MaxLength)
        {
            return Wrong($"This line has {line.Length} characters; more than {MaxLength} are not read.");
        }

        var words = CommandWords.Split(line);
        if (words.Count == 0)
        {
            return Parse("help");
        }

        // "/news filter help" is what people try when they do not know "help filter".
        if (words.Count is 2 or 3 && words[^1].Text is "help" or "--help" or "-h")
        {
            return Parse("help " + string.Join(' ', words.SkipLast(1).Select(word => word.Text)));
        }

        var spec = Catalogue.Find([.. words.Take(2).Select(word => word.Text)]);
        var isVague =
            spec is { Arguments.Count: 0 } && spec.Name == spec.Group && words.Count > 1 && !IsOption(words[1]);
        return spec is not null && !(isVague && Catalogue.Group(spec.Group).Count > 0)
            ? new CommandArguments(spec, line, words).Read()
            : UnknownVerb(words);
    }

    /// <summary>As <see cref="Parse(string)"/>, for a line that a shell has cut into words already.</summary>
    /// <param name="words">The words; quotation marks in them are letters.</param>
    public static CommandLineOutcome Parse(IReadOnlyList<string> words)
    {
        var line = string.Join(' ', words);
        var spec = Catalogue.Find([.. words.Take(2)]);
        if (spec is null || words.Any(string.IsNullOrWhiteSpace) || line.Length > MaxLength)
        {
            return Parse(line);
        }

        var cut = new List<CommandWord>();
        var at = 0;
        foreach (var word in words)
        {
            cut.Add(new CommandWord(word, at, at + word.Length, IsQuoted: false));
            at += word.Length + 1;
        }

        return new CommandArguments(spec, line, cut).Read();
    }

    /// <summary>As <see cref="Parse(string)"/>, for a door that asks for each value by name.</summary>
    /// <param name="spec">The verb.</param>
    /// <param name="values">By the name of an argument or option; what they hold is never read as anything else.</param>
    public static CommandLineOutcome Parse(CommandSpec spec, IReadOnlyDictionary<string, string> values)
    {
        List<(string Text, bool IsValue)> words = [.. spec.Name.Split(' ').Select(word => (word, false))];
        words.AddRange(
            spec.Options.Concat(Catalogue.Everywhere)
                .Where(option => option.Value is not null && values.ContainsKey(option.Name))
                .Select(option => ($"--{option.Name}={values[option.Name]}", false))
        );
        words.AddRange(
            spec.Arguments.TakeWhile(argument => values.ContainsKey(argument.Name))
                .Select(argument => (values[argument.Name], true))
        );
        var line = string.Join(' ', words.Select(word => word.Text));
        if (line.Length > MaxLength)
        {
            return Wrong($"This command has {line.Length} characters; more than {MaxLength} are not read.");
        }

        var cut = new List<CommandWord>();
        var at = 0;
        foreach (var (text, isValue) in words)
        {
            cut.Add(new CommandWord(text, at, at + text.Length, isValue));
            at += text.Length + 1;
        }

        return new CommandArguments(spec, line, cut).Read();
    }

    private static CommandLineOutcome.Wrong UnknownVerb(List<CommandWord> words)
    {
        var first = words[0].Text;
        var group = Catalogue.Group(first);
        if (group.Count > 0)
        {
            var subverbs = group.Select(spec => spec.Name[(spec.Group.Length + 1)..]).ToList();
            var meant = words.Count > 1 ? EditDistance.Nearest(words[1].Text, subverbs, 2) : null;
            var problem =
                words.Count > 1
                    ? $"{MarkdownEscape.Code(first)} has no {MarkdownEscape.Code(words[1].Text)}."
                    : $"{MarkdownEscape.Code(first)} needs one more word.";
            return Wrong(
                $"{problem} {DidYouMean(meant is null ? null : $"{group[0].Group} {meant}")}"
                    + $"It knows {string.Join(", ", subverbs.Select(MarkdownEscape.Code))}. "
                    + $"{MarkdownEscape.Code($"/news help {group[0].Group}")} explains them.",
                meant is null ? [.. group.Select(spec => spec.Name)] : [$"{group[0].Group} {meant}"]
            );
        }

        var names = Catalogue.All.Select(spec => spec.Group).Distinct(StringComparer.Ordinal).ToList();
        var nearest =
            names.FirstOrDefault(name => first.Length > 1 && name.StartsWith(first, StringComparison.OrdinalIgnoreCase))
            ?? EditDistance.Nearest(first, names, Math.Clamp(first.Length / 2, 1, 3));
        return Wrong(
            $"There is no command {MarkdownEscape.Code(Cut(first))}. {DidYouMean(nearest)}"
                + $"{MarkdownEscape.Code("/news help")} lists all of them.",
            [nearest ?? "help"]
        );
    }

    private static bool IsOption(CommandWord word) => word.Text.StartsWith("--", StringComparison.Ordinal);

    private static string DidYouMean(string? line) =>
        line is null ? "" : $"Did you mean {MarkdownEscape.Code($"/news {line}")}? ";

    private static string Cut(string word) => word.Length <= 40 ? word : word[..40] + "…";

    private static CommandLineOutcome.Wrong Wrong(string markdown, IReadOnlyList<string>? suggestions = null) =>
        new(markdown, suggestions ?? []);
}
