using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Testing.Newsrooms;

/// <summary>A story as if its source had just told it, with its cards in the outbox.</summary>
internal static class WrittenStory
{
    private const string Add = """
        INSERT INTO feed (id, url, interval_ms, next_poll_at)
        VALUES (@Community, 'https://daily' || @Community || '.example/feed', 86400000, @Never)
        ON CONFLICT (id) DO NOTHING;
        INSERT INTO source (id, community_id, feed_id, name, created_at)
        VALUES (@Community, @Community, @Community, @Source, @Now)
        ON CONFLICT (id) DO NOTHING;
        INSERT INTO entry (feed_id, url, url_key, title, title_key, content_hash, seen_at)
        VALUES (@Community, @Url, @Url, @Headline, @Headline, @Url, @Now);
        INSERT INTO story (community_id, headline, slug, url, lead_entry_id, summary_text, published_at, created_at, updated_at)
        VALUES (@Community, @Headline, 'story', @Url, last_insert_rowid(), 'One sentence. And another.', @Now, @Now, @Now);
        SELECT last_insert_rowid();
        """;

    private const string Join = """
        INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
        SELECT id, lead_entry_id, @Community, @Community, @Now FROM story WHERE id = @Story
        """;

    private const string Card = """
        INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@Channel, @Story, 'carded', @Now)
        """;

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="headline">Its headline.</param>
    /// <param name="place">Makes its address one of its own.</param>
    /// <param name="channels">Where its cards go.</param>
    /// <param name="now">When it is told.</param>
    /// <param name="community">Whose it is; its one source has the same number.</param>
    /// <param name="source">What the source is called.</param>
    /// <returns>The story's id.</returns>
    public static async Task<long> WriteAsync(
        DbConnection connection,
        string headline,
        int place,
        IReadOnlyList<long> channels,
        DateTimeOffset now,
        long community = 1,
        string source = "The Daily"
    )
    {
        var story = await connection.ExecuteScalarAsync<long>(
            Add,
            new
            {
                Headline = headline,
                Community = community,
                Source = source,
                Url = string.Create(CultureInfo.InvariantCulture, $"https://daily.example/{place}"),
                Now = now.ToUnixTimeMilliseconds(),
                Never = now.AddYears(1).ToUnixTimeMilliseconds(),
            }
        );
        await connection.ExecuteAsync(
            Join,
            new
            {
                Story = story,
                Community = community,
                Now = now.ToUnixTimeMilliseconds(),
            }
        );
        foreach (var channel in channels.Select(one => new ChannelId(one)))
        {
            await connection.ExecuteAsync(
                Card,
                new
                {
                    Channel = channel.Value,
                    Story = story,
                    Now = now.ToUnixTimeMilliseconds(),
                }
            );
            await Outbox.CreateAsync(
                connection,
                new PostDraft(
                    channel,
                    PostSubject.Of(new StoryId(story)),
                    0,
                    await StoryCards.LoadAsync(connection, new StoryId(story), channel),
                    now
                )
            );
        }

        return story;
    }
}
