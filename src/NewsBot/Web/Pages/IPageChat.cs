using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;

namespace NewsBot.Web.Pages;

/// <summary>What pages need of the built-in chat.</summary>
internal interface IPageChat
{
    Task<WebWriteOutcome> PostAsync(
        ChannelId channel,
        Member author,
        string text,
        long? replyTo,
        string? idempotencyKey,
        CancellationToken cancellationToken
    );

    Task<WebWriteOutcome> EditAsync(
        ChannelId channel,
        long messageId,
        Member author,
        string text,
        CancellationToken cancellationToken
    );

    Task<WebWriteOutcome> DeleteAsync(
        ChannelId channel,
        long messageId,
        Member author,
        CancellationToken cancellationToken
    );
}
