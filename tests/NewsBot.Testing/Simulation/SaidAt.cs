namespace NewsBot.Testing.Simulation;

/// <summary>Where somebody said something, for changing it there.</summary>
/// <param name="Name">Who wrote it.</param>
/// <param name="Channel">The platform's channel or thread.</param>
internal sealed record SaidAt(string Name, string Channel)
{
    /// <summary>The number it begins with, where it names one.</summary>
    public string Prefix { get; init; } = "";
}
