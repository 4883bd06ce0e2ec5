using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>What a refusal means for what belongs into a story's thread: never that the whole channel has to wait. Pure.</summary>
internal static class DiscordCopyFailures
{
    // A permission is mended by people; the channel's cards go on meanwhile.
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public static PublishOutcome Outcome(DiscordException error, DiscordPost post)
    {
        var isNew = post.Outgoing.Operation is PostOperation.Create;
        return error.Code switch
        {
            // The thread, or the message in it, was deleted.
            DiscordCodes.UnknownChannel => new PublishOutcome.MessageGone(),
            DiscordCodes.MissingPermission when isNew => new PublishOutcome.Postponed(Pause),
            DiscordCodes.ThreadArchived or DiscordCodes.ThreadLocked when isNew => new PublishOutcome.Postponed(Pause),
            DiscordCodes.MissingPermission or DiscordCodes.ThreadArchived or DiscordCodes.ThreadLocked =>
                new PublishOutcome.Rejected(
                    $"The bot may not change its message in a closed thread of #{post.ChannelName}. Give its role “Manage Threads”."
                ),
            DiscordCodes.NotOurs => new PublishOutcome.Rejected(
                "The message was posted by a webhook that somebody deleted, so nobody can change it any more; a moderator can remove it."
            ),
            _ => DiscordFailures.Outcome(error, post),
        };
    }
}
