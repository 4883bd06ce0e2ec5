using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Text;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>Hands private messages to members of Slack as direct messages; never to anybody else, never in public.</summary>
internal sealed partial class SlackPrivateMessages(
    SlackInstalls installs,
    PrivateMessageStore store,
    IOptions<WebOptions> web,
    TimeProvider time,
    ILogger<SlackPrivateMessages> logger
)
{
    // A screen or two; longer words are cut.
    private const int MaxText = 3_000;

    // Opening a direct message is limited; who gets one mostly gets another.
    private const int MostChannels = 5_000;

    private readonly ConcurrentDictionary<(string Team, string User), string> _channels = new();

    /// <summary>Sends what is due.</summary>
    /// <param name="cancellationToken">Stops between two messages; what was not sent is tried again.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var notice in await store.ClaimAsync("slack", time.GetUtcNow(), cancellationToken))
        {
            if (!await SendAsync(notice, cancellationToken))
            {
                return;
            }
        }
    }

    /// <returns>False where Slack gives no answers at the moment, so that the others need not be tried.</returns>
    private async Task<bool> SendAsync(ChatPrivateMessage notice, CancellationToken cancellationToken)
    {
        try
        {
            if (await installs.FindAsync(notice.Workspace, cancellationToken) is not { } install)
            {
                return true;
            }

            var channel = await ChannelAsync(install, notice.Account, cancellationToken);
            var key = string.Create(CultureInfo.InvariantCulture, $"private:{notice.Id}");
            // After the first try nobody knows whether it stands there already.
            if (
                notice.Attempts <= 1
                || await SlackLookBack.FindAsync(
                    install,
                    channel,
                    thread: default,
                    key,
                    notice.CreatedAt,
                    cancellationToken
                )
                    is null
            )
            {
                await install.Api.PostMessageAsync(channel, Message(notice.Body, key), cancellationToken);
            }

            await store.SaveSentAsync(notice.Id, time.GetUtcNow(), cancellationToken);
            return true;
        }
        catch (SlackException error) when (IsFinal(error))
        {
            // They have gone, or take no messages from apps: it is not tried again, and the status page says so.
            LogUndeliverable(notice.Id, error.Code);
            await store.SaveUndeliverableAsync(notice.Id, cancellationToken);
            return true;
        }
        catch (SlackException error)
        {
            _channels.TryRemove((notice.Workspace, notice.Account), out _);
            LogLater(notice.Id, error.Code);
            await installs.NoticeAsync(notice.Workspace, error, cancellationToken);
            return error.Status is not null && error.Kind is not SlackErrorKind.RateLimited;
        }
    }

    private NewMessage Message(string body, string key) =>
        new()
        {
            Text = SlackText.Line(MarkdownPlain.Render(body), MaxText) is { Length: > 0 } text ? text : "News",
            Blocks = SlackMarkdown.Block(body, web.Value.PublicUrl?.TrimEnd('/'), MaxText) is { } block
                ? [block]
                : null,
            Metadata = SlackForm.Metadata(key),
        };

    private static bool IsFinal(SlackException error) =>
        error.Code
            is "user_not_found"
                or "users_not_found"
                or "user_disabled"
                or "user_not_visible"
                or "cannot_dm_bot"
                or "cannot_dm_users"
                or "channel_not_found"
                or "is_archived"
                or "messages_tab_disabled"
                or "not_enough_users";

    private async Task<string> ChannelAsync(SlackInstall install, string user, CancellationToken cancellationToken)
    {
        if (_channels.TryGetValue((install.Team, user), out var known))
        {
            return known;
        }

        if (_channels.Count >= MostChannels)
        {
            _channels.Clear();
        }

        var opened = await install.Api.OpenConversationAsync(user, cancellationToken);
        _channels[(install.Team, user)] = opened.Id;
        return opened.Id;
    }

    [LoggerMessage(LogLevel.Warning, "Private message {Id} cannot be delivered in Slack: {Code}")]
    private partial void LogUndeliverable(long id, string code);

    [LoggerMessage(LogLevel.Warning, "Private message {Id} waits: Slack answered {Code}")]
    private partial void LogLater(long id, string code);
}
