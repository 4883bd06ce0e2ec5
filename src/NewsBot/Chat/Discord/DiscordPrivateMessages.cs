using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Web;

namespace NewsBot.Chat.Discord;

/// <summary>Hands private messages to members of Discord as direct messages; never to anybody else, never in public.</summary>
internal sealed partial class DiscordPrivateMessages(
    DiscordRest rest,
    DiscordSelf self,
    PrivateMessageStore store,
    IOptions<WebOptions> web,
    TimeProvider time,
    ILogger<DiscordPrivateMessages> logger
)
{
    // Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
    private const int CannotMessageUser = 50007;
    private const int CannotMessageWithoutSharedGuild = 50278;

    // As far back as a message sent before a crash can lie among the few direct messages a member gets.
    private const int LookBack = 50;

    // Opening a direct channel is limited hard; who gets one message mostly gets another.
    private const int MostChannels = 5_000;

    private readonly ConcurrentDictionary<Snowflake, Snowflake> _channels = new();

    /// <summary>Sends what is due.</summary>
    /// <param name="cancellationToken">Stops between two messages; what was not sent is tried again.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var notice in await store.ClaimAsync("discord", time.GetUtcNow(), cancellationToken))
        {
            if (!await SendAsync(notice, cancellationToken))
            {
                return;
            }
        }
    }

    /// <returns>False where Discord gives no answers at the moment, so that the others need not be tried.</returns>
    private async Task<bool> SendAsync(ChatPrivateMessage notice, CancellationToken cancellationToken)
    {
        if (!Snowflake.TryParse(notice.Account, out var user))
        {
            await store.SaveUndeliverableAsync(notice.Id, cancellationToken);
            return true;
        }

        try
        {
            var channel = await ChannelAsync(user, cancellationToken);
            var message = DiscordNotice.Message(notice.Id, notice.Body, web.Value.PublicUrl);
            // The key holds for a few minutes only; after a crash and a longer pause the message may stand there already.
            if (notice.Attempts <= 1 || !await IsThereAsync(channel, message, notice.CreatedAt, cancellationToken))
            {
                await rest.CreateMessageAsync(channel, message, [], cancellationToken);
            }

            await store.SaveSentAsync(notice.Id, time.GetUtcNow(), cancellationToken);
            return true;
        }
        catch (DiscordException error) when (IsFinal(error))
        {
            // Their own choice, or they have gone: it is not tried again, and the status page says so.
            LogUndeliverable(notice.Id, error.Code);
            await store.SaveUndeliverableAsync(notice.Id, cancellationToken);
            return true;
        }
        catch (DiscordException error)
        {
            _channels.TryRemove(user, out _);
            LogLater(notice.Id, error.Status, error.Code);
            return error.Status is not (null or HttpStatusCode.Unauthorized);
        }
    }

    private static bool IsFinal(DiscordException error) =>
        error.Code is CannotMessageUser or CannotMessageWithoutSharedGuild
        || error.Status is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest;

    private async Task<Snowflake> ChannelAsync(Snowflake user, CancellationToken cancellationToken)
    {
        if (_channels.TryGetValue(user, out var known))
        {
            return known;
        }

        if (_channels.Count >= MostChannels)
        {
            _channels.Clear();
        }

        var opened = await rest.CreateDirectMessageAsync(user, cancellationToken);
        _channels[user] = opened.Id;
        return opened.Id;
    }

    private async Task<bool> IsThereAsync(
        Snowflake channel,
        NewMessage message,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var user = (await self.GetAsync(cancellationToken)).User;
        var newest = await rest.GetMessagesAsync(channel, HistoryRange.Newest, LookBack, cancellationToken);
        return newest.Any(one =>
            one.Author?.Id == user && one.Id >= Snowflake.At(since) && one.Content == message.Content
        );
    }

    [LoggerMessage(LogLevel.Warning, "Private message {Id} cannot be delivered on Discord: code {Code}")]
    private partial void LogUndeliverable(long id, int code);

    [LoggerMessage(LogLevel.Warning, "Private message {Id} waits: Discord answered status {Status}, code {Code}")]
    private partial void LogLater(long id, HttpStatusCode? status, int code);
}
