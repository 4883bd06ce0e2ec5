namespace NewsBot.Starter;

/// <summary>The <c>Starter</c> section of the settings.</summary>
internal sealed class StarterOptions
{
    public const string Section = "Starter";

    /// <summary>Whether a new database begins with the starter newsroom. Default true.</summary>
    public bool Enabled { get; set; } = true;
}
