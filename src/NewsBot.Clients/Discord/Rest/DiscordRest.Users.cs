using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Clients.Discord.Rest;

/// <content>The application, users and direct messages.</content>
public sealed partial class DiscordRest
{
    // What Discord gives a small bot; used only where the answer leaves it out.
    private static readonly SessionStartLimit SmallBot = new(1_000, 1_000, 0, 1);

    /// <summary>Where the gateway is and how often it may be started. Source: https://discord.com/developers/docs/events/gateway#get-gateway-bot</summary>
    public async Task<GatewayBot> GetGatewayBotAsync(CancellationToken cancellationToken)
    {
        var gateway = await CallAsync<GatewayBot>(Get("/gateway/bot", "/gateway/bot", ""), cancellationToken);
        return string.IsNullOrEmpty(gateway.Url)
            ? throw new DiscordException(null, 0, "Discord did not say where its gateway is (GET /gateway/bot).")
            : gateway with
            {
                Shards = Math.Max(1, gateway.Shards),
                SessionStartLimit = gateway.SessionStartLimit ?? SmallBot,
            };
    }

    /// <summary>The bot's own application. Source: https://discord.com/developers/docs/resources/application#get-current-application</summary>
    public Task<Application> GetApplicationAsync(CancellationToken cancellationToken) =>
        CallAsync<Application>(Get("/applications/@me", "/applications/@me", ""), cancellationToken);

    /// <summary>The bot itself. Source: https://discord.com/developers/docs/resources/user#get-current-user</summary>
    public Task<User> GetCurrentUserAsync(CancellationToken cancellationToken) =>
        CallAsync<User>(Get("/users/@me", "/users/@me", ""), cancellationToken);

    /// <summary>An account. Source: https://discord.com/developers/docs/resources/user#get-user</summary>
    public Task<User> GetUserAsync(Snowflake user, CancellationToken cancellationToken) =>
        CallAsync<User>(Get("/users/{user}", $"/users/{user}", ""), cancellationToken);

    /// <summary>
    /// Opens a direct message channel, or gives the one there is; so it may be asked twice.
    /// Source: https://discord.com/developers/docs/resources/user#create-dm
    /// </summary>
    public Task<Channel> CreateDirectMessageAsync(Snowflake user, CancellationToken cancellationToken)
    {
        const string Path = "/users/@me/channels";
        var call = new RestCall(HttpMethod.Post, Path, Path, "")
        {
            Body = RestBody.Of(new { RecipientId = user }),
            IsRepeatable = true,
        };
        return CallAsync<Channel>(call, cancellationToken);
    }
}
