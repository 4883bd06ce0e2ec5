using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Digests;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>A digest before it is posted.</summary>
/// <param name="Since">Begin of its period.</param>
/// <param name="Heading">Its first message.</param>
/// <param name="Plan">Its stories.</param>
/// <param name="List">Its last message; null where every story has a card and nobody said anything.</param>
/// <param name="HasLeftOver">Whether stories found no place in it and go on waiting.</param>
internal sealed record DigestDraft(
    DateTimeOffset Since,
    PostBody.DigestHeading Heading,
    DigestPlan Plan,
    PostBody.DigestList? List,
    bool HasLeftOver
)
{
    // Far more than a digest shows: the editor chooses among the newest.
    private const int MaxCandidates = 500;

    // A channel's first digest looks back so far.
    private static readonly TimeSpan FirstPeriod = TimeSpan.FromDays(2);

    // What found no place in the digests of so many days, nobody misses.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(3);

    private const string Candidates = """
        SELECT s.id, s.headline, s.url, s.published_at AS PublishedAt, s.picture_id AS PictureId, cs.state,
               lead.name AS Source, p.message_id AS CardMessage,
               (SELECT COUNT(*) FROM comment c
                WHERE c.story_id = s.id AND c.state = 'visible' AND c.visibility = 'public') AS Comments,
               (SELECT COUNT(DISTINCT se.source_id) FROM story_entry se WHERE se.story_id = s.id) AS Sources,
               (SELECT SUM(weight) FROM (
                    SELECT DISTINCT so.id, so.weight FROM story_entry se JOIN source so ON so.id = se.source_id
                    WHERE se.story_id = s.id)) AS Weight
        FROM channel_story cs JOIN story s ON s.id = cs.story_id
        JOIN story_entry le ON le.story_id = s.id AND le.entry_id = s.lead_entry_id
        JOIN source lead ON lead.id = le.source_id
        LEFT JOIN post p ON p.channel_id = cs.channel_id AND p.subject = 'story:' || s.id AND p.part = 0
                        AND p.operation = 'create'
        WHERE cs.channel_id = @Channel AND s.taken_down_at IS NULL AND s.merged_into IS NULL
          AND ((cs.state = 'waiting' AND cs.at > @Oldest) OR (cs.state = 'carded' AND cs.at > @Since))
          AND NOT EXISTS (SELECT 1 FROM digest_story ds JOIN digest d ON d.id = ds.digest_id
                          WHERE d.channel_id = cs.channel_id AND ds.story_id = s.id)
        ORDER BY s.id DESC LIMIT @Limit
        """;

    private const string Best = """
        SELECT c.story_id AS StoryId, c.number, COALESCE(m.pseudonym, m.name) AS Author, c.body,
               (SELECT COUNT(*) FROM comment r
                WHERE r.story_id = c.story_id AND r.parent = c.number AND r.state = 'visible') AS Answers
        FROM comment c JOIN member m ON m.id = c.member_id
        JOIN channel_story cs ON cs.story_id = c.story_id AND cs.channel_id = @Channel
        JOIN story s ON s.id = c.story_id AND s.taken_down_at IS NULL AND s.merged_into IS NULL
        WHERE c.accepted_at > @Since AND c.state = 'visible' AND c.visibility = 'public'
        ORDER BY Answers DESC, c.accepted_at DESC LIMIT 1
        """;

    /// <returns>Null where there is no story to show.</returns>
    public static async Task<DigestDraft?> MakeAsync(
        DbConnection connection,
        DigestChannel channel,
        DateTimeOffset due,
        DateTimeOffset now
    )
    {
        var last = Instants.At(channel.LastDigestAt);
        var since = last ?? due - FirstPeriod;
        var parameters = new
        {
            Channel = channel.Id,
            Since = since.Ms(),
            Oldest = last is null ? 0 : Math.Min(since.Ms(), (due - LongestWait).Ms()),
            Limit = MaxCandidates,
        };
        var candidates = (await connection.QueryAsync<CandidateRow>(Candidates, parameters))
            .Select(row => row.ToCandidate())
            .ToList();
        // What only repeats cards the channel has seen is no digest.
        if (!candidates.Exists(candidate => !candidate.IsCarded))
        {
            return null;
        }

        var plan = DigestEditor.Choose(candidates, channel.Layout == "compact" ? 0 : (int)channel.DigestCards, now);
        var shown = plan.Cards.Concat(plan.Lines).ToList();
        var best = await connection.QueryFirstOrDefaultAsync<BestRow>(Best, parameters);
        var counts = new DigestCounts(
            shown.Count,
            shown.Select(candidate => candidate.Source).Distinct(StringComparer.Ordinal).Count(),
            shown.Sum(candidate => candidate.Comments)
        );
        var zone = channel.Zone();
        var heading = new PostBody.DigestHeading(
            DigestTitle.Heading(due, zone, channel.Name),
            DigestTitle.Subtitle(last, due, zone, counts)
        );
        // In a forum every card is a post of its own, so the digest links to them as well.
        var listed = channel.Kind is "forum" or "media" ? shown : plan.Lines;
        List<DigestLine> lines = [];
        foreach (var candidate in listed)
        {
            var quote = await LiveliestComments.OfAsync(connection, new ChannelId(channel.Id), candidate.Story);
            // It stands below the list already.
            var isBest = quote is not null && best is not null && best.IsOf(quote);
            lines.Add(DigestEditor.Line(candidate) with { Quote = isBest ? null : quote });
        }

        var list = lines.Count > 0 || best is not null ? new PostBody.DigestList(lines, best?.ToBest()) : null;
        var hasLeftOver = candidates.Except(shown).Any(candidate => !candidate.IsCarded);
        return new DigestDraft(since, heading, plan, list, hasLeftOver);
    }

    private sealed class CandidateRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public required long PublishedAt { get; init; }
        public long? PictureId { get; init; }
        public required string State { get; init; }
        public required string Source { get; init; }
        public string? CardMessage { get; init; }
        public required long Comments { get; init; }
        public required long Sources { get; init; }
        public required double Weight { get; init; }

        public DigestCandidate ToCandidate() =>
            new(
                new StoryId(Id),
                Headline,
                Url,
                Source,
                Weight,
                (int)Sources,
                (int)Comments,
                Instants.At(PublishedAt),
                PictureId is not null,
                State == "carded",
                CardMessage
            );
    }

    private sealed class BestRow
    {
        public required long StoryId { get; init; }
        public required long Number { get; init; }
        public required string Author { get; init; }
        public required string Body { get; init; }

        public bool IsOf(BestComment quote) => quote.Story.Value == StoryId && quote.Number == Number;

        public BestComment ToBest() => new(new StoryId(StoryId), (int)Number, Author, DigestQuotes.Text(Body));
    }
}

/// <summary>A channel as the making of its digest sees it.</summary>
internal sealed class DigestChannel
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public string? ScheduleText { get; init; }
    public required string TimeZone { get; init; }
    public string? QuietHours { get; init; }
    public required long DigestCards { get; init; }
    public required string Layout { get; init; }
    public required string QuietDay { get; init; }
    public long? NextDigestAt { get; init; }
    public long? LastDigestAt { get; init; }

    public TimeZoneInfo Zone() =>
        TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <returns>Null where the channel has none.</returns>
    public DigestSchedule? Schedule() =>
        ScheduleText is { } text && DigestSchedule.TryParse(text, Zone(), out var schedule, out _) ? schedule : null;
}
