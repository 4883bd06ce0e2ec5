using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Digests;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>Makes digests. One digest is one transaction.</summary>
internal sealed class DigestStore(Database database, TimeProvider time) : IDigestStore
{
    private const string Due = """
        SELECT id FROM channel WHERE next_digest_at <= @Now ORDER BY next_digest_at LIMIT 200
        """;

    private const string LoadChannel = """
        SELECT id, name, kind, schedule AS ScheduleText, time_zone AS TimeZone, quiet_hours AS QuietHours,
               digest_cards AS DigestCards, digest_per_source AS PerSource, layout, quiet_day AS QuietDay,
               next_digest_at AS NextDigestAt, last_digest_at AS LastDigestAt
        FROM channel WHERE id = @Id
        """;

    private const string PlanNext = """
        UPDATE channel SET next_digest_at = @Next, last_digest_at = COALESCE(@Last, last_digest_at) WHERE id = @Id
        """;

    private const string AddDigest = """
        INSERT INTO digest (channel_id, due_at, since, title, subtitle) VALUES (@Channel, @DueAt, @Since, @Title, @Subtitle)
        ON CONFLICT (channel_id, due_at) DO NOTHING RETURNING id
        """;

    private const string AddStory = """
        INSERT INTO digest_story (digest_id, story_id, rank, is_card, why) VALUES (@Digest, @Story, @Rank, @IsCard, @Why)
        ON CONFLICT (digest_id, story_id) DO NOTHING
        """;

    private const string Place = """
        UPDATE channel_story SET state = @State, detail = @Why, at = @Now
        WHERE channel_id = @Channel AND story_id = @Story AND state = 'waiting'
        """;

    private const string HoldBack = """
        UPDATE channel_story SET state = 'held', detail = 'another story says the same in the same words', at = @Now
        WHERE channel_id = @Channel AND story_id IN @Stories AND state = 'waiting'
        """;

    // A channel without a schedule gets what found no place in its list a day later.
    private static readonly TimeSpan LeftOver = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<ChannelId>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = await database.ReadAsync(
            connection => connection.QueryAsync<long>(Due, new { Now = now.Ms() }),
            cancellationToken
        );
        return [.. ids.Select(id => new ChannelId(id))];
    }

    public Task<int> PublishAsync(ChannelId channel, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => PublishAsync(connection, channel, now), cancellationToken);

    /// <summary>What the next digest would be, were it due now. It is kept: posted within a few minutes, it is this one.</summary>
    /// <returns>The messages in their order; empty where there is nothing to say.</returns>
    public Task<IReadOnlyList<PostBody>> PreviewAsync(ChannelId channel, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<PostBody>>(
            async connection =>
            {
                var now = time.GetUtcNow();
                var row = await connection.QuerySingleAsync<DigestChannel>(LoadChannel, new { Id = channel.Value });
                var draft = await DigestDraft.MakeAsync(connection, row, now, now);
                await DigestDrafts.KeepAsync(connection, channel, draft);
                return draft?.Bodies ?? [];
            },
            cancellationToken
        );

    private static async Task<int> PublishAsync(DbConnection connection, ChannelId id, DateTimeOffset now)
    {
        var channel = await connection.QuerySingleAsync<DigestChannel>(LoadChannel, new { Id = id.Value });
        if (channel.NextDigestAt is not { } dueMs || dueMs > now.Ms())
        {
            return 0;
        }

        var due = Instants.At(dueMs);
        var seen = await DigestDrafts.FindAsync(connection, channel, now);
        var draft = seen ?? await DigestDraft.MakeAsync(connection, channel, due, now);
        await DigestDrafts.ForgetAsync(connection, id);
        var shown = 0;
        // In its quiet hours a channel gets no digest either.
        var quietEnd = ChannelQuiet.End(channel.QuietHours, channel.TimeZone, now);
        if (draft is not null)
        {
            shown = await SaveAsync(connection, id, draft, (due, now, quietEnd));
        }
        else if (channel.QuietDay == "say")
        {
            await Outbox.CreateAsync(
                connection,
                new PostDraft(
                    id,
                    PostSubject.Notice($"quiet:{id.Value}:{dueMs}"),
                    0,
                    new PostBody.Notice("Nothing new since the last digest. A quiet day."),
                    now
                )
                {
                    NotBefore = quietEnd,
                }
            );
        }

        // What was missed while the process was down is in this digest, so the next one is the next to come.
        await connection.ExecuteAsync(
            PlanNext,
            new
            {
                Id = id.Value,
                Next = NextAfter(channel, draft, now)?.Ms(),
                // What came after the one that was shown is the next one's.
                Last = draft is null ? (long?)null : Math.Min(dueMs, seen?.MadeAt.Ms() ?? dueMs),
            }
        );
        return shown;
    }

    private static DateTimeOffset? NextAfter(DigestChannel channel, DigestDraft? draft, DateTimeOffset now) =>
        channel.Schedule()?.NextAfter(now) ?? (draft is { HasLeftOver: true } ? now + LeftOver : null);

    private static async Task<int> SaveAsync(
        DbConnection connection,
        ChannelId channel,
        DigestDraft draft,
        (DateTimeOffset Due, DateTimeOffset Now, DateTimeOffset? NotBefore) times
    )
    {
        var (due, now, notBefore) = times;
        var digest = await connection.ExecuteScalarAsync<long?>(
            AddDigest,
            new
            {
                Channel = channel.Value,
                DueAt = due.Ms(),
                Since = draft.Since.Ms(),
                draft.Heading.Title,
                draft.Heading.Subtitle,
            }
        );
        if (digest is not { } digestId)
        {
            return 0;
        }

        var subject = PostSubject.Digest(digestId);
        await CreateAsync(subject, 0, draft.Heading);
        var rank = 0;
        foreach (var story in draft.Stories)
        {
            var row = new
            {
                Digest = digestId,
                Channel = channel.Value,
                Story = story.Story.Value,
                Rank = ++rank,
                IsCard = story.Card is null ? 0 : 1,
                story.Why,
                State = story.Card is not null ? "carded" : "listed",
                Now = now.Ms(),
            };
            await connection.ExecuteAsync(AddStory, row);
            await connection.ExecuteAsync(Place, row);
            if (story.Card is { } card)
            {
                await CreateAsync(PostSubject.Of(story.Story), 0, card);
            }
        }

        await connection.ExecuteAsync(
            HoldBack,
            new
            {
                Channel = channel.Value,
                Stories = Among.Of(draft.Repeats),
                Now = now.Ms(),
            }
        );
        if (draft.List is { } list)
        {
            await CreateAsync(subject, 1, list);
        }

        return rank;

        Task<bool> CreateAsync(PostSubject about, int part, PostBody body) =>
            Outbox.CreateAsync(connection, new PostDraft(channel, about, part, body, now) { NotBefore = notBefore });
    }
}
