using System.Net;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>What a refusal of Discord means for a post, in words an admin can act on. Pure.</summary>
internal static class DiscordFailures
{
    // Where Discord names no pause of its own.
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(10);

    // A token does not become valid by asking often, and each refusal counts against this machine's address.
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan UnreachablePause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan OldEditsPause = TimeSpan.FromHours(1);

    public static PublishOutcome Outcome(DiscordException error, DiscordPost post)
    {
        var name = $"#{post.ChannelName}";
        return error.Code switch
        {
            DiscordCodes.UnknownMessage => new PublishOutcome.MessageGone(),
            DiscordCodes.UnknownChannel when post.View.IsForum && (post.Message is not null || !post.IsForumStarter) =>
                new PublishOutcome.MessageGone(),
            DiscordCodes.UnknownChannel => new PublishOutcome.ChannelGone(
                $"{name} is no longer on Discord. Choose another channel for its sources, or remove them."
            ),
            DiscordCodes.UnknownGuild => new PublishOutcome.ChannelGone(
                "The bot is not on this server any more. Invite it again with the link that “newsbot doctor” prints."
            ),
            DiscordCodes.MissingAccess => new PublishOutcome.ChannelGone(
                $"The bot cannot see {name}. In Discord open the channel's settings, “Permissions”, and give the bot's role “View Channel” and “Read Message History”."
            ),
            DiscordCodes.MissingPermission => new PublishOutcome.ChannelGone(
                $"The bot lacks a permission in {name}. In Discord open the channel's settings, “Permissions”, and give the bot's role {Permission(post)}."
            ),
            DiscordCodes.NoTextChannel or DiscordCodes.WrongChannelType or DiscordCodes.NotForThisChannel =>
                new PublishOutcome.ChannelGone(
                    $"{name} takes no messages of this kind. Use a text, announcement, forum or media channel."
                ),
            DiscordCodes.TagRequired => new PublishOutcome.ChannelGone(
                $"Posts in {name} need a tag, and none of its tags fits. Add a tag named like the source's category, or turn off “Require people to select tags when posting” in the channel's settings."
            ),
            DiscordCodes.AutoModeration or DiscordCodes.LinkFilter => new PublishOutcome.Rejected(
                "A rule of the server's AutoMod blocked the message. To let news through, add the bot's role to the rule's exceptions in Server Settings, “AutoMod”."
            ),
            DiscordCodes.TooManyOldEdits => new PublishOutcome.Postponed(error.RetryAfter ?? OldEditsPause),
            DiscordCodes.TooManyThreads or DiscordCodes.TooManyAnnouncementThreads => new PublishOutcome.Failed(
                "The server has as many active threads as Discord allows. Close some, or shorten after how long they are archived."
            ),
            DiscordCodes.NotOurs => new PublishOutcome.Rejected("The message belongs to another bot."),
            DiscordCodes.ThreadArchived or DiscordCodes.ThreadLocked => new PublishOutcome.ChannelGone(
                $"A post in {name} is closed. Give the bot's role “Manage Threads”, so that it can open it for a moment."
            ),
            DiscordCodes.AnnouncementLimit
            or DiscordCodes.SlowMode
            or DiscordCodes.ChannelWriteLimit
            or DiscordCodes.GuildWriteLimit => new PublishOutcome.Throttled(error.RetryAfter ?? ShortPause),
            DiscordCodes.Blocked => new PublishOutcome.Throttled(error.RetryAfter ?? LongPause),
            _ => ByStatus(error, name),
        };
    }

    private static PublishOutcome ByStatus(DiscordException error, string name) =>
        error.Status switch
        {
            _ when error.IsOutcomeUnknown => new PublishOutcome.Failed("Discord did not say whether it took the post."),
            // It was never sent; an outage, however long, is no reason to give a post up.
            null => new PublishOutcome.Throttled(error.RetryAfter ?? UnreachablePause),
            HttpStatusCode.TooManyRequests => new PublishOutcome.Throttled(error.RetryAfter ?? ShortPause),
            HttpStatusCode.Unauthorized => new PublishOutcome.Throttled(LongPause),
            HttpStatusCode.Forbidden => new PublishOutcome.ChannelGone(
                $"Discord does not let the bot post to {name}: {error.Message} Check its role's permissions in the channel's settings."
            ),
            >= HttpStatusCode.InternalServerError => new PublishOutcome.Failed(
                $"Discord has a fault of its own ({(int)error.Status})."
            ),
            HttpStatusCode.NotFound => new PublishOutcome.Failed($"Discord does not find {name}."),
            _ => new PublishOutcome.Rejected($"Discord refuses the message (error {error.Code})."),
        };

    private static string Permission(DiscordPost post) =>
        (post.Outgoing.Operation, post.View.IsForum) switch
        {
            (PostOperation.Create, true) when post.IsForumStarter => "“View Channel” and “Create Posts”",
            (_, true) => "“Send Messages in Threads” and “Manage Threads”",
            _ => "“View Channel” and “Send Messages”",
        };
}
