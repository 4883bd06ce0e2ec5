using System.Collections.Frozen;

namespace NewsBot.Chat.Slack;

/// <summary>Who and what a message names, as far as it could be found out before it is turned into text.</summary>
/// <param name="Users">Names of accounts by their ids.</param>
/// <param name="Channels">Names of channels everybody may know of, by their ids.</param>
internal sealed record SlackNames(
    IReadOnlyDictionary<string, string> Users,
    IReadOnlyDictionary<string, string> Channels
)
{
    /// <summary>Resolves nothing: every name is unknown.</summary>
    public static SlackNames None { get; } =
        new(FrozenDictionary<string, string>.Empty, FrozenDictionary<string, string>.Empty);

    public string User(string? id) => "@" + (Users.GetValueOrDefault(id ?? "") ?? "someone");

    public string Channel(string? id) => "#" + (Channels.GetValueOrDefault(id ?? "") ?? "a-channel");
}
