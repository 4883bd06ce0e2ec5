using System.Data.Common;
using System.Net;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Reads the history of channels and threads, and knows how far it was read.</summary>
internal sealed class DiscordHistory(Database database, DiscordRest rest, DiscordGuilds guilds)
{
    private const int PageSize = 100;

    // In a channel replies are looked for among so many messages; in a thread everything is one.
    private const int MaxInChannel = 1_000;
    private const int MaxInThread = 20_000;

    // More places than this are read in the next round.
    private const int MaxPlaces = 5_000;

    private const int MaxMembers = 1_000;

    private const string DueThreads = """
        SELECT t.id AS Thread, c.id AS Channel, t.external_id AS Id, c.external_id AS Parent, w.external_id AS Guild,
               t.last_message AS Seen
        FROM thread t JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'discord' AND w.removed_at IS NULL AND c.mirror <> 'post-only'
          AND t.caught_up_at IS NULL AND t.state IN ('open', 'archived', 'locked') AND t.active_at >= @Since
        ORDER BY t.active_at DESC LIMIT @Limit
        """;

    // Nothing is answered that was posted before the first message of ours that still counts.
    private const string DueChannels = """
        SELECT NULL AS Thread, c.id AS Channel, c.external_id AS Id, c.external_id AS Parent, w.external_id AS Guild,
               COALESCE(c.seen_message, (
                   SELECT CAST(MIN(CAST(p.message_id AS BIGINT)) AS TEXT) FROM post p
                   WHERE p.channel_id = c.id AND p.operation = 'create' AND p.message_id IS NOT NULL)) AS Seen
        FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'discord' AND w.removed_at IS NULL AND c.mirror <> 'post-only'
          AND c.kind IN ('text', 'announcement') AND c.caught_up_at IS NULL
        LIMIT @Limit
        """;

    private const string CommentsOf = """
        SELECT message_id FROM comment
        WHERE channel_id = @Channel AND thread_id IS NOT DISTINCT FROM @Thread AND state <> 'deleted'
        ORDER BY LENGTH(message_id) DESC, message_id DESC LIMIT @Limit
        """;

    private const string SaveThread = """
        UPDATE thread
        SET caught_up_at = @Now,
            last_message = CAST(MAX(CAST(COALESCE(last_message, '0') AS BIGINT), CAST(@Newest AS BIGINT)) AS TEXT)
        WHERE id = @Thread
        """;

    private const string SaveChannel = """
        UPDATE channel
        SET caught_up_at = @Now,
            seen_message = CAST(MAX(CAST(COALESCE(seen_message, '0') AS BIGINT), CAST(@Newest AS BIGINT)) AS TEXT)
        WHERE id = @Channel
        """;

    private const string IsKnown = """
        SELECT COUNT(*) FROM identity i JOIN workspace w ON w.id = i.workspace_id
        WHERE w.platform = 'discord' AND w.external_id = @Guild AND i.external_id = @User
        """;

    private readonly Dictionary<(Snowflake Guild, Snowflake User), GuildMember?> _members = [];

    /// <summary>The guilds we are in.</summary>
    public async Task<IReadOnlyList<Snowflake>> GuildsAsync(CancellationToken cancellationToken)
    {
        const string Guilds = "SELECT external_id FROM workspace WHERE platform = 'discord' AND removed_at IS NULL";
        var rows = await database.ReadAsync(connection => connection.QueryAsync<string>(Guilds), cancellationToken);
        return [.. rows.Select(row => Snowflake.TryParse(row, out var id) ? id : default).Where(id => id.Value != 0)];
    }

