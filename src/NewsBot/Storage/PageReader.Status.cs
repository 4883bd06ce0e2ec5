using System.Data.Common;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    // A newsroom with more is looked after by other means than one page.
    private const int MaxSources = 500;
    private const int MaxPosts = 20_000;
    private const int SparkDays = 14;

    private const string SelectSources = $"""
        SELECT EXISTS (
                   SELECT 1 FROM subscription u JOIN open_channel ch ON ch.id = u.channel_id
                   WHERE u.source_id = src.id AND {Sights.Channel}) AS IsShown,
               {SourceColumns}
        FROM source src JOIN feed f ON f.id = src.feed_id
        WHERE src.community_id = @Community
          AND (@Sight >= 2 OR NOT EXISTS (SELECT 1 FROM feed_credential k WHERE k.feed_id = src.feed_id))
        ORDER BY src.name LIMIT @Limit
        """;

    private const string SelectDays = """
        SELECT d.feed_id AS Feed, d.day AS Day, d.entries AS Entries
        FROM feed_day d JOIN source src ON src.feed_id = d.feed_id
        WHERE src.community_id = @Community AND d.day > @Since
        """;

    private const string SelectLag = """
        SELECT p.cause_at AS CauseAt, p.sent_at AS SentAt FROM post p JOIN channel ch ON ch.id = p.channel_id
        WHERE ch.community_id = @Community AND p.sent_at >= @Since AND p.operation = 'create' AND p.state = 'sent' ORDER BY p.sent_at DESC LIMIT @Limit
        """;

    private const string SelectQueues = $"""
        SELECT ch.name AS Name, w.platform AS Platform, ch.parked_reason AS ParkedReason,
               (SELECT COUNT(*) FROM post p WHERE p.channel_id = ch.id AND p.state = 'waiting') AS Queue,
               (SELECT MAX(p.sent_at) FROM post p WHERE p.channel_id = ch.id AND p.sent_at >= @Month) AS LastPostAt
        FROM open_channel ch JOIN workspace w ON w.id = ch.workspace_id
        WHERE ch.community_id = @Community AND {Sights.Channel}
        ORDER BY ch.id LIMIT 200
        """;

    // A channel that is tried again is in trouble no more than that.
    private const string SelectTroubles = """
        SELECT w.name AS Workspace, t.words AS Words, t.since AS Since,
               CASE WHEN c.id IS NULL OR c.publication = 'public' THEN 0 ELSE 1 END AS IsPrivate
        FROM trouble t JOIN workspace w ON w.id = t.workspace_id LEFT JOIN channel c ON c.id = t.channel_id
        WHERE w.community_id = @Community AND w.removed_at IS NULL
          AND (c.parked_reason IS NOT NULL OR t.cause NOT LIKE 'parked:%')
        ORDER BY t.since, t.id LIMIT 50
        """;

    private const string SelectHubs = """
        SELECT COUNT(*) AS Named,
               COUNT(CASE WHEN EXISTS (SELECT 1 FROM websub w WHERE w.feed_id = f.id AND w.state = 'live') THEN 1 END) AS Pushed
        FROM source src JOIN feed f ON f.id = src.feed_id
        WHERE src.community_id = @Community AND src.paused_at IS NULL AND f.hub_url IS NOT NULL
        """;

    private const string SelectProcesses = """
        SELECT p.name, p.roles, p.version, p.settings, p.started_at AS StartedAt,
               COALESCE((SELECT STRING_AGG(l.name, ',') FROM lease l WHERE l.process_id = p.id), '') AS Leases
        FROM process p ORDER BY p.id LIMIT 200
        """;

    private const string SelectUnreachable = """
        SELECT DISTINCT COALESCE(m.pseudonym, m.name) FROM private_message p JOIN member m ON m.id = p.member_id
        WHERE m.community_id = @Community AND p.sent_at IS NULL AND p.read_at IS NULL AND p.attempts > 0
          AND p.next_try_at IS NULL
        ORDER BY 1 LIMIT 20
        """;

    /// <summary>Troubles of a community and whom no notice reached.</summary>
    public static async Task<(IReadOnlyList<TroubleFacts> Troubles, IReadOnlyList<string> Unreachable)> TroublesAsync(
        DbConnection connection,
        long community,
        CancellationToken cancellationToken
    )
    {
        var args = new { Community = community };
        var rows = await ReadAsync<TroubleRow>(connection, SelectTroubles, args, cancellationToken);
        return (
            [.. rows.Select(row => row.ToFacts())],
            await ReadAsync<string>(connection, SelectUnreachable, args, cancellationToken)
        );
    }

    /// <summary>How sources, channels and the server itself are doing.</summary>
    public Task<StatusFacts> StatusAsync(Viewer viewer, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var today = (int)(now.ToUnixTimeMilliseconds() / (long)TimeSpan.FromDays(1).TotalMilliseconds);
                var args = new
                {
                    Community,
                    Sight = SightOf(viewer),
                    Limit = MaxSources,
                    Month = now.AddDays(-31).ToUnixTimeMilliseconds(),
                };
                var days = (
                    await ReadAsync<DayRow>(
                        connection,
                        SelectDays,
                        new { Community, Since = today - SparkDays },
                        cancellationToken
                    )
                ).ToLookup(row => row.Feed);
                var sources = await ReadAsync<SourceRow>(connection, SelectSources, args, cancellationToken);
                var queues = await ReadAsync<QueueRow>(connection, SelectQueues, args, cancellationToken);
                var posts = await ReadAsync<LagRow>(
                    connection,
                    SelectLag,
                    new
                    {
                        Community,
                        Since = now.AddDays(-1).ToUnixTimeMilliseconds(),
                        Limit = MaxPosts,
                    },
                    cancellationToken
                );
                var (troubles, unreachable) = await TroublesAsync(connection, Community, cancellationToken);
                var hubs = await ReadAsync<HubsRow>(connection, SelectHubs, args, cancellationToken);
                var processes = await ReadAsync<ProcessRow>(connection, SelectProcesses, args, cancellationToken);
                return new StatusFacts
                {
                    Processes = [.. processes.Select(row => row.ToFacts())],
                    Hubs = ((int)hubs[0].Pushed, (int)hubs[0].Named),
                    Troubles = troubles,
                    Unreachable = unreachable,
                    Sources = [.. sources.Select(row => row.ToFacts(Spark(days[row.Feed], today)))],
                    Channels = [.. queues.Select(row => row.ToStatus())],
                    Posts = [.. posts.Select(row => (Instant(row.CauseAt), Instant(row.SentAt)))],
                    DatabaseBytes = await database.SizeAsync(cancellationToken),
                };
            },
            cancellationToken
        );

    private static List<int> Spark(IEnumerable<DayRow> days, int today)
    {
        var byDay = days.ToDictionary(row => (int)row.Day, row => (int)row.Entries);
        return [.. Enumerable.Range(today - SparkDays + 1, SparkDays).Select(day => byDay.GetValueOrDefault(day))];
    }

    private sealed class TroubleRow
    {
        public required string Workspace { get; init; }
        public required string Words { get; init; }
        public required long Since { get; init; }
        public required long IsPrivate { get; init; }

        public TroubleFacts ToFacts() => new(Workspace, Words, Instant(Since), IsPrivate == 1);
    }

    private sealed class ProcessRow
    {
        public required string Name { get; init; }
        public required string Roles { get; init; }
        public required string Version { get; init; }
        public required long StartedAt { get; init; }
        public required string Leases { get; init; }
        public string? Settings { get; init; }

        public ProcessFacts ToFacts() => new(Name, Words(Roles), Version, Words(Leases), Settings, Instant(StartedAt));

        private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class HubsRow
    {
        public required long Named { get; init; }
        public required long Pushed { get; init; }
    }

    private sealed class DayRow
    {
        public required long Feed { get; init; }
        public required long Day { get; init; }
        public required long Entries { get; init; }
    }

    private sealed class LagRow
    {
        public required long CauseAt { get; init; }
        public required long SentAt { get; init; }
    }

    private sealed class QueueRow
    {
        public required string Name { get; init; }
        public required string Platform { get; init; }
        public required long Queue { get; init; }
        public string? ParkedReason { get; init; }
        public long? LastPostAt { get; init; }

        public ChannelStatus ToStatus()
        {
            var platform = Wording.Platform(Platform);
            var note = ParkedReason is null ? platform : $"{platform} · parked: {ParkedReason}";
            return new ChannelStatus(Name, note, (int)Queue, Instant(LastPostAt), ParkedReason is not null);
        }
    }
}
