using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

/// <summary>Keeps the comments that digests and their cards quote true: an edited one is quoted anew, a deleted or hidden one no more.</summary>
internal static class DigestQuotes
{
    private const int MaxChars = 280;

    private const string Headlines = """
        SELECT id, headline, url, CASE WHEN correction IS NULL THEN NULL ELSE corrected_at END AS CorrectedAt
        FROM story WHERE id IN @Ids
        """;

    // A story that changes long after is brought up to date where it stands by itself: on its card and its page.
    private static readonly TimeSpan LongestChanged = TimeSpan.FromDays(7);

    // Lists may be in several messages, and each may have been changed before.
    private const string Telling = """
        SELECT p.id, p.channel_id AS ChannelId, p.subject, p.part, p.body
        FROM digest_story ds JOIN digest d ON d.id = ds.digest_id
        JOIN post p ON p.channel_id = d.channel_id AND p.subject = 'digest:' || d.id
        WHERE ds.story_id = @Story AND p.part > 0 AND p.operation <> 'delete' AND p.state <> 'dropped'
          AND p.created_at > @Oldest
        ORDER BY p.id
        """;

    // The period leaves out nothing: a digest cannot quote a story that came after it. Only what is quoted has a text,
    // and only who is named stands in a list of newcomers.
    private const string Quoting = """
        SELECT p.id, p.channel_id AS ChannelId, p.subject, p.part, p.body FROM post p
        JOIN channel_story cs ON cs.channel_id = p.channel_id AND cs.story_id = @Story
        WHERE (p.subject >= 'digest:' AND p.subject < 'digest;' OR p.subject >= 'talk:' AND p.subject < 'talk;')
          AND p.state <> 'dropped'
          AND p.created_at >= (SELECT created_at FROM story WHERE id = @Story)
          AND (p.body LIKE '%"text":"%' OR p.body LIKE '%"newcomers":[{%')
        ORDER BY p.id
        """;

    private const string QuotingCards = """
        SELECT p.id, p.channel_id AS ChannelId, p.subject, p.part, p.body FROM post p
        WHERE p.subject = 'story:' || @Story AND p.operation <> 'delete' AND p.state <> 'dropped' AND p.body LIKE '%"quote":{%'
        ORDER BY p.id
        """;

    private const string Talks = """
        SELECT p.id, p.channel_id AS ChannelId, p.subject, p.part, p.body FROM post p
        WHERE p.subject >= 'talk:' AND p.subject < 'talk;' AND p.state <> 'dropped' AND p.created_at >= @Since
          AND p.channel_id IN (SELECT id FROM channel WHERE community_id IN @Communities)
        ORDER BY p.id
        """;

    private const string Rewrite = "UPDATE post SET body = @Body WHERE id = @Id";

    /// <summary>The words of a comment as a digest quotes them.</summary>
    public static string Text(string markdown) => Excerpt.Of(MarkdownPlain.Render(markdown), MaxChars);

    /// <summary>Brings every digest that quotes a comment of a story up to date.</summary>
    public static async Task RefreshAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        var key = new { Story = story.Value };
        await DigestDrafts.ForgetAsync(connection, story.Value);
        foreach (var row in (await connection.QueryAsync<PostRow>(Quoting, key)).AsList())
        {
            await RefreshAsync(connection, row, story, now);
        }

