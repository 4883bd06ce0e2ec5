using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Storage;
using NewsBot.Testing.Load;

namespace NewsBot.Benchmarks.Load;

/// <summary>Writes the sources, channels and subscriptions of a plan into a newsroom's database.</summary>
internal static class LoadFill
{
    private const string AddChannel = """
        INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, max_per_hour, max_per_day,
                             created_at)
        SELECT community_id, id, @Channel, @Name, 'instant', 'public', 1000000, 1000000, 0
        FROM workspace WHERE platform = 'discord' AND external_id = @Guild
        RETURNING id
        """;

    private const string AddFeed = """
        INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, @Interval, @Never) RETURNING id
        """;

    private const string AddSource = """
        INSERT INTO source (community_id, feed_id, name, created_at)
        SELECT community_id, @Feed, @Name, 0 FROM channel WHERE id = @Channel
        RETURNING id
        """;

    private const string Subscribe = """
        INSERT INTO subscription (source_id, channel_id, created_at) VALUES (@Source, @Channel, 0)
        """;

    /// <returns>How many subscriptions there are.</returns>
    public static Task<int> RunAsync(Database database, LoadPlan plan, LoadWorld world, TimeSpan interval) =>
        database.WriteAsync(
            async connection =>
            {
                var channels = await ChannelsAsync(connection, world.Places.Guilds);
                var feeds = await FeedsAsync(connection, plan.Sources, world.Port, interval);
                using var source = new Statement(connection, AddSource);
                using var subscribe = new Statement(connection, Subscribe);
                var known = new Dictionary<(int Source, int Community), long>();
                var pairs = plan.Subscriptions();
                foreach (var (outlet, channel) in pairs)
                {
                    var key = (outlet, channel / LoadPlan.ChannelsEach);
                    if (!known.TryGetValue(key, out var id))
                    {
                        known[key] = id = await source
                            .With("@Feed", feeds[outlet])
                            .With("@Name", string.Create(CultureInfo.InvariantCulture, $"Outlet {outlet}"))
                            .With("@Channel", channels[channel])
                            .NumberAsync();
                    }

                    await subscribe.With("@Source", id).With("@Channel", channels[channel]).RunAsync();
                }

                // Its own clockwork would come to it a minute later.
                await connection.ExecuteAsync(
                    Database.Words(connection, "SELECT 1", "ANALYZE feed, source, subscription")
                );
                return pairs.Count;
            },
            CancellationToken.None
        );

    private static async Task<List<long>> ChannelsAsync(DbConnection connection, IReadOnlyList<LoadGuild> guilds)
    {
        using var add = new Statement(connection, AddChannel);
        List<long> ids = [];
        foreach (var guild in guilds)
        {
            add.With("@Guild", guild.Id.ToString(CultureInfo.InvariantCulture));
            foreach (var channel in guild.Channels)
            {
                var id = channel.ToString(CultureInfo.InvariantCulture);
                ids.Add(await add.With("@Channel", id).With("@Name", $"news-{id[^5..]}").NumberAsync());
            }
        }

        return ids;
    }

    private static async Task<List<long>> FeedsAsync(DbConnection connection, int count, int port, TimeSpan interval)
    {
        using var add = new Statement(connection, AddFeed);
        add.With("@Interval", (long)interval.TotalMilliseconds).With("@Never", LoadNewsroom.Never);
        List<long> ids = [];
        for (var source = 0; source < count; source++)
        {
            ids.Add(await add.With("@Url", LoadSite.FeedUrl(source, port)).NumberAsync());
        }

        return ids;
    }
}
