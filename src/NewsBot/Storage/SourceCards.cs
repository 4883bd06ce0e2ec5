using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

/// <summary>What can be counted about a source: its rhythm, how it stands beside others, what it corrected.</summary>
internal static class SourceCards
{
    /// <summary>Days of the rhythm, today last.</summary>
    public const int Days = 28;

    // What an outlet did in spring says little about it in winter.
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    private const long DayMs = 24 * 60 * 60 * 1_000;

    private const string SelectDays =
        "SELECT day AS Place, entries AS Entries FROM feed_day WHERE feed_id = @Feed AND day > @FirstDay";

    private const string SelectHours = """
        SELECT published_at / 3600000 % 24 AS Place, COUNT(*) AS Entries FROM entry
        WHERE feed_id = @Feed AND seen_at >= @Month AND published_at > 0 GROUP BY published_at / 3600000 % 24
        """;

    // Who was first is told by when reports came out, as their pages say: a first look at a feed finds many at once.
    // Nothing came out later than it was seen.
    private const string CameOut =
        "CASE WHEN e.published_at > 0 AND e.published_at < e.seen_at THEN e.published_at ELSE e.seen_at END";

    private const string SelectShares = $"""
        SELECT COUNT(*) AS Reports,
               COALESCE(SUM(CASE WHEN t.others > 0 THEN 1 ELSE 0 END), 0) AS Shared,
               COALESCE(SUM(CASE WHEN t.others > 0 AND t.earlier = 0 THEN 1 ELSE 0 END), 0) AS First
        FROM (
            SELECT (SELECT COUNT(*) FROM story_entry o
                    WHERE o.story_id = own.story_id AND o.source_id <> @Source) AS others,
                   (SELECT COUNT(*) FROM story_entry o JOIN entry e ON e.id = o.entry_id
                    WHERE o.story_id = own.story_id AND o.source_id <> @Source AND {CameOut} < own.first_at) AS earlier
            FROM (SELECT m.story_id, MIN({CameOut}) AS first_at
                  FROM story_entry m JOIN entry e ON e.id = m.entry_id
                  WHERE m.source_id = @Source AND m.joined_at >= @Since GROUP BY m.story_id) own) t
        """;

    private const string SelectCorrections = """
        SELECT COUNT(*) FROM story s JOIN story_entry se ON se.story_id = s.id AND se.entry_id = s.lead_entry_id
        WHERE se.source_id = @Source AND s.corrected_at >= @Since
        """;

    // What an outlet reports of what a channel talks about, where that channel does not get it.
    private const string SelectSuggestions = """
        SELECT src.id AS Id, src.name AS Name, f.url AS Url, ch.id AS ChannelId, ch.name AS Channel,
               COUNT(DISTINCT c.story_id) AS Stories
        FROM comment c
        JOIN channel ch ON ch.id = c.channel_id
        JOIN story_entry se ON se.story_id = c.story_id
        JOIN source src ON src.id = se.source_id
        JOIN feed f ON f.id = src.feed_id
        WHERE ch.community_id = @community AND src.community_id = @community AND src.paused_at IS NULL
          AND c.state = 'visible' AND c.accepted_at >= @Since
          AND NOT EXISTS (SELECT 1 FROM subscription u WHERE u.source_id = src.id AND u.channel_id = ch.id)
        GROUP BY src.id, src.name, f.url, ch.id, ch.name HAVING COUNT(DISTINCT c.story_id) >= @Fewest
        ORDER BY COUNT(DISTINCT c.story_id) DESC, src.name LIMIT @Limit
        """;

    // Twice may be chance.
    private const int FewestDiscussed = 3;
    private const int MostSuggested = 5;

    /// <summary>Counts what is known of a source of the last weeks.</summary>
    public static async Task<SourceNumbers> ReadAsync(
        DbConnection connection,
        long source,
        long feed,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var today = now.Ms() / DayMs;
        var args = new
        {
            Source = source,
            Feed = feed,
            FirstDay = today - Days,
            Month = now.Ms() - Days * DayMs,
            Since = (now - Lately).Ms(),
        };
        var days = await connection.QueryAsync<Bar>(Command(SelectDays));
        var hours = await connection.QueryAsync<Bar>(Command(SelectHours));
        var shares = await connection.QuerySingleAsync<ShareRow>(Command(SelectShares));
        return new SourceNumbers(
            Bars(days, today - Days + 1, Days),
            Bars(hours, 0, 24),
            (int)shares.Reports,
            (int)shares.Shared,
            (int)shares.First,
            await connection.ExecuteScalarAsync<int>(Command(SelectCorrections))
        );

        CommandDefinition Command(string sql) => new(sql, args, cancellationToken: cancellationToken);
    }

    /// <summary>Outlets of the newsroom that often report what a channel talks about, but do not come to it.</summary>
    public static async Task<IReadOnlyList<SourceSuggestion>> SuggestAsync(
        DbConnection connection,
        long community,
        DateTimeOffset now
    ) =>
        [
            .. (
                await connection.QueryAsync<SourceSuggestion>(
                    SelectSuggestions,
                    new
                    {
                        community,
                        Since = (now - Lately).Ms(),
                        Fewest = FewestDiscussed,
                        Limit = MostSuggested,
                    }
                )
            ),
        ];

    private static List<int> Bars(IEnumerable<Bar> bars, long first, int count)
    {
        var byPlace = bars.ToDictionary(bar => bar.Place, bar => (int)bar.Entries);
        return [.. Enumerable.Range(0, count).Select(place => byPlace.GetValueOrDefault(first + place))];
    }

    private sealed class Bar
    {
        public required long Place { get; init; }
        public required long Entries { get; init; }
    }

    private sealed class ShareRow
    {
        public required long Reports { get; init; }
        public required long Shared { get; init; }
        public required long First { get; init; }
    }
}

/// <summary>What was counted about a source.</summary>
/// <param name="Days">New entries a day, the oldest first, today last.</param>
/// <param name="Hours">Entries by hour of the UTC day.</param>
/// <param name="Reports">Stories it reported.</param>
/// <param name="Shared">Those of them that others reported too.</param>
/// <param name="First">Those that others reported too, and it before them.</param>
/// <param name="Corrections">Stories it led that were corrected.</param>
internal sealed record SourceNumbers(
    IReadOnlyList<int> Days,
    IReadOnlyList<int> Hours,
    int Reports,
    int Shared,
    int First,
    int Corrections
)
{
    /// <summary>How it stands beside others, in one sentence; empty where it reported nothing.</summary>
    public string Beside =>
        Reports == 0 ? ""
        : Shared == 0 ? $"None of the {Stories(Reports)} it reported in the last 90 days was reported by others too."
        : $"Of the {Stories(Reports)} it reported in the last 90 days, {Shared} ({Percent(Shared, Reports)}) were reported by others too, and {First} of those ({Percent(First, Shared)}) by it first.";

    private static string Stories(int count) => Core.Commands.LengthOfTime.Count(count, "story", "stories");

    private static string Percent(int part, int whole) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100.0 * part / whole:0} %");
}

/// <summary>An outlet worth having in a channel.</summary>
internal sealed class SourceSuggestion
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Url
    {
        get;
        init => field = FeedAddress.Bare(value);
    }
    public required long ChannelId { get; init; }
    public required string Channel { get; init; }
    public required long Stories { get; init; }
}
