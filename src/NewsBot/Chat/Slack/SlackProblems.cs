using System.Globalization;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Slack;

/// <summary>Finds what is wrong with the set-up and says which switch mends it. Pure.</summary>
internal static class SlackProblems
{
    /// <summary>Cause of everything about the bot's token.</summary>
    public const string Token = "slack:token";

    private const string Scopes = "slack:scopes";
    private const string Socket = "slack:socket";
    private const string Secret = "slack:secret";
    private const string Names = "slack:names";

    /// <summary>What is told of beside channels, and struck out once a look does not find it any more.</summary>
    public static readonly IReadOnlyCollection<string> OwnCauses = [Token, Scopes, Socket, Secret, Names];

    /// <summary>The token of a workspace is not accepted.</summary>
    public static ChatProblem TokenRefused(SlackRemedy remedy) =>
        new(
            Token,
            null,
            $"Slack does not accept the app's token for this workspace. {remedy.NewToken} Nothing is lost meanwhile."
        );

    /// <summary>What is wrong in a workspace.</summary>
    /// <param name="sight">What Slack says of it.</param>
    /// <param name="tracked">Its channels that are used.</param>
    /// <param name="remedy">Where the app is mended.</param>
    public static IReadOnlyList<ChatProblem> Of(
        SlackSight sight,
        IReadOnlyList<ChatTracked> tracked,
        SlackRemedy remedy
    ) => [.. OfApp(sight, remedy), .. tracked.SelectMany(channel => OfChannel(sight, channel))];

    /// <summary>What is wrong with the app itself, whatever channels are used.</summary>
    public static IEnumerable<ChatProblem> OfApp(SlackSight sight, SlackRemedy remedy)
    {
        List<string> missing =
        [
            .. sight.Scopes.Count == 0 ? [] : SlackScopes.All.Except(sight.Scopes, StringComparer.Ordinal),
        ];
        if (missing.Count > 0)
        {
            yield return new ChatProblem(
                Scopes,
                null,
                $"The app may not do everything it needs in this workspace: it lacks {string.Join(", ", missing.Select(MarkdownEscape.Code))}, {For(missing)}. {remedy.Reinstall(missing)}"
            );
        }

        if (sight.IsSocketRefused)
        {
            yield return new ChatProblem(
                Socket,
                null,
                $"Nothing arrives from Slack: it opens no connection for the app. {remedy.SocketMode}"
            );
        }

        if (sight.NamesRefused is { } code)
        {
            yield return new ChatProblem(
                Names,
                null,
                $"This workspace does not let messages under other names be posted, changed and deleted ({MarkdownEscape.Code(code)}), so comments from elsewhere say in their text whose they are. Nothing is lost. Where a rule of the workspace was the reason and is changed: {remedy.Reinstall([])} It is tried again then."
            );
        }

        if (sight.IsSecretWrong)
        {
            yield return new ChatProblem(
                Secret,
                null,
                $"What Slack sends is not taken, because it is signed with another secret. {remedy.Secret}"
            );
        }
    }

    private static IEnumerable<ChatProblem> OfChannel(SlackSight sight, ChatTracked channel)
    {
        var name = $"#{MarkdownEscape.Line(channel.Name, 100)}";
        if (sight.Channels.TryGetValue(channel.External, out var seen))
        {
            switch (seen.Channel)
            {
                case null:
                    yield return Stop(channel, "gone", SlackFailures.Gone("channel_not_found", name));
                    break;
                case { IsArchived: true }:
                    yield return Stop(channel, "archived", SlackFailures.Gone("is_archived", name));
                    break;
                case { IsMember: false }:
                    yield return Stop(channel, "invite", SlackFailures.Invite(name));
                    break;
                default:
                    break;
            }
        }

        if (channel.PingRole is { } role && !SlackGroups.IsGroup(role))
        {
            yield return new ChatProblem(
                Cause(channel, "ping"),
                channel.Id,
                $"Posts in {name} are to call {MarkdownEscape.Code(role)}, which is no user group of Slack's, so nobody is called. Type {MarkdownEscape.Code($"/news channel ping #{channel.Name} S…")} with the group's id, or with “off”."
            );
        }
    }

    private static ChatProblem Stop(ChatTracked channel, string what, string words) =>
        new(Cause(channel, what), channel.Id, words, StopsPosts: true);

    private static string Cause(ChatTracked channel, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"channel:{channel.Id.Value}:{what}");

    // The gravest thing that does not work without them.
    private static string For(List<string> missing) =>
        missing.Contains("chat:write") ? "so it cannot post"
        : missing.Exists(scope => scope.EndsWith(":history", StringComparison.Ordinal)) ? "so it cannot read replies"
        : missing.Contains(SlackGuises.Scope)
            ? "so comments from elsewhere stand under its own name, and say in their text whose they are"
        : missing.Contains("commands") ? "so /news does not work"
        : "so something of it does not work";
}
