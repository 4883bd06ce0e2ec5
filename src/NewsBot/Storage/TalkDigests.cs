using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Digests of what people said: the most discussed stories and the most answered comments of a period. One is one transaction.</summary>
internal sealed class TalkDigests(Database database, TimeProvider time)
{
    // More is what the pages are for.
    private const int MostStories = 5;
    private const int MostComments = 5;

    // A channel's first one looks back so far.
    private static readonly TimeSpan FirstPeriod = TimeSpan.FromDays(7);

    private const string Due = """
        SELECT id FROM channel WHERE next_discussion_at <= @Now ORDER BY next_discussion_at LIMIT 200
        """;

    private const string LoadChannel = """
        SELECT id, name, discussion_schedule AS Schedule, discussion_zone AS TimeZone, next_discussion_at AS NextAt,
               last_discussion_at AS LastAt, quiet_hours AS QuietHours, time_zone AS ChannelZone
        FROM channel WHERE id = @Id
        """;

    private const string PlanNext = """
        UPDATE channel SET next_discussion_at = @Next, last_discussion_at = COALESCE(@Last, last_discussion_at) WHERE id = @Id
        """;

    private const string Said = $"""
        FROM comment c JOIN member m ON m.id = c.member_id JOIN channel ch ON ch.id = @Channel
        JOIN channel_story cs ON cs.channel_id = ch.id AND cs.story_id = c.story_id AND cs.state <> 'held'
        JOIN story s ON s.id = c.story_id AND s.taken_down_at IS NULL
        WHERE c.accepted_at > @Since AND {LiveliestComments.MayShow}
        """;

    private const string Count = $"""
        SELECT COUNT(*) AS Comments, COUNT(DISTINCT c.member_id) AS People, COUNT(DISTINCT c.story_id) AS Stories,
               COUNT(DISTINCT CASE WHEN NOT EXISTS (
                   SELECT 1 FROM comment o WHERE o.member_id = c.member_id AND o.accepted_at <= @Since)
                   THEN c.member_id END) AS Newcomers
        {Said}
        """;

    private const string Discussed = $"""
        SELECT s.id, s.headline, s.url, COUNT(*) AS Comments,
               COALESCE((SELECT so.name FROM story_entry se JOIN source so ON so.id = se.source_id
                WHERE se.story_id = s.id AND se.entry_id = s.lead_entry_id), '') AS Source
        {Said}
        GROUP BY s.id, s.headline, s.url, s.lead_entry_id ORDER BY COUNT(*) DESC, s.id DESC LIMIT @Limit
        """;

    /// <summary>Makes every due one.</summary>
    /// <param name="cancellationToken">Stops between two channels.</param>
    /// <returns>How many were posted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await database.ReadAsync(
            async connection => (await connection.QueryAsync<long>(Due, new { Now = now.Ms() })).AsList(),
            cancellationToken
        );
        var made = 0;
        foreach (var channel in due)
        {
            made += await database.WriteAsync(connection => PublishAsync(connection, channel, now), cancellationToken);
        }

        return made;
    }

    /// <summary>What the next one would say, were it due now.</summary>
    /// <returns>Its messages; empty where nobody said anything.</returns>
    public Task<IReadOnlyList<PostBody>> PreviewAsync(ChannelId channel, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PostBody>>(
            async connection =>
            {
                var row = await connection.QuerySingleAsync<ChannelRow>(LoadChannel, new { Id = channel.Value });
                return await DraftAsync(connection, row, time.GetUtcNow());
            },
            cancellationToken
        );

    private static async Task<int> PublishAsync(DbConnection connection, long id, DateTimeOffset now)
    {
        var channel = await connection.QuerySingleAsync<ChannelRow>(LoadChannel, new { Id = id });
        if (channel.NextAt is not { } due || due > now.Ms())
        {
            return 0;
        }

        var bodies = await DraftAsync(connection, channel, Instants.At(due));
        for (var part = 0; part < bodies.Count; part++)
        {
            await Outbox.CreateAsync(
                connection,
                new PostDraft(new ChannelId(id), PostSubject.Talk(id, due), part, bodies[part], now)
                {
                    NotBefore = ChannelQuiet.End(channel.QuietHours, channel.ChannelZone, now),
                }
            );
        }

        await connection.ExecuteAsync(
            PlanNext,
            new
            {
                Id = id,
                Next = channel.Parsed()?.NextAfter(now).Ms(),
                Last = bodies.Count > 0 ? now.Ms() : (long?)null,
            }
        );
        return bodies.Count > 0 ? 1 : 0;
    }

    private static async Task<IReadOnlyList<PostBody>> DraftAsync(
        DbConnection connection,
        ChannelRow channel,
        DateTimeOffset due
    )
    {
        var since = Instants.At(channel.LastAt) ?? due - FirstPeriod;
        var parameters = new
        {
            Channel = channel.Id,
            Since = since.Ms(),
            Limit = MostStories,
        };
        var counts = await connection.QuerySingleAsync<CountRow>(Count, parameters);
        if (counts.Comments == 0)
        {
            return [];
        }

        var stories = (await connection.QueryAsync<StoryRow>(Discussed, parameters)).AsList();
        var newcomers = await Newcomers.SinceAsync(connection, new ChannelId(channel.Id), since, due);
        return
        [
            new PostBody.DigestHeading("What you said", counts.Words(since, channel.Zone())),
            new PostBody.DigestList([.. stories.Select(story => story.ToLine())], null)
            {
                Title = "Most discussed",
                MostAnswered = await LiveliestComments.SinceAsync(
                    connection,
                    new ChannelId(channel.Id),
                    since,
                    MostComments
                ),
                Newcomers = newcomers,
                MoreNewcomers = (int)counts.Newcomers - newcomers.Count,
            },
        ];
    }

    private sealed class ChannelRow
    {
        public required long Id { get; init; }
        public required string Name { get; init; }
        public string? Schedule { get; init; }
        public string? TimeZone { get; init; }
        public long? NextAt { get; init; }
        public long? LastAt { get; init; }
        public string? QuietHours { get; init; }
        public required string ChannelZone { get; init; }

        public TimeZoneInfo Zone() =>
            TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone ?? ChannelZone, out var zone) ? zone : TimeZoneInfo.Utc;

        public DigestSchedule? Parsed() =>
            Schedule is { } text && DigestSchedule.TryParse(text, Zone(), out var schedule, out _) ? schedule : null;
    }

    private sealed class CountRow
    {
        public required long Comments { get; init; }
        public required long People { get; init; }
        public required long Stories { get; init; }
        public required long Newcomers { get; init; }

        public string Words(DateTimeOffset since, TimeZoneInfo zone) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{LengthOfTime.Count(Comments, "comment")} by {LengthOfTime.Count(People, "person", "people")} on {LengthOfTime.Count(Stories, "story", "stories")} since {TimeZoneInfo.ConvertTime(since, zone):dddd, d MMMM}{(Newcomers == 0 ? "" : $" · {Newcomers} wrote here for the first time")}"
            );
    }

    private sealed class StoryRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public required string Source { get; init; }
        public required long Comments { get; init; }

        public DigestLine ToLine() =>
            new(new StoryId(Id), Headline, Url, Source.Length == 0 ? "a removed source" : Source, (int)Comments, null);
    }
}
