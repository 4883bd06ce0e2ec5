using System.Data.Common;
using Dapper;
using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Takes polls in. One intake is one transaction.</summary>
internal sealed class StoryStore(Database database, RecentReports recent, KnownTexts texts) : IStoryStore
{
    private const string SaveDocument = """
        UPDATE feed SET
            title = @Title, site_url = @SiteUrl, format = @Format, language = @Language, etag = @ETag,
            last_modified = @LastModified, body_hash = @BodyHash, normal_new = @NormalNew,
            first_taken_at = COALESCE(first_taken_at, @Now)
        WHERE id = @Id
        """;

    private const string Sources = """
        SELECT id, community_id AS CommunityId, name, excerpt_chars AS ExcerptChars,
               COALESCE((SELECT MAX(su.offer) FROM subscription su
                         WHERE su.source_id = source.id AND su.offered_at IS NULL), 0) AS Offer
        FROM source WHERE feed_id = @Feed AND paused_at IS NULL AND joined_to IS NULL ORDER BY id
        """;

    // One that was made while the feed was read, and wants more than was looked for, waits for the next poll.
    private const string SetOffered = """
        UPDATE subscription SET offered_at = @Now
        WHERE source_id IN @Sources AND offered_at IS NULL AND offer <= @Offer
        """;

    public async Task<IReadOnlyList<KnownEntry?>> FindKnownAsync(
        FeedId feed,
        IReadOnlyList<EntryFacts> entries,
        CancellationToken cancellationToken
    ) =>
        await database.ReadAsync(
            async connection =>
            {
                using var rows = new EntryRows(connection, feed);
                var known = new KnownEntry?[entries.Count];
                if (await rows.AnyAsync())
                {
                    for (var i = 0; i < known.Length; i++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        known[i] = await rows.FindAsync(entries[i]);
                    }
                }

                return known;
            },
            cancellationToken
        );

    public Task<IntakeResult> TakeInAsync(FeedIntake intake, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => TakeInAsync(connection, intake), cancellationToken);

    private async Task<IntakeResult> TakeInAsync(DbConnection connection, FeedIntake intake)
    {
        var (feed, now) = (intake.Poll.Feed, intake.Poll.Now);
        await recent.ForgetUndoneAsync(connection);
        await texts.ForgetUndoneAsync(connection);
        var fresh = intake.Entries.Count(entry => entry.IsFresh);
        if (!await FeedStore.SavePollAsync(connection, intake.Poll, fresh))
        {
            // The feed was removed while it was read.
            return new IntakeResult(0, 0, 0);
        }

        await SaveDocumentAsync(connection, intake, fresh);
        var sources = (await connection.QueryAsync<SourceRow>(Sources, new { Feed = feed.Id.Value })).AsList();
        var result = new IntakeResult(0, 0, 0);
        using var rows = new EntryRows(connection, feed.Id);
        var hasRows = await rows.AnyAsync();
        var seen = new HashSet<EntryKey>();
        foreach (var entry in intake.Entries)
        {
            if (entry.Known is { } known)
            {
                result = await TakeKnownAsync(connection, intake, rows, entry, known, sources, result);
                continue;
            }

            // The same entry twice in one document is one entry, and so is what another poll has taken in meanwhile.
            var isAlone = entry.Facts.Keys.Count(seen.Add) == entry.Facts.Keys.Count;
            if ((hasRows || !isAlone) && await rows.FindAsync(entry.Facts) is not null)
            {
                continue;
            }

            var id = await rows.AddAsync(entry, now);
            await texts.TakeInAsync(connection, id, entry.Print, now);
            foreach (var source in sources.Where(_ => entry.IsFresh))
            {
                result = await new StoryIntake(connection, recent, source.ToSource(), intake).TakeInAsync(
                    id,
                    entry,
                    result
                );
            }
        }

        await connection.ExecuteAsync(
            SetOffered,
            new
            {
                Now = now.Ms(),
                Sources = sources.Select(source => source.Id),
                intake.Poll.Feed.Offer,
            }
        );
        return result;
    }

    private async Task<IntakeResult> TakeKnownAsync(
        DbConnection connection,
        FeedIntake intake,
        EntryRows rows,
        IncomingEntry entry,
        KnownEntry known,
        List<SourceRow> sources,
        IntakeResult sum
    )
    {
        var now = intake.Poll.Now;
        if (known.ContentHash != entry.ContentHash)
        {
            await rows.ChangeAsync(known, entry, now);
            await StoryUpdates.ApplyAsync(connection, known.Id, entry, now);
        }

        foreach (var source in sources.Where(source => intake.NewerThan(entry) < source.Offer))
        {
            sum = await new StoryIntake(connection, recent, source.ToSource(), intake).OfferAsync(known.Id, entry, sum);
        }

        return sum;
    }

    private static Task SaveDocumentAsync(DbConnection connection, FeedIntake intake, int fresh) =>
        connection.ExecuteAsync(
            SaveDocument,
            new
            {
                Id = intake.Poll.Feed.Id.Value,
                intake.Document.Title,
                SiteUrl = intake.Document.Link?.AbsoluteUri,
                Format = intake.Document.Format.ToString().ToLowerInvariant(),
                intake.Document.Language,
                intake.Fetched.ETag,
                intake.Fetched.LastModified,
                intake.Fetched.BodyHash,
                NormalNew = intake.Poll.Feed.IsFirst
                    ? intake.Poll.Feed.NormalNew
                    : FloodBrake.NextAverage(intake.Poll.Feed.NormalNew, fresh),
                Now = intake.Poll.Now.Ms(),
            }
        );

    private sealed class SourceRow
    {
        public required long Id { get; init; }
        public required long CommunityId { get; init; }
        public required string Name { get; init; }
        public required long ExcerptChars { get; init; }
        public required long Offer { get; init; }

        public IntakeSource ToSource() =>
            new(Id, new Core.Communities.CommunityId(CommunityId), Name, (int)ExcerptChars);
    }
}
