namespace NewsBot.Chat.Slack;

/// <summary>What Slack says of an account.</summary>
/// <param name="Name">The name people see.</param>
/// <param name="Avatar">Where their picture is; null where they have none.</param>
/// <param name="IsBot">Whether it is a program's.</param>
/// <param name="IsAdmin">Whether they may manage the workspace.</param>
internal sealed record SlackPerson(string Name, string? Avatar, bool IsBot, bool IsAdmin);
