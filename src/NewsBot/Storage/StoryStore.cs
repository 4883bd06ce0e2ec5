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
            hub_url = @HubUrl, topic_url = @TopicUrl,
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

        if (intake.Poll.Plan is not null)
        {
            await SaveDocumentAsync(connection, intake, fresh);
        }

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

        await SaveOffersAsync(connection, intake, sources);
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

    // What a hub sends may be a part of the feed.
    private static Task SaveOffersAsync(DbConnection connection, FeedIntake intake, List<SourceRow> sources) =>
        intake.Poll.Plan is null
            ? Task.CompletedTask
            : connection.ExecuteAsync(
                SetOffered,
                new
                {
                    Now = intake.Poll.Now.Ms(),
                    Sources = Among.Of(sources.Select(source => source.Id)),
                    intake.Poll.Feed.Offer,
                }
            );

    private static Task SaveDocumentAsync(DbConnection connection, FeedIntake intake, int fresh)
    {
        // What a hub sends says nothing of what the publisher answers the next poll.
        if (intake.Poll.Plan is null)
        {
            return Task.CompletedTask;
        }

        var hub = HubOf(intake);
        return connection.ExecuteAsync(
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
                HubUrl = hub?.Hub.AbsoluteUri,
                // A hub knows it as it is written, not as an address is best written.
                TopicUrl = hub?.Topic.OriginalString,
                // What its hub has told before is missing in what its polls bring.
                NormalNew = intake.Poll.Feed.IsFirst || intake.Poll.Feed.IsPushed
                    ? intake.Poll.Feed.NormalNew
                    : FloodBrake.NextAverage(intake.Poll.Feed.NormalNew, fresh),
                Now = intake.Poll.Now.Ms(),
            }
        );
    }

    // What is one community's alone, or read in its own way, no hub is told of.
    private static FeedHub? HubOf(FeedIntake intake) =>
        intake.Poll.Feed is { Login: null, Page: null } feed && !FeedAddress.IsPrivate(feed.Url.AbsoluteUri)
            ? FeedHub.Of(intake.Document, intake.Fetched)
            : null;

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
