using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack.Control;

/// <summary>What was posted to a route below /_fake.</summary>
/// <param name="Act">The last part of the path.</param>
/// <param name="Body">May be empty.</param>
internal sealed record Order(string Act, JsonObject Body)
{
    /// <summary>A field that must be there.</summary>
    /// <param name="names">The names it may have; the first is told to whoever left it out.</param>
    /// <exception cref="FormatException">It is missing.</exception>
    public string Text(params string[] names) => Maybe(names) ?? throw new FormatException($"{Act} needs {names[0]}.");

    /// <summary>A field that may be missing.</summary>
    public string? Maybe(params string[] names) =>
        names.Select(name => Body[name]?.ToString()).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <summary>A field that says yes or no.</summary>
    public bool Flag(string name, bool otherwise) => (bool?)Body[name] ?? otherwise;
}
