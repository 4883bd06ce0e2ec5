using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Commands;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;
using NewsBot.Web;

namespace NewsBot.Storage;

/// <summary>Joins two stories of which a report shows that they are one, or asks moderators whether they are.</summary>
internal static class StoryMerging
{
    // Who did it, in the audit.
    private const string Actor = "NewsBot";

    private const string Find = """
        SELECT s.id, s.community_id AS Community, s.headline, s.slug, s.created_at AS CreatedAt,
               s.next_number - 1 AS Comments,
               (SELECT COUNT(*) FROM post p WHERE p.subject = 'story:' || s.id AND p.operation = 'create'
                AND p.state IN ('waiting', 'sent')) AS Posts
        FROM story s
        WHERE s.id IN (@One, @Other) AND s.merged_into IS NULL AND s.taken_down_at IS NULL
        ORDER BY s.created_at, s.id
        """;

    private const string Merge = "UPDATE story SET merged_into = @Winner WHERE id = @Loser";

    private const string Note = """
        INSERT INTO audit (community_id, actor, action, target, before, after, at, reason)
        VALUES (@Community, @Actor, 'merge', @Target, @Before, @After, @Now, 'a report belongs to both')
        """;

    // A merge that was taken back says that the two are two, whoever had made it: by "undo", or by "unmerge".
    private const string ToldApart = """
        SELECT EXISTS (
            SELECT 1 FROM audit
            WHERE community_id = @Community AND target LIKE 'story-' || @Loser || ' %'
              AND (action = 'merge' AND undone_at IS NOT NULL
                   AND (after LIKE '%"merged_into":' || @Winner || '}%' OR after LIKE '%"merged_into":' || @Winner || ',%')
                OR action = 'unmerge' AND undone_at IS NULL
                   AND (before LIKE '%"merged_into":' || @Winner || '}%' OR before LIKE '%"merged_into":' || @Winner || ',%')))
        """;

    private const string Asked = """
        SELECT COUNT(*) FROM post WHERE subject IN @Subjects AND operation = 'create'
        UNION ALL SELECT COUNT(*) FROM private_message WHERE cause IN @Subjects
        """;

    /// <returns>Which story points to the other now; null where none does.</returns>
    public static async Task<MergeDecision?> ConsiderAsync(
        DbConnection connection,
        StoryId one,
        StoryId other,
        DateTimeOffset now
    )
    {
        var rows = (await connection.QueryAsync<StoryRow>(Find, new { One = one.Value, Other = other.Value })).AsList();
        if (rows is not [var older, var newer] || older.Community != newer.Community)
        {
            return null;
        }

        if (await IsToldApartAsync(connection, older, newer) || await IsToldApartAsync(connection, newer, older))
        {
            return null;
        }

        var decision = MergeRule.Decide(older.Side(), newer.Side());
        var (loser, winner) = decision.Loser.Value == newer.Id ? (newer, older) : (older, newer);
        if (decision.IsSuggestion)
        {
            await SuggestAsync(connection, loser, winner, now);
            return null;
        }

        await connection.ExecuteAsync(Merge, new { Winner = winner.Id, Loser = loser.Id });
        var row = new RowChange(
            "story",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = loser.Id },
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["merged_into"] = null },
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["merged_into"] = winner.Id }
        );
        await connection.ExecuteAsync(
            Note,
            new
            {
                loser.Community,
                Actor,
                Target = string.Create(CultureInfo.InvariantCulture, $"story-{loser.Id} {loser.Headline}"),
                Before = RowChange.Write([row], change => change.Before),
                After = RowChange.Write([row], change => change.After),
                Now = now.Ms(),
            }
        );
        return decision;
    }

    /// <summary>Says below a suggestion what came of it.</summary>
    public static async Task SettleAsync(
        DbConnection connection,
        long loser,
        long winner,
        string who,
        DateTimeOffset now
    )
    {
        var words = new PostBody.Panel(
            string.Create(
                CultureInfo.InvariantCulture,
                $"**Merged** by {who}: story {loser} points to story {winner} now."
            ),
            []
        );
        foreach (var subject in Subjects(loser, winner))
        {
            await HeldReplies.SayAsync(connection, subject, words, now);
        }
    }

    private static async Task<bool> IsToldApartAsync(DbConnection connection, StoryRow loser, StoryRow winner) =>
        await connection.ExecuteScalarAsync<long>(
            ToldApart,
            new
            {
                loser.Community,
                Loser = loser.Id,
                Winner = winner.Id,
            }
        ) == 1;

    private static async Task SuggestAsync(DbConnection connection, StoryRow loser, StoryRow winner, DateTimeOffset now)
    {
        var subjects = Subjects(loser.Id, winner.Id);
        var asked = await connection.QueryAsync<long>(
            Asked,
            new { Subjects = Among.Of(subjects.Select(subject => subject.Value)) }
        );
        // Moderators who left it as it is are not asked again with every report.
        if (asked.Sum() > 0)
        {
            return;
        }

        await HeldReplies.TellAsync(
            connection,
            loser.Community,
            subjects[0],
            new PostBody.Panel(
                $"**These may be one story:** {loser.Link} and {winner.Link}. Both were posted or discussed, so it is for you to say. Leave it where they are two.",
                [
                    new PanelButton(
                        Label(winner),
                        string.Create(CultureInfo.InvariantCulture, $"merge {loser.Id} {winner.Id}")
                    ),
                    new PanelButton(
                        Label(loser),
                        string.Create(CultureInfo.InvariantCulture, $"merge {winner.Id} {loser.Id}")
                    ),
                ]
            ),
            now
        );
    }

    private static string Label(StoryRow winner) =>
        string.Create(CultureInfo.InvariantCulture, $"Merge into {winner.Id}");

    private static PostSubject[] Subjects(long one, long other) =>
        [
            PostSubject.Suggestion(new StoryId(one), new StoryId(other)),
            PostSubject.Suggestion(new StoryId(other), new StoryId(one)),
        ];

    private sealed class StoryRow
    {
        public required long Id { get; init; }
        public required long Community { get; init; }
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public required long CreatedAt { get; init; }
        public required long Comments { get; init; }
        public required long Posts { get; init; }

        public string Link =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"**{Id}** [{MarkdownEscape.Line(Headline, 140)}]({PageAddresses.StoryPath(Id, Slug)})"
            );

        public MergeSide Side() => new(new StoryId(Id), Comments, Posts);
    }
}
