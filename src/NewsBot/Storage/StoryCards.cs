using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;

namespace NewsBot.Storage;

/// <summary>Makes a story's card from what is stored, and brings posted cards up to date.</summary>
internal static class StoryCards
{
    /// <summary>Of edits that only bring a new count.</summary>
    public const int CountPriority = 1;

    private const string Count = $"""
        SELECT (SELECT COALESCE(SUM(sc.shown), 0) FROM story_comments sc
                JOIN open_channel o ON o.id = sc.channel_id AND o.community_id = ch.community_id
                WHERE sc.story_id = @Story
                  AND (sc.channel_id = ch.id OR sc.visibility = 'public'
                       OR (sc.visibility = 'members' AND ch.publication <> 'public')))
               -- What is not published is read beside it only where it was copied to.
               + (SELECT COUNT(*) FROM comment c
                  WHERE ch.publication = 'off' AND ch.mirror = 'two-way' AND c.story_id = @Story AND c.visibility = 'off'
                    AND c.channel_id <> ch.id AND {Discussions.IsReadable})
        FROM channel ch WHERE ch.id = @Channel
        """;

    private const string Load = """
        SELECT s.id, s.headline, s.url, s.summary_text AS Summary, s.summary_method AS Method, s.picture_id AS PictureId, s.picture_alt AS PictureAlt,
               e.author, e.categories, s.published_at AS PublishedAt, s.correction, s.corrected_at AS CorrectedAt,
               s.taken_down_at AS TakenDownAt
        FROM story s JOIN entry e ON e.id = s.lead_entry_id WHERE s.id = @Story
        """;

    private const string Sources = """
        SELECT so.name FROM story_entry se
        JOIN source so ON so.id = se.source_id
        JOIN story s ON s.id = se.story_id
        WHERE se.story_id = @Story
        GROUP BY so.id
        ORDER BY MAX(CASE WHEN se.entry_id = s.lead_entry_id THEN 1 ELSE 0 END) DESC, MIN(se.joined_at), MIN(se.entry_id)
        """;

    private const string LeadTemplate = """
        SELECT u.template FROM story s
        JOIN story_entry se ON se.story_id = s.id AND se.entry_id = s.lead_entry_id
        JOIN subscription u ON u.source_id = se.source_id AND u.channel_id = @Channel
        WHERE s.id = @Story AND u.template IS NOT NULL
        """;

    private const string InDigest = """
        SELECT COALESCE(ds.why, '') FROM digest_story ds JOIN digest d ON d.id = ds.digest_id
        WHERE d.channel_id = @Channel AND ds.story_id = @Story AND ds.is_card = 1 ORDER BY d.id DESC LIMIT 1
        """;

    private const string Cards = """
        SELECT id, channel_id AS ChannelId, sent_at AS SentAt FROM post
        WHERE subject = @Subject AND operation = 'create' AND state IN ('waiting', 'sent')
        """;

    // Where a message carries the picture itself, a card that was posted without it has to be edited; the built-in chat
    // shows it from then on by itself.
    private const string WithoutPicture = """
        SELECT p.id, p.channel_id AS ChannelId, p.sent_at AS SentAt
        FROM post p JOIN channel c ON c.id = p.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE p.subject = @Subject AND p.operation = 'create' AND w.platform <> 'web' AND p.picture_id IS NULL
          AND (p.state = 'sent' OR (p.state = 'waiting' AND p.attempts > 0))
        """;

    private const string HasPicture = """
        SELECT COUNT(*) FROM story s JOIN picture p ON p.id = s.picture_id AND p.small IS NOT NULL WHERE s.id = @Story
        """;

    // What was not sent yet names the picture, and the built-in chat shows what its message names.
    private const string ByPicture = """
        SELECT p.id, p.channel_id AS ChannelId, p.sent_at AS SentAt
        FROM post p JOIN channel c ON c.id = p.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE p.subject = @Subject AND p.operation = 'create'
          AND ((p.state = 'waiting' AND p.attempts = 0) OR (p.state = 'sent' AND w.platform = 'web'))
        """;

    /// <summary>The card as one channel shows it: it counts the comments that may be read there.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="story">Which story.</param>
    /// <param name="channel">Where the card stands.</param>
    /// <param name="why">Why it will stand in a digest that is being made; null for a card that is not, or is there already.</param>
    public static async Task<PostBody.Card> LoadAsync(
        DbConnection connection,
        StoryId story,
        ChannelId channel,
        string? why = null
    )
    {
        var facts = await FactsAsync(connection, story, channel);
        if (await MergedStories.PointerAsync(connection, story, channel) is { } pointer)
        {
            return facts.Card with { Text = pointer };
        }

        // Beside a card that came at once, its discussion begins anyway.
        why ??= await connection.ExecuteScalarAsync<string?>(
            InDigest,
            new { Story = story.Value, Channel = channel.Value }
        );
        if (why is not null)
        {
            facts = facts with
            {
                Card = facts.Card with
                {
                    Quote = await LiveliestComments.OfAsync(connection, channel, story),
                    Why = why.Length > 0 ? why : null,
                },
            };
        }

        var template = await connection.ExecuteScalarAsync<string?>(
            LeadTemplate,
            new { Story = story.Value, Channel = channel.Value }
        );
        // A template that a newer version no longer understands gives the usual card.
        return template is not null && CardTemplate.TryParse(template, out var parsed, out _)
            ? facts.Card with
            {
                Text = parsed!.Render(facts),
                SummaryBy = template.Contains("summary", StringComparison.Ordinal) ? facts.Card.SummaryBy : null,
            }
            : facts.Card;
    }

