namespace NewsBot.Core.Commands;

/// <summary>How reading a line ended.</summary>
public abstract record CommandLineOutcome
{
    private CommandLineOutcome() { }

    /// <summary>The line can be run.</summary>
    public sealed record Found(ParsedCommand Command) : CommandLineOutcome;

    /// <summary>The line cannot be run.</summary>
    /// <param name="Markdown">What is wrong, what was likely meant and an example.</param>
    /// <param name="Suggestions">Lines to try instead, without "/news".</param>
    public sealed record Wrong(string Markdown, IReadOnlyList<string> Suggestions) : CommandLineOutcome;
}
