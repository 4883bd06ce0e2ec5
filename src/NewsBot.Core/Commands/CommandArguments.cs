using NewsBot.Core.Text;

namespace NewsBot.Core.Commands;

/// <summary>Puts the words of one line into the places of one verb.</summary>
internal sealed class CommandArguments(CommandSpec spec, string line, List<CommandWord> words)
{
    private readonly Dictionary<string, string> _arguments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<CommandWord> _left = [];

    public CommandLineOutcome Read()
    {
        var problem = TakeOptions(words[spec.Name.Split(' ').Length..]) ?? TakeArguments();
        return problem is null
            ? new CommandLineOutcome.Found(new ParsedCommand(spec, _arguments, _options, Canonical()))
            : new CommandLineOutcome.Wrong($"{problem}\n\n{CommandHelp.UsageOf(spec)}", [$"help {spec.Name}"]);
    }

    // The line is kept until it is confirmed, and then read again: it must not depend on how it was first cut.
    private string Canonical()
    {
        var parts = new List<string> { spec.Name };
        parts.AddRange(
            _options.Select(option =>
                option.Value.Length == 0 ? $"--{option.Key}" : $"--{option.Key} {Quoted(option.Value)}"
            )
        );
        parts.AddRange(
            spec.Arguments.Where(argument => _arguments.ContainsKey(argument.Name))
                .Select(argument =>
                    argument.IsRest ? Whole(_arguments[argument.Name]) : Quoted(_arguments[argument.Name])
                )
        );
        return string.Join(' ', parts);
    }

    private static string Quoted(string value) =>
        value.Any(char.IsWhiteSpace) || value.StartsWith("--", StringComparison.Ordinal)
            ? $"\"{value.Replace('"', '\'')}\""
            : value;

    // A value that was given by name may hold what a line would read as an option.
    private static string Whole(string value) =>
        value.Split((char[]?)null).Any(word => word.StartsWith("--", StringComparison.Ordinal))
            ? $"\"{value.Replace('"', '\'')}\""
            : value;

    private string? TakeOptions(List<CommandWord> rest)
    {
        for (var i = 0; i < rest.Count; i++)
        {
            var word = rest[i];
            if (word.IsQuoted || !word.Text.StartsWith("--", StringComparison.Ordinal) || word.Text.Length == 2)
            {
                _left.Add(word);
                continue;
            }

            var parts = word.Text[2..].Split('=', 2);
            var option = OptionOf(parts[0]);
            if (option is null)
            {
                return UnknownOption(parts[0]);
            }

            if (option.Value is null)
            {
                _options[option.Name] = "";
            }
            else if (parts.Length == 2)
            {
                _options[option.Name] = parts[1];
            }
            else if (i + 1 < rest.Count)
            {
                _options[option.Name] = rest[++i].Text;
            }
            else
            {
                return $"{MarkdownEscape.Code("--" + option.Name)} needs a value: {option.Value}.";
            }
        }

        return null;
    }

    private string? TakeArguments()
    {
        for (var i = 0; i < spec.Arguments.Count; i++)
        {
            var argument = spec.Arguments[i];
            if (_left.Count <= i)
            {
                if (argument.IsRequired)
                {
                    return $"{MarkdownEscape.Code(spec.Name)} needs {Describe(argument)}.";
                }

                return null;
            }

            var value = argument.IsRest ? Rest(i) : _left[i].Text;
            if (argument.Choices.Count > 0)
            {
                var choice = argument.Choices.FirstOrDefault(one =>
                    one.Equals(value, StringComparison.OrdinalIgnoreCase)
                );
                if (choice is null)
                {
                    return NoSuchChoice(argument, value);
                }

                value = choice;
            }

            if (string.IsNullOrWhiteSpace(value))
            {
                return $"{MarkdownEscape.Code(spec.Name)} needs {Describe(argument)}, not an empty text.";
            }

            _arguments[argument.Name] = value.Trim();
        }

        var tooMany = spec.Arguments.Count > 0 && spec.Arguments[^1].IsRest ? -1 : spec.Arguments.Count;
        return tooMany >= 0 && _left.Count > tooMany
            ? $"{MarkdownEscape.Code(_left[tooMany].Text)} is one word too many; a name of several words goes between quotation marks."
            : null;
    }

    // The rest of a line keeps its own quotation marks (a filter needs them), except one pair around all of it.
    private string Rest(int first)
    {
        if (_left.Count == first + 1 && _left[first].IsQuoted)
        {
            return _left[first].Text;
        }

        var parts = new List<string>();
        for (var i = first; i < _left.Count; i++)
        {
            var from = _left[i].Start;
            while (i + 1 < _left.Count && string.IsNullOrWhiteSpace(line[_left[i].End.._left[i + 1].Start]))
            {
                i++;
            }

            parts.Add(line[from.._left[i].End]);
        }

        return string.Join(' ', parts);
    }

    private CommandOption? OptionOf(string name) =>
        spec
            .Options.Concat(Catalogue.Everywhere)
            .FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private string UnknownOption(string name)
    {
        var known = spec.Options.Concat(Catalogue.Everywhere).Select(option => option.Name);
        var nearest = EditDistance.Nearest(name, known, 2);
        return $"{MarkdownEscape.Code(spec.Name)} has no {MarkdownEscape.Code("--" + name)}"
            + (nearest is null ? "." : $"; did you mean {MarkdownEscape.Code("--" + nearest)}?");
    }

    private static string NoSuchChoice(CommandArgument argument, string value)
    {
        var nearest = EditDistance.Nearest(value, argument.Choices, 2);
        return $"{MarkdownEscape.Code(value)} is not possible here"
            + (nearest is null ? "." : $"; did you mean {MarkdownEscape.Code(nearest)}?")
            + $" It is one of {string.Join(", ", argument.Choices.Select(MarkdownEscape.Code))}.";
    }

    private static string Describe(CommandArgument argument) =>
        argument.Choices.Count > 0
            ? "one of " + string.Join(", ", argument.Choices.Select(MarkdownEscape.Code))
            : $"a value for {MarkdownEscape.Code($"<{argument.Name}>")}";
}
