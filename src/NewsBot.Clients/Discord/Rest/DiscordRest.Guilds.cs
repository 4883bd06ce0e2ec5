using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Clients.Discord.Rest;

/// <content>Guilds and what is in them.</content>
public sealed partial class DiscordRest
{
    private const int GuildPage = 200;

    // Beyond 2,500 guilds Discord asks for shards, so 10,000 is four times what one process can serve.
    private const int MaxGuildPages = 50;

    /// <summary>Guilds the bot is in (id, name), all pages. Source: https://discord.com/developers/docs/resources/user#get-current-user-guilds</summary>
    public async Task<IReadOnlyList<Guild>> GetCurrentGuildsAsync(CancellationToken cancellationToken)
    {
        var guilds = new Dictionary<Snowflake, Guild>();
        var after = new Snowflake(0);
        for (var page = 0; page < MaxGuildPages; page++)
        {
            var path = $"/users/@me/guilds?limit={GuildPage}&after={after}";
            var found = await CallAsync<IReadOnlyList<Guild>>(Get("/users/@me/guilds", path, ""), cancellationToken);
            foreach (var guild in found)
            {
                guilds[guild.Id] = guild;
            }

            // A page that leads nowhere new would be asked for again and again.
            var last = found.Count == 0 ? after : found.Max(guild => guild.Id);
            if (found.Count < GuildPage || last <= after)
            {
                break;
            }

            after = last;
        }

        return [.. guilds.Values];
    }

    /// <summary>A guild with its roles. Source: https://discord.com/developers/docs/resources/guild#get-guild</summary>
    public Task<Guild> GetGuildAsync(Snowflake guild, CancellationToken cancellationToken) =>
        CallAsync<Guild>(Get("/guilds/{guild}", $"/guilds/{guild}", guild), cancellationToken);

    /// <summary>Its channels without threads. Source: https://discord.com/developers/docs/resources/guild#get-guild-channels</summary>
    public Task<IReadOnlyList<Channel>> GetGuildChannelsAsync(Snowflake guild, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<Channel>>(
            Get("/guilds/{guild}/channels", $"/guilds/{guild}/channels", guild),
            cancellationToken
        );

    /// <summary>One member. Source: https://discord.com/developers/docs/resources/guild#get-guild-member</summary>
    public Task<GuildMember> GetGuildMemberAsync(
        Snowflake guild,
        Snowflake user,
        CancellationToken cancellationToken
    ) =>
        CallAsync<GuildMember>(
            Get("/guilds/{guild}/members/{user}", $"/guilds/{guild}/members/{user}", guild),
            cancellationToken
        );

    /// <summary>All active threads the bot can see. Source: https://discord.com/developers/docs/resources/guild#list-active-guild-threads</summary>
    public Task<ThreadPage> GetActiveThreadsAsync(Snowflake guild, CancellationToken cancellationToken) =>
        CallAsync<ThreadPage>(
            Get("/guilds/{guild}/threads/active", $"/guilds/{guild}/threads/active", guild),
            cancellationToken
        );
}
