using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Makes a story's card from what is stored, and brings posted cards up to date.</summary>
internal static class StoryCards
{
    private const string Load = """
        SELECT s.id, s.headline, s.url, s.summary_text AS Summary, s.picture_id AS PictureId, e.author, e.categories,
               s.published_at AS PublishedAt, s.correction, s.taken_down_at AS TakenDownAt,
               (SELECT COUNT(*) FROM comment c
                WHERE c.story_id = s.id AND c.state = 'visible'
                  AND (c.channel_id = ch.id OR c.visibility = 'public'
                       OR (c.visibility = 'members' AND ch.publication <> 'public'))) AS Comments
        FROM story s JOIN entry e ON e.id = s.lead_entry_id JOIN channel ch ON ch.id = @Channel WHERE s.id = @Story
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

    private const string Cards = """
        SELECT channel_id AS ChannelId, sent_at AS SentAt FROM post
        WHERE subject = @Subject AND operation = 'create' AND state IN ('waiting', 'sent')
        """;

    // Where a message carries the picture itself, a card that was posted without it has to be edited; the built-in chat
    // shows it from then on by itself.
    private const string WithoutPicture = """
        SELECT p.channel_id AS ChannelId, p.sent_at AS SentAt
        FROM post p JOIN channel c ON c.id = p.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE p.subject = @Subject AND p.operation = 'create' AND w.platform <> 'web' AND p.picture_id IS NULL
          AND (p.state = 'sent' OR (p.state = 'waiting' AND p.attempts > 0))
        """;

    /// <summary>The card as one channel shows it: it counts the comments that may be read there.</summary>
    public static async Task<PostBody.Card> LoadAsync(DbConnection connection, StoryId story, ChannelId channel)
    {
        var facts = await FactsAsync(connection, story, channel);
        var template = await connection.ExecuteScalarAsync<string?>(
            LeadTemplate,
            new { Story = story.Value, Channel = channel.Value }
        );
        // A template that a newer version no longer understands gives the usual card.
        return template is not null && CardTemplate.TryParse(template, out var parsed, out _)
            ? facts.Card with
            {
                Text = parsed!.Render(facts),
            }
            : facts.Card;
    }

    /// <summary>The card in its usual look, with what a template may add.</summary>
    public static async Task<CardFacts> FactsAsync(DbConnection connection, StoryId story, ChannelId channel)
    {
        var row = await connection.QuerySingleAsync<StoryRow>(
            Load,
            new { Story = story.Value, Channel = channel.Value }
        );
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
            (int)row.Comments,
            row.Correction,
            row.TakenDownAt is not null
        );
        return new CardFacts(card, row.Author, row.Categories.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Edits every posted card because the story changed.</summary>
    public static async Task EditAsync(SqliteConnection connection, StoryId story, DateTimeOffset now)
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

    /// <summary>Edits the counts on posted cards, later and only while the cards are young enough.</summary>
    public static async Task EditCountsAsync(SqliteConnection connection, StoryId story, DateTimeOffset now)
    {
        foreach (var (channel, sentAt) in await FindAsync(connection, story))
        {
            if (CountSchedule.Wait(now - (sentAt ?? now)) is { } wait)
            {
                await Outbox.EditAsync(
                    connection,
                    new PostDraft(channel, PostSubject.Of(story), 0, await LoadAsync(connection, story, channel), now)
                    {
                        Priority = 1,
                        NotBefore = now + wait,
                    }
                );
            }
        }
    }

    /// <summary>Adds the picture to cards that were posted before it was here.</summary>
    public static async Task EditPictureAsync(SqliteConnection connection, StoryId story, DateTimeOffset now)
    {
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

    private static async Task<IReadOnlyList<(ChannelId Channel, DateTimeOffset? SentAt)>> FindAsync(
        SqliteConnection connection,
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
        public string? Author { get; init; }
        public required string Categories { get; init; }
        public long? PictureId { get; init; }
        public required long PublishedAt { get; init; }
        public string? Correction { get; init; }
        public long? TakenDownAt { get; init; }
        public required long Comments { get; init; }
    }

    private sealed class CardRow
    {
        public required long ChannelId { get; init; }
        public long? SentAt { get; init; }
    }
}
