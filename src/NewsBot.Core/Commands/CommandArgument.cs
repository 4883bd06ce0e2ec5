namespace NewsBot.Core.Commands;

/// <summary>One place in a command's line.</summary>
/// <param name="Name">What stands there, as shown in the usage; one word or words joined by "-".</param>
/// <param name="IsRequired">False where it may be left out; only the last ones may.</param>
/// <param name="IsRest">True where it takes all that is left of the line; only the last one may.</param>
/// <param name="Choices">The only words allowed there; empty where any text is.</param>
public sealed record CommandArgument(string Name, bool IsRequired, bool IsRest, IReadOnlyList<string> Choices)
{
    internal string Shown
    {
        get
        {
            var inside = Choices.Count > 0 ? string.Join('|', Choices) : Name;
            return IsRequired
                ? Choices.Count > 0
                    ? inside
                    : $"<{inside}>"
                : $"[{inside}]";
        }
    }
}
