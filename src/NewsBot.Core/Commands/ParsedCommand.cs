namespace NewsBot.Core.Commands;

/// <summary>A line that says what is to be done.</summary>
/// <param name="Spec">The verb.</param>
/// <param name="Arguments">Values by the argument's name; what was left out is missing.</param>
/// <param name="Options">Values by the option's name; a switch has an empty value.</param>
/// <param name="Line">The command written so that reading it again gives the same command; without "/news".</param>
public sealed record ParsedCommand(
    CommandSpec Spec,
    IReadOnlyDictionary<string, string> Arguments,
    IReadOnlyDictionary<string, string> Options,
    string Line
)
{
    /// <summary>The value of a required argument.</summary>
    /// <param name="argument">Its name in the catalogue.</param>
    public string this[string argument] => Arguments[argument];

    /// <summary>The value of an argument that may be missing; null where it is.</summary>
    /// <param name="argument">Its name in the catalogue.</param>
    public string? Find(string argument) => Arguments.GetValueOrDefault(argument);

    /// <summary>The value of an option; null where it was not given.</summary>
    /// <param name="option">Its name in the catalogue.</param>
    public string? Option(string option) => Options.GetValueOrDefault(option);
}
