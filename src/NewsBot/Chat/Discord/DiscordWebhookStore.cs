using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Keeps the webhook of each channel, its token encrypted. Nothing else reads or shows it.</summary>
internal sealed class DiscordWebhookStore(Database database, IDataProtectionProvider keys)
{
    private const string Find = """
        SELECT webhook_id AS Webhook, token, remade_at AS RemadeAt, not_before AS NotBefore
        FROM discord_webhook WHERE channel_id = @Channel
        """;

    private const string Save = """
        INSERT INTO discord_webhook (channel_id, webhook_id, token) VALUES (@Channel, @Webhook, @Token)
        ON CONFLICT (channel_id) DO UPDATE SET
            webhook_id = excluded.webhook_id, token = excluded.token, not_before = NULL
        """;

    private const string Forget = """
        UPDATE discord_webhook SET webhook_id = NULL, token = NULL, remade_at = @RemadeAt
        WHERE channel_id = @Channel
        """;

    private const string Pause = """
        INSERT INTO discord_webhook (channel_id, not_before) VALUES (@Channel, @Until)
        ON CONFLICT (channel_id) DO UPDATE SET not_before = excluded.not_before
        """;

    private const string EndPause = """
        UPDATE discord_webhook SET not_before = NULL WHERE channel_id = @Channel AND not_before IS NOT NULL
        """;

    private const string WorkspaceOf = "SELECT workspace_id FROM channel WHERE id = @Channel";

    private readonly IDataProtector _protector = keys.CreateProtector("NewsBot.DiscordWebhooks");

    /// <returns>What is known of a channel's webhook. One whose token cannot be read any more counts as none.</returns>
    public async Task<KeptWebhook> FindAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.QueryFirstOrDefaultAsync<WebhookRow>(Find, new { Channel = channel.Value }),
            cancellationToken
        );
        var key =
            Snowflake.TryParse(row?.Webhook, out var id) && Read(row?.Token) is { } token
                ? new WebhookKey(id, token)
                : null;
        return new KeptWebhook(key, Instants.At(row?.RemadeAt), Instants.At(row?.NotBefore));
    }

    public Task SaveAsync(ChannelId channel, WebhookKey webhook, CancellationToken cancellationToken)
    {
        // Encrypting may write a new key, so it has to be done before a transaction begins.
        var parameters = new
        {
            Channel = channel.Value,
            Webhook = webhook.Id.ToString(),
            Token = _protector.Protect(webhook.Token),
        };
        return WriteAsync(Save, parameters, cancellationToken);
    }

    /// <summary>Forgets a webhook that is gone.</summary>
    /// <param name="channel">Whose.</param>
    /// <param name="remadeAt">When another one was made in its place; null where none is.</param>
    /// <param name="cancellationToken">Cancels the wait for the database.</param>
    public Task ForgetAsync(ChannelId channel, DateTimeOffset? remadeAt, CancellationToken cancellationToken) =>
        WriteAsync(Forget, new { Channel = channel.Value, RemadeAt = remadeAt?.Ms() }, cancellationToken);

    public Task PauseAsync(ChannelId channel, DateTimeOffset until, CancellationToken cancellationToken) =>
        WriteAsync(Pause, new { Channel = channel.Value, Until = until.Ms() }, cancellationToken);

    /// <summary>Lets Discord be asked again at once, because what was missing may be there now.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="channel">Whose.</param>
    public static Task EndPauseAsync(DbConnection connection, ChannelId channel) =>
        connection.ExecuteAsync(EndPause, new { Channel = channel.Value });

    /// <returns>The row of a channel's workspace.</returns>
    public Task<long> WorkspaceAsync(ChannelId channel, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(WorkspaceOf, new { Channel = channel.Value }),
            cancellationToken
        );

    private Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => (Task)connection.ExecuteAsync(sql, parameters), cancellationToken);

    private string? Read(string? secret)
    {
        try
        {
            return secret is null ? null : _protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed class WebhookRow
    {
        public string? Webhook { get; init; }
        public string? Token { get; init; }
        public long? RemadeAt { get; init; }
        public long? NotBefore { get; init; }
    }
}

/// <summary>What is known of a channel's webhook.</summary>
/// <param name="Key">What to post with; null where there is none.</param>
/// <param name="RemadeAt">When one was last made in place of one that was deleted; null for never.</param>
/// <param name="NotBefore">Discord is not asked for one before; null for at any time.</param>
internal sealed record KeptWebhook(WebhookKey? Key, DateTimeOffset? RemadeAt, DateTimeOffset? NotBefore);