    public async Task<IReadOnlyList<ReadPlace>> ThreadsAsync(
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => await DueAsync(DueThreads, since, cancellationToken);

    public async Task<IReadOnlyList<ReadPlace>> ChannelsAsync(CancellationToken cancellationToken) =>
        await DueAsync(DueChannels, default, cancellationToken);

    /// <summary>Asks a guild for what a new session would have told: after a session was continued nothing is told again.</summary>
    public async Task LoadAsync(Snowflake guild, CancellationToken cancellationToken)
    {
        var found = await rest.GetGuildAsync(guild, cancellationToken);
        var channels = await rest.GetGuildChannelsAsync(guild, cancellationToken);
        if (!guilds.Knows(guild))
        {
            guilds.Keep(found with { Channels = channels });
        }
    }

    /// <summary>The newest page, and before it whatever was not seen yet.</summary>
    /// <returns>Each message once, in no order.</returns>
    public async Task<IReadOnlyList<Message>> ReadAsync(ReadPlace place, CancellationToken cancellationToken)
    {
        var most = place.Thread is null ? MaxInChannel : MaxInThread;
        Dictionary<Snowflake, Message> messages = [];
        var range = HistoryRange.Newest;
        while (messages.Count < most)
        {
            var page = await rest.GetMessagesAsync(place.Id, range, PageSize, cancellationToken);
            var before = messages.Count;
            foreach (var message in page)
            {
                messages[message.Id] = message;
            }

            var oldest = page.Count == 0 ? default : page.Min(message => message.Id);
            if (page.Count < PageSize || messages.Count == before || oldest <= place.Seen)
            {
                break;
            }

            range = new HistoryRange(Before: oldest);
        }

        return [.. messages.Values];
    }

    /// <summary>Comments that were written among these messages and are not there any more.</summary>
    public async Task<IReadOnlyList<Snowflake>> MissingAsync(
        ReadPlace place,
        IReadOnlyCollection<Message> messages,
        CancellationToken cancellationToken
    )
    {
        var known = await database.ReadAsync(
            connection =>
                connection.QueryAsync<string>(
                    CommentsOf,
                    new
                    {
                        place.Channel,
                        place.Thread,
                        Limit = PageSize,
                    }
                ),
            cancellationToken
        );
        var there = messages.Select(message => message.Id).ToHashSet();
        // A page that is not full reaches back to the beginning.
        var oldest = there.Count < PageSize ? default : there.Min();
        return
        [
            .. known
                .Select(text => Snowflake.TryParse(text, out var id) ? id : default)
                .Where(id => id.Value != 0 && id >= oldest && !there.Contains(id)),
        ];
    }

    /// <summary>Adds what the guild says of the author: the history does not. Asked once for who is new here.</summary>
    public async Task<Message> WithMemberAsync(Snowflake guild, Message message, CancellationToken cancellationToken)
    {
        if (message is { Member: not null } or { Author: null or { Bot: true } } || message.WebhookId is not null)
        {
            return message;
        }

        var key = (guild, message.Author.Id);
        if (!_members.TryGetValue(key, out var member))
        {
            if (_members.Count >= MaxMembers)
            {
                _members.Clear();
            }

            member = await AskAsync(guild, message.Author.Id, cancellationToken);
            _members[key] = member;
        }

        return message with
        {
            Member = member,
        };
    }

    public static Task SaveAsync(DbConnection connection, ReadPlace place, Snowflake? newest, DateTimeOffset now) =>
        connection.ExecuteAsync(
            place.Thread is null ? SaveChannel : SaveThread,
            new
            {
                place.Thread,
                place.Channel,
                Newest = (newest ?? default).ToString(),
                Now = now.Ms(),
            }
        );

    private async Task<GuildMember?> AskAsync(Snowflake guild, Snowflake user, CancellationToken cancellationToken)
    {
        var isKnown = await database.ReadAsync(
            connection =>
                connection.ExecuteScalarAsync<long>(IsKnown, new { Guild = guild.ToString(), User = user.ToString() }),
            cancellationToken
        );
        if (isKnown > 0)
        {
            return null;
        }

        try
        {
            return await rest.GetGuildMemberAsync(guild, user, cancellationToken);
        }
        catch (DiscordException error) when (error.Status != HttpStatusCode.Unauthorized)
        {
            // Who has left is known by the name of the account.
            return null;
        }
    }

    private async Task<IReadOnlyList<ReadPlace>> DueAsync(
        string sql,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<PlaceRow>(sql, new { Since = since.Ms(), Limit = MaxPlaces }),
            cancellationToken
        );
        return [.. rows.Select(row => row.ToPlace())];
    }

    private sealed class PlaceRow
    {
        public required long Channel { get; init; }
        public required string Id { get; init; }
        public required string Parent { get; init; }
        public required string Guild { get; init; }
        public long? Thread { get; init; }
        public string? Seen { get; init; }

        public ReadPlace ToPlace() =>
            new(
                Thread,
                Channel,
                Snowflake.Parse(Id),
                Snowflake.Parse(Parent),
                Snowflake.Parse(Guild),
                    // A channel in which nothing of ours stands is not read back at all.
                    Snowflake.TryParse(Seen, out var seen)
                        ? seen
                    : Thread is null ? new Snowflake(long.MaxValue)
                    : default
            );
    }
}

/// <summary>A channel or thread whose history is to be read.</summary>
/// <param name="Thread">The row of the thread; null for a channel.</param>
/// <param name="Channel">The row of the channel.</param>
/// <param name="Id">Discord's id of it.</param>
/// <param name="Parent">Discord's id of the channel; the same for a channel.</param>
/// <param name="Guild">Discord's id of the guild.</param>
/// <param name="Seen">Up to here it was read.</param>
internal sealed record ReadPlace(
    long? Thread,
    long Channel,
    Snowflake Id,
    Snowflake Parent,
    Snowflake Guild,
    Snowflake Seen
)
{
    /// <summary>What it is called in the log.</summary>
    public string Key => Id.ToString();
}
