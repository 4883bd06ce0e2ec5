namespace NewsBot.Core.Commands;

/// <summary>Something that may stand anywhere in a command's line, written <c>--name value</c> or <c>--name=value</c>.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Value">What the value is, as shown in the usage; null for a switch without one.</param>
/// <param name="Summary">What it does, in a few words.</param>
public sealed record CommandOption(string Name, string? Value, string Summary)
{
    internal string Shown => Value is null ? $"[--{Name}]" : $"[--{Name} {Value}]";
}
