using System.Net;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Slack;

/// <summary>What a refusal of Slack means for a post, in words an admin can act on. Pure.</summary>
internal static class SlackFailures
{
    // Where Slack names no pause of its own.
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnreachablePause = TimeSpan.FromSeconds(30);

    // A token does not become valid by asking often.
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(5);

    // A workspace that has used up its messages gets new ones with time only.
    private static readonly TimeSpan FullPause = TimeSpan.FromHours(1);

    /// <param name="error">The refusal.</param>
    /// <param name="channelName">Without "#".</param>
    /// <param name="remedy">What helps where the app itself is the reason.</param>
    public static PublishOutcome Outcome(SlackException error, string channelName, SlackRemedy remedy)
    {
        var name = $"#{channelName}";
        return error.Kind switch
        {
            // Slack may have done it before it failed.
            _ when error.IsOutcomeUnknown => new PublishOutcome.Failed("Slack did not say whether it took the post."),
            SlackErrorKind.InstallDead => new PublishOutcome.ChannelGone(
                $"Slack does not accept the app's token for this workspace. {remedy.NewToken} What waits is posted then."
            ),
            SlackErrorKind.TokenExpired => new PublishOutcome.Throttled(error.RetryAfter ?? LongPause),
            SlackErrorKind.MissingScope => new PublishOutcome.ChannelGone(
                $"The app may not do this in Slack: it lacks {Scopes(error)}. {remedy.Reinstall(Needed(error))}"
            ),
            SlackErrorKind.NotInChannel => new PublishOutcome.ChannelGone(Invite(name)),
            SlackErrorKind.TargetGone => new PublishOutcome.ChannelGone(Gone(error.Code, name)),
            SlackErrorKind.MessageGone => new PublishOutcome.MessageGone(),
            SlackErrorKind.Unchangeable => new PublishOutcome.Rejected(
                "Slack does not let the message be changed any more: it is too old for this workspace's rules, or another app's."
            ),
            SlackErrorKind.RateLimited => new PublishOutcome.Throttled(error.RetryAfter ?? ShortPause),
            SlackErrorKind.WorkspaceFull => new PublishOutcome.Throttled(error.RetryAfter ?? FullPause),
            SlackErrorKind.Rendering => new PublishOutcome.Rejected($"Slack refuses the message ({error.Code})."),
            SlackErrorKind.Temporary => new PublishOutcome.Failed($"Slack has a fault of its own ({error.Code})."),
            SlackErrorKind.NotAllowed => new PublishOutcome.ChannelGone(
                $"An admin of the workspace does not let the app post to {name} ({error.Code}). Ask them to approve it under Tools & settings → Manage apps."
            ),
            _ => ByStatus(error, name),
        };
    }

    /// <summary>How a channel lets the bot in that it cannot enter by itself.</summary>
    public static string Invite(string name) =>
        $"The bot is not in {name} and cannot join it by itself. Write “/invite @NewsBot” in {name}; what waits is posted then.";

    /// <summary>What is to be done about a channel that takes no posts.</summary>
    /// <param name="code">Slack's word for why.</param>
    /// <param name="name">With "#".</param>
    public static string Gone(string code, string name) =>
        code switch
        {
            "is_archived" or "is_inactive" =>
                $"{name} is archived. Open it in Slack, click its name → Settings → Unarchive channel, or choose another channel for its sources.",
            "channel_not_found" =>
                $"The bot does not find {name}: it was deleted, or it is private and the bot is not in it. If it is there, write “/invite @NewsBot” in it; else choose another channel for its sources.",
            "ekm_access_denied" =>
                "The workspace's key management holds messages back at the moment. Ask an admin of the workspace.",
            "restricted_action_thread_only_channel" =>
                $"{name} takes answers in threads only. Choose another channel for its sources.",
            _ when code.StartsWith("restricted_action", StringComparison.Ordinal) =>
                $"Not everybody may post in {name}. Click its name → Settings → Posting permissions → Edit, and let the app post; or choose another channel for its sources.",
            _ => $"{name} takes no messages from the app ({code}). Choose another channel for its sources.",
        };

    private static PublishOutcome ByStatus(SlackException error, string name) =>
        error.Status switch
        {
            // It was never sent; an outage, however long, is no reason to give a post up.
            null => new PublishOutcome.Throttled(error.RetryAfter ?? UnreachablePause),
            HttpStatusCode.TooManyRequests => new PublishOutcome.Throttled(error.RetryAfter ?? ShortPause),
            >= HttpStatusCode.InternalServerError => new PublishOutcome.Failed(
                $"Slack has a fault of its own ({(int)error.Status})."
            ),
            // A page of something in between, or half an answer, is no word of Slack's.
            _ when error.Code.Length == 0 => new PublishOutcome.Failed("Slack's answer could not be read."),
            _ => new PublishOutcome.Rejected($"Slack refuses the message for {name} ({error.Code})."),
        };

    private static string[] Needed(SlackException error) =>
        (error.Needed ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Scopes(SlackException error) =>
        Needed(error) is { Length: > 0 } needed
            ? $"the scope{(needed.Length == 1 ? "" : "s")} {string.Join(", ", needed)}"
            : "a scope";
}