        foreach (var row in (await connection.QueryAsync<PostRow>(QuotingCards, key)).AsList())
        {
            if (PostBodies.Read(row.Body) is PostBody.Card { Quote: { } quote } card)
            {
                var current = await LiveliestComments.NowAsync(connection, new ChannelId(row.ChannelId), quote);
                if (current != quote)
                {
                    await RefreshCardAsync(connection, row, card with { Quote = current }, now);
                }
            }
        }
    }

    /// <summary>Says in every digest that lists a story what its source says of it now.</summary>
    public static async Task RefreshHeadlineAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        await DigestDrafts.ForgetAsync(connection, story.Value);
        var key = new { Story = story.Value, Oldest = (now - LongestChanged).Ms() };
        foreach (var row in (await connection.QueryAsync<PostRow>(Telling, key)).AsList())
        {
            await RefreshAsync(connection, row, story, now);
        }
    }

    /// <summary>A list as it is now: what was taken back is gone, and what its sources changed is marked.</summary>
    public static Task<PostBody.DigestList> NowAsync(
        DbConnection connection,
        ChannelId channel,
        PostBody.DigestList list
    ) => NowAsync(connection, channel, list, story: null);

    /// <summary>Brings every digest of discussions up to date that some channels got since an instant, whatever it quotes.</summary>
    public static async Task RefreshTalksAsync(
        DbConnection connection,
        IEnumerable<long> communities,
        DateTimeOffset since,
        DateTimeOffset now
    )
    {
        var key = new { Communities = Among.Of(communities), Since = since.Ms() };
        foreach (var row in (await connection.QueryAsync<PostRow>(Talks, key)).AsList())
        {
            await RefreshAsync(connection, row, story: null, now);
        }
    }

    /// <summary>Says something else in a digest's last message, and forgets what it said.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="post">The row whose words are replaced.</param>
    /// <param name="draft">What it says from now on: a <see cref="PostBody.DigestList"/>.</param>
    public static async Task ReplaceAsync(DbConnection connection, long post, PostDraft draft)
    {
        if (
            draft.Body is PostBody.DigestList
            {
                Lines.Count: 0,
                BestComment: null,
                MostAnswered.Count: 0,
                Newcomers.Count: 0
            }
        )
        {
            await Outbox.DeleteAsync(connection, draft);
        }
        else
        {
            await Outbox.EditAsync(connection, draft);
        }

        // The outbox forgets the old words too.
        await connection.ExecuteAsync(Rewrite, new { Id = post, Body = PostBodies.Write(draft.Body) });
    }

    private static async Task RefreshAsync(DbConnection connection, PostRow row, StoryId? story, DateTimeOffset now)
    {
        if (PostBodies.Read(row.Body) is PostBody.DigestList list)
        {
            var current = await NowAsync(connection, new ChannelId(row.ChannelId), list, story);
            if (PostBodies.Write(current) != PostBodies.Write(list))
            {
                await ReplaceAsync(connection, row.Id, row.Draft(current, now));
            }
        }
    }

    private static async Task<PostBody.DigestList> NowAsync(
        DbConnection connection,
        ChannelId channel,
        PostBody.DigestList list,
        StoryId? story
    )
    {
        var told = list.Lines.Where(line => story is null || line.Story == story).Select(line => line.Story.Value);
        var headlines = (
            await connection.QueryAsync<HeadlineRow>(Headlines, new { Ids = Among.Of(told) })
        ).ToDictionary(row => new StoryId(row.Id));
        List<DigestLine> lines = [];
        foreach (var line in list.Lines)
        {
            var current = headlines.GetValueOrDefault(line.Story)?.On(line) ?? line;
            lines.Add(line.Quote is null ? current : current with { Quote = await OneAsync(line.Quote) });
        }

        List<BestComment> answered = [];
        foreach (var quote in list.MostAnswered)
        {
            if (await OneAsync(quote) is { } current)
            {
                answered.Add(current);
            }
        }

        return list with
        {
            Lines = lines,
            BestComment = list.BestComment is { } best ? await OneAsync(best) : null,
            MostAnswered = answered,
            Newcomers = await Newcomers.NowAsync(connection, channel, list.Newcomers),
        };

        async Task<BestComment?> OneAsync(BestComment quote) =>
            story is null || quote.Story == story
                ? await LiveliestComments.NowAsync(connection, channel, quote)
                : quote;
    }

    // Sooner than its count would be: what was taken back is not to be read any longer.
    private static async Task RefreshCardAsync(
        DbConnection connection,
        PostRow row,
        PostBody.Card card,
        DateTimeOffset now
    )
    {
        var fresh = await StoryCards.LoadAsync(connection, card.Story, new ChannelId(row.ChannelId));
        await Outbox.EditAsync(connection, row.Draft(fresh, now));
        await connection.ExecuteAsync(Rewrite, new { row.Id, Body = PostBodies.Write(card) });
    }

    private sealed class HeadlineRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public long? CorrectedAt { get; init; }

        // A line that says what the story says carries no mark: the reader has missed nothing.
        public DigestLine On(DigestLine line) =>
            line.Headline == Headline
                ? line
                : line with
                {
                    Headline = Headline,
                    Url = Url,
                    UpdatedAt = Instants.At(CorrectedAt),
                };
    }

    private sealed class PostRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public required string Subject { get; init; }
        public required long Part { get; init; }
        public required string Body { get; init; }

        public PostDraft Draft(PostBody body, DateTimeOffset now) =>
            new(new ChannelId(ChannelId), new PostSubject(Subject), (int)Part, body, now);
    }
}
