using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>Something used in Slack: who, where, and how it can be answered. All of it comes from outside. Pure.</summary>
/// <param name="Team">The workspace it is handled for.</param>
/// <param name="User">Who.</param>
internal sealed record SlackAsk(string Team, string User)
{
    /// <summary>The workspace they come from, where Slack told it.</summary>
    public string? UserTeam { get; init; }

    /// <summary>Slack's id of the channel; null in views.</summary>
    public string? Channel { get; init; }

    /// <summary>The thread it was used in; empty for none.</summary>
    public SlackTs Thread { get; init; }

    /// <summary>The message it was used on or below; empty for none.</summary>
    public SlackTs Message { get; init; }

    /// <summary>True where that message is one that only they see.</summary>
    public bool IsEphemeral { get; init; }

    /// <summary>Takes five answers within 30 minutes; a secret. Null in views.</summary>
    public Uri? ResponseUrl { get; init; }

    /// <summary>Opens one view within three seconds.</summary>
    public string? Trigger { get; init; }

    /// <returns>Null for one that says neither who nor where.</returns>
    public static SlackAsk? Of(SlashCommand command) =>
        command is { TeamId: { Length: > 0 } team, UserId: { Length: > 0 } user }
            ? new SlackAsk(team, user)
            {
                Channel = command.ChannelId,
                ResponseUrl = Url(command.ResponseUrl),
                Trigger = command.TriggerId,
            }
            : null;

    /// <returns>Null for one that says neither who nor where.</returns>
    public static SlackAsk? Of(Interaction interaction)
    {
        if (interaction is not { TeamId: { Length: > 0 } team, User.Id: { Length: > 0 } user })
        {
            return null;
        }

        var message = interaction.MessageTs.IsEmpty
            ? interaction.Message is { Ts.IsEmpty: false } shown
                ? shown.Ts
                : interaction.Container?.MessageTs ?? default
            : interaction.MessageTs;
        var thread = interaction.Message is { ThreadTs.IsEmpty: false } inThread
            ? inThread.ThreadTs
            : interaction.Container?.ThreadTs ?? default;
        return new SlackAsk(team, user)
        {
            UserTeam = interaction.User.TeamId,
            Channel = interaction.ChannelId,
            Message = message,
            // The parent of a thread carries its own id; it stands in the channel.
            Thread = thread == message ? default : thread,
            IsEphemeral = interaction.Container?.IsEphemeral == true,
            ResponseUrl = Url(interaction.ResponseUrl),
            Trigger = interaction.TriggerId,
        };
    }

    /// <summary>Without what opens a view or takes an answer.</summary>
    public override string ToString() => $"{User} in {Team}";

    private static Uri? Url(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null;
}
