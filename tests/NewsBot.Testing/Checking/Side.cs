namespace NewsBot.Testing.Checking;

/// <summary>Where people meet.</summary>
internal enum Side
{
    Discord,
    Slack,
    Web,
}
