using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Chat.Slack;

/// <summary>A workspace the app is installed in, and the way to speak to it.</summary>
/// <param name="Team">The workspace's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="BotUser">The bot's account in it.</param>
/// <param name="BotId">The id that messages of the bot carry; null where it was not told.</param>
/// <param name="Scopes">What was granted; empty where it was not told.</param>
/// <param name="Url">The workspace's address, such as https://example.slack.com/; null where it was not told, or is not Slack's.</param>
/// <param name="Api">Calls with the workspace's token; its limits are counted there.</param>
internal sealed record SlackInstall(
    string Team,
    string Name,
    string BotUser,
    string? BotId,
    IReadOnlyList<string> Scopes,
    string? Url,
    SlackWebApi Api
)
{
    /// <summary>Differs where the app was installed anew with another token.</summary>
    public string Key { get; init; } = "";

    /// <summary>Whether an account or a message's bot is ourselves.</summary>
    public bool IsSelf(string? user, string? bot) =>
        (user is { Length: > 0 } && user == BotUser) || (bot is { Length: > 0 } && bot == BotId);
}
