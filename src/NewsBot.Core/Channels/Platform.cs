namespace NewsBot.Core.Channels;

/// <summary>Where a channel lives.</summary>
public enum Platform
{
    /// <summary>The built-in web chat.</summary>
    Web,
    Discord,
    Slack,
}
