using System.Globalization;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// The one webhook of ours in each channel: found, made, made anew once where somebody deleted it. A channel that lets
/// none be made is left in peace for a while, and its admins are told once.
/// </summary>
internal sealed partial class DiscordWebhooks(
    DiscordRest rest,
    DiscordSelf self,
    DiscordWebhookStore store,
    Troubles troubles,
    TimeProvider time,
    ILogger<DiscordWebhooks> logger
)
{
    // What people see in the channel's settings.
    private const string Name = "NewsBot";

    private const string Instead =
        "Until then comments from elsewhere are posted by NewsBot itself, with their authors' names in the text.";

    // Nobody mends a server's settings within minutes, and refused calls count against this machine's address. A
    // permission that was given is seen at once, by the check that follows every change of a channel or role.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);

    /// <returns>What to post with; null where copies have to go as the bot's own messages for now.</returns>
    /// <exception cref="DiscordException">Discord did not answer, or refused for a reason that passes.</exception>
    public async Task<WebhookKey?> GetAsync(DiscordPost post, CancellationToken cancellationToken)
    {
        var kept = await store.FindAsync(post.Outgoing.Channel, cancellationToken);
        return kept.Key is { } key ? key
            : kept.NotBefore > time.GetUtcNow() ? null
            : await MakeAsync(post, kept, gone: null, cancellationToken);
    }

    /// <returns>The webhook that is known already; null for none. Discord is not asked.</returns>
    public async Task<WebhookKey?> FindAsync(DiscordPost post, CancellationToken cancellationToken) =>
        (await store.FindAsync(post.Outgoing.Channel, cancellationToken)).Key;

    /// <summary>Whether a refusal says that the webhook is not there any more, or is not ours.</summary>
    public static bool IsGone(DiscordException error) =>
        error.Code is DiscordCodes.UnknownWebhook or DiscordCodes.WrongWebhookToken;

    /// <summary>Whether a webhook still belongs to the post's channel: people can move it to another one.</summary>
    /// <exception cref="DiscordException">Discord did not answer, or the channel is gone.</exception>
    public async Task<bool> IsHereAsync(DiscordPost post, WebhookKey webhook, CancellationToken cancellationToken) =>
        (await rest.GetWebhooksAsync(post.View.Channel, cancellationToken)).Any(one => one.Id == webhook.Id);

    /// <summary>Makes another webhook in the place of one that is gone, unless that was done not long ago.</summary>
    /// <returns>What to post with; null where copies have to go as the bot's own messages for now.</returns>
    /// <exception cref="DiscordException">Discord did not answer, or refused for a reason that passes.</exception>
    public async Task<WebhookKey?> ReplaceAsync(DiscordPost post, WebhookKey gone, CancellationToken cancellationToken)
    {
        var channel = post.Outgoing.Channel;
        var kept = await store.FindAsync(channel, cancellationToken);
        var now = time.GetUtcNow();
        if (kept.RemadeAt + AfterRefusal > now)
        {
            await store.ForgetAsync(channel, kept.RemadeAt, cancellationToken);
            await RefusedAsync(
                post,
                Cause(post),
                $"Somebody deletes NewsBot's webhook in {ChannelName(post)} again and again. {Instead} To have the names back, leave the webhook {Name} alone in Edit Channel → Integrations → Webhooks.",
                cancellationToken
            );
            return null;
        }

        LogGone(channel.Value);
        await store.ForgetAsync(channel, now, cancellationToken);
        return await MakeAsync(post, kept with { Key = null }, gone, cancellationToken);
    }

    private async Task<WebhookKey?> MakeAsync(
        DiscordPost post,
        KeptWebhook kept,
        WebhookKey? gone,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var made =
                await LookAsync(post.View.Channel, gone, cancellationToken)
                ?? Key(await rest.CreateWebhookAsync(post.View.Channel, Name, cancellationToken));
            if (made is null)
            {
                throw new DiscordException(null, 0, "Discord made a webhook and did not tell its token.");
            }

            await store.SaveAsync(post.Outgoing.Channel, made, cancellationToken);
            if (kept.NotBefore is not null)
            {
                await troubles.MendAsync(await WorkspaceAsync(post, cancellationToken), Cause(post), cancellationToken);
            }

            return made;
        }
        catch (DiscordException error) when (Refusal(error, ChannelName(post)) is { } words)
        {
            LogRefused(post.Outgoing.Channel.Value, error.Code);
            var cause =
                error.Code is DiscordCodes.MissingPermission
                    ? DiscordProblems.PermissionsCause(post.Outgoing.Channel)
                    : Cause(post);
            await RefusedAsync(post, cause, words, cancellationToken);
            return null;
        }
    }

    // One that was made just before the process ended is there, and not written down.
    private async Task<WebhookKey?> LookAsync(Snowflake channel, WebhookKey? gone, CancellationToken cancellationToken)
    {
        var application = (await self.GetAsync(cancellationToken)).Application.Id;
        return (await rest.GetWebhooksAsync(channel, cancellationToken))
            .Where(webhook => webhook.ApplicationId == application && webhook.Id != gone?.Id)
            .OrderBy(webhook => webhook.Id)
            .Select(Key)
            .FirstOrDefault(key => key is not null);
    }

    private static WebhookKey? Key(Webhook webhook) =>
        webhook.Token is { Length: > 0 } token ? new WebhookKey(webhook.Id, token) : null;

    private async Task RefusedAsync(DiscordPost post, string cause, string words, CancellationToken cancellationToken)
    {
        var channel = post.Outgoing.Channel;
        await store.PauseAsync(channel, time.GetUtcNow() + AfterRefusal, cancellationToken);
        var workspace = await WorkspaceAsync(post, cancellationToken);
        await troubles.ReportAsync(new TroubleReport(workspace, channel, cause, words), cancellationToken);
    }

    private Task<long> WorkspaceAsync(DiscordPost post, CancellationToken cancellationToken) =>
        store.WorkspaceAsync(post.Outgoing.Channel, cancellationToken);

    /// <returns>What an admin has to do; null for what passes by itself.</returns>
    private static string? Refusal(DiscordException error, string channel) =>
        error.Code switch
        {
            DiscordCodes.MissingPermission =>
                $"NewsBot may not show comments from elsewhere under their authors' names in {channel}. Edit Channel → Permissions → Advanced permissions → NewsBot's role: turn on **Manage Webhooks**. {Instead}",
            DiscordCodes.TooManyWebhooks =>
                $"The channel {channel} has as many webhooks as Discord allows a channel (15). Delete one that nobody needs in Edit Channel → Integrations → Webhooks. {Instead}",
            DiscordCodes.TooManyWebhooksInGuild =>
                $"The server has as many webhooks as Discord allows (1000), so NewsBot gets none in {channel}. Delete some that nobody needs in Server Settings → Integrations → Webhooks. {Instead}",
            DiscordCodes.TwoFactorRequired =>
                $"Discord lets NewsBot make no webhook in {channel}, because the server asks for two-factor authentication. The owner of the application has to turn it on in their own Discord account. {Instead}",
            _ => null,
        };

    private static string Cause(DiscordPost post) =>
        string.Create(CultureInfo.InvariantCulture, $"webhook:{post.Outgoing.Channel.Value}");

    private static string ChannelName(DiscordPost post) => $"#{MarkdownEscape.Line(post.ChannelName, 100)}";

    [LoggerMessage(LogLevel.Warning, "The webhook of channel {Channel} is gone; another one is made")]
    private partial void LogGone(long channel);

    [LoggerMessage(LogLevel.Warning, "Discord gives channel {Channel} no webhook (error {Code})")]
    private partial void LogRefused(long channel, int code);
}