    /// <summary>The card in its usual look, with what a template may add.</summary>
    public static async Task<CardFacts> FactsAsync(DbConnection connection, StoryId story, ChannelId channel)
    {
        var row = await connection.QuerySingleAsync<StoryRow>(Load, new { Story = story.Value });
        var sources = (await connection.QueryAsync<string>(Sources, new { Story = story.Value })).AsList();
        var card = new PostBody.Card(
            story,
            row.Headline,
            row.Url,
            sources.FirstOrDefault("a removed source"),
            [.. sources.Skip(1)],
            Instants.At(row.PublishedAt),
            row.Summary,
            row.PictureId,
            await CountAsync(connection, story, channel),
            row.Correction,
            row.TakenDownAt is not null
        )
        {
            SummaryBy = row.Summary.Length > 0 ? SummaryMethods.Model(row.Method) : null,
            PictureAlt = row.PictureId is null ? null : row.PictureAlt,
            CorrectedAt = row.Correction is null ? null : Instants.At(row.CorrectedAt),
        };
        return new CardFacts(card, row.Author, row.Categories.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Edits every posted card because the story changed.</summary>
    public static async Task EditAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        foreach (var card in await FindAsync(connection, story))
        {
            await Outbox.EditAsync(
                connection,
                new PostDraft(
                    card.Channel,
                    PostSubject.Of(story),
                    0,
                    await LoadAsync(connection, story, card.Channel),
                    now
                )
            );
        }
    }

    /// <summary>The comments that may be read in a channel.</summary>
    public static async Task<int> CountAsync(DbConnection connection, StoryId story, ChannelId channel) =>
        (int)await connection.ExecuteScalarAsync<long>(Count, new { Story = story.Value, Channel = channel.Value });

    /// <summary>
    /// Edits the counts on posted cards, later and only while the cards are young enough. They are counted when the edit is
    /// handed out, so that the thousandth comment costs no more than the first.
    /// </summary>
    public static async Task EditCountsAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        var cards = await connection.QueryAsync<CardRow>(Cards, new { Subject = PostSubject.Of(story).Value });
        foreach (var card in cards.AsList())
        {
            if (CountSchedule.Wait(now - (Instants.At(card.SentAt) ?? now)) is { } wait)
            {
                await Outbox.EditAllAsync(connection, [card.Id], CountPriority, now + wait, now);
            }
        }
    }

    /// <summary>Adds the picture to cards that were posted before it was here.</summary>
    /// <param name="connection">Where to write.</param>
    /// <param name="story">Which story.</param>
    /// <param name="now">The time.</param>
    /// <param name="onlyIfHere">Whether it still has to be seen that the picture is here.</param>
    public static async Task EditPictureAsync(
        DbConnection connection,
        StoryId story,
        DateTimeOffset now,
        bool onlyIfHere = false
    )
    {
        if (onlyIfHere && await connection.ExecuteScalarAsync<long>(HasPicture, new { Story = story.Value }) == 0)
        {
            return;
        }

        foreach (var (channel, _) in await FindAsync(connection, story, WithoutPicture))
        {
            await Outbox.EditAsync(
                connection,
                new PostDraft(channel, PostSubject.Of(story), 0, await LoadAsync(connection, story, channel), now)
                {
                    IsEditedAnyway = true,
                }
            );
        }
    }

    /// <summary>Takes a picture that cannot be shown from the cards that show or wait for it; another one is added once it is here.</summary>
    public static async Task DropPictureAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        foreach (var (channel, _) in await FindAsync(connection, story, ByPicture))
        {
            await Outbox.EditAsync(
                connection,
                new PostDraft(channel, PostSubject.Of(story), 0, await LoadAsync(connection, story, channel), now)
            );
        }
    }

    private static async Task<IReadOnlyList<(ChannelId Channel, DateTimeOffset? SentAt)>> FindAsync(
        DbConnection connection,
        StoryId story,
        string sql = Cards
    )
    {
        var rows = await connection.QueryAsync<CardRow>(sql, new { Subject = PostSubject.Of(story).Value });
        return [.. rows.Select(row => (new ChannelId(row.ChannelId), Instants.At(row.SentAt)))];
    }

    private sealed class StoryRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public required string Summary { get; init; }
        public required string Method { get; init; }
        public string? Author { get; init; }
        public required string Categories { get; init; }
        public long? PictureId { get; init; }
        public string? PictureAlt { get; init; }
        public required long PublishedAt { get; init; }
        public string? Correction { get; init; }
        public long? CorrectedAt { get; init; }
        public long? TakenDownAt { get; init; }
    }

    private sealed class CardRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public long? SentAt { get; init; }
    }
}
