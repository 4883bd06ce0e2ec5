using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Takes polls in. One intake is one transaction.</summary>
internal sealed class StoryStore(Database database, RecentReports recent) : IStoryStore
{
    private const string SaveDocument = """
        UPDATE feed SET
            title = @Title, site_url = @SiteUrl, format = @Format, language = @Language, etag = @ETag,
            last_modified = @LastModified, body_hash = @BodyHash, normal_new = @NormalNew,
            first_taken_at = COALESCE(first_taken_at, @Now)
        WHERE id = @Id
        """;

    private const string Sources = """
        SELECT id, community_id AS CommunityId, name, excerpt_chars AS ExcerptChars FROM source
        WHERE feed_id = @Feed AND paused_at IS NULL AND joined_to IS NULL ORDER BY id
        """;

    public async Task<IReadOnlyList<KnownEntry?>> FindKnownAsync(
        FeedId feed,
        IReadOnlyList<FeedEntry> entries,
        CancellationToken cancellationToken
    ) =>
        await database.ReadAsync(
            async connection =>
            {
                List<KnownEntry?> known = [];
                foreach (var entry in entries)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    known.Add(await EntryRows.FindAsync(connection, feed, entry));
                }

                return known;
            },
            cancellationToken
        );

    public Task<IntakeResult> TakeInAsync(FeedIntake intake, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => TakeInAsync(connection, intake), cancellationToken);

    private async Task<IntakeResult> TakeInAsync(SqliteConnection connection, FeedIntake intake)
    {
        var (feed, now) = (intake.Poll.Feed, intake.Poll.Now);
        await recent.ForgetUndoneAsync(connection);
        var fresh = intake.Entries.Count(entry => entry.IsFresh);
        if (!await FeedStore.SavePollAsync(connection, intake.Poll, fresh))
        {
            // The feed was removed while it was read.
            return new IntakeResult(0, 0, 0);
        }

        await SaveDocumentAsync(connection, intake, fresh);
        var sources = (await connection.QueryAsync<SourceRow>(Sources, new { Feed = feed.Id.Value })).AsList();
        var result = new IntakeResult(0, 0, 0);
        foreach (var entry in intake.Entries)
        {
            if (entry.Known is { } known)
            {
                await EntryRows.ChangeAsync(connection, feed.Id, entry, now);
                await StoryUpdates.ApplyAsync(connection, known.Id, entry, now);
                continue;
            }

            // The same entry twice in one document is one entry.
            if (await EntryRows.FindAsync(connection, feed.Id, entry.Entry) is not null)
            {
                continue;
            }

            var id = await EntryRows.AddAsync(connection, feed.Id, entry, now);
            foreach (var source in sources.Where(_ => entry.IsFresh))
            {
                result = await new StoryIntake(connection, recent, source.ToSource(), intake).TakeInAsync(
                    id,
                    entry,
                    result
                );
            }
        }

        return result;
    }

    private static Task SaveDocumentAsync(SqliteConnection connection, FeedIntake intake, int fresh) =>
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

        public IntakeSource ToSource() =>
            new(Id, new Core.Communities.CommunityId(CommunityId), Name, (int)ExcerptChars);
    }
}
