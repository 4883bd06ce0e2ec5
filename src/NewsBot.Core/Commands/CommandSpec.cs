using NewsBot.Core.Communities;

namespace NewsBot.Core.Commands;

/// <summary>One verb of the catalogue.</summary>
/// <param name="Name">One or two lower-case words, such as "digest set".</param>
/// <param name="Role">The least a member must be to use it.</param>
/// <param name="Summary">What it does, as the end of "This command …": one short sentence without a full stop.</param>
/// <param name="Example">A line that works, without "/news".</param>
public sealed record CommandSpec(string Name, Role Role, string Summary, string Example)
{
    /// <summary>In the order they are written.</summary>
    public IReadOnlyList<CommandArgument> Arguments { get; init; } = [];

    /// <summary>Beyond those every verb takes (<see cref="Catalogue.Everywhere"/>).</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>True where it changes something for others and therefore asks first.</summary>
    public bool Asks { get; init; }

    /// <summary>True where it acts on one channel: the one named, else the one it is asked in.</summary>
    public bool TakesChannel { get; init; }

    /// <summary>What help says besides, in Markdown; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The line with its places, such as "edit &lt;source&gt; name|weight &lt;value&gt;".</summary>
    public string Usage =>
        string.Join(
            ' ',
            [Name, .. Arguments.Select(argument => argument.Shown), .. Options.Select(option => option.Shown)]
        );

    /// <summary>The first word of the name.</summary>
    public string Group => Name.Split(' ')[0];
}
