using System.Text.Json;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Testing;
using NewsBot.Testing.Servers;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Hostile;

/// <summary>
/// A newsroom in which every text anybody could have a say in is one of a list: as if all doors had let everything through.
/// </summary>
internal sealed class HostileWorld
{
    /// <summary>Name of the chat channel where all of it was posted.</summary>
    public const string Room = "harbour";

    // What no index of a database can be asked for otherwise; each row gets the text of its place.
    private const string Fill = """
        INSERT INTO feed (url, title, format, interval_ms, next_poll_at, failures, last_error, last_polled_at, last_success_at)
        SELECT 'https://outlet' || key || '.example/feed', value, 'rss', 900000, @Later, key % 2 * 4,
               CASE key % 2 WHEN 1 THEN value END, @Now, @Now FROM json_each(@Texts);
        INSERT INTO source (community_id, feed_id, name, licence, category, created_at)
        SELECT 1, id, title, title, title, @Now FROM feed WHERE url LIKE 'https://outlet%.example/feed';
        INSERT INTO entry (feed_id, guid, url, url_key, title, title_key, content_hash, excerpt, author, categories, published_at, seen_at)
        SELECT feed_id, id, 'https://outlet.example/' || id, id, name, id, 'h', name, name, name, @Now, @Now FROM source WHERE licence = name;
        INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, created_at)
        SELECT 1, @Guild, 'c' || key, value, 'instant', 'public', @Now FROM json_each(@Texts) WHERE key % 8 = 0;
        INSERT INTO story (community_id, headline, slug, url, lead_entry_id, summary, summary_text, summary_method, picture_id,
                           correction, corrected_at, published_at, created_at, updated_at)
        SELECT 1, title, 'slug', url, id, json_array(json_object('text', title, 'entry', id, 'start', 0, 'end', 1)), title,
               'model-1 ' || title, @Picture, title, @Now, @Now - id * 60000, @Now - id * 60000, @Now FROM entry WHERE content_hash = 'h' AND guid = url_key;
        INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
        SELECT s.id, e.id, 1, o.id, @Now FROM story s JOIN entry e ON e.id = s.lead_entry_id JOIN source o ON o.feed_id = e.feed_id WHERE s.slug = 'slug';
        INSERT INTO channel_story (channel_id, story_id, state, at) SELECT @Room, id, 'carded', @Now FROM story WHERE slug = 'slug';
        INSERT INTO channel_story (channel_id, story_id, state, at)
        SELECT c.id, s.id, 'carded', @Now FROM story s JOIN channel c ON c.workspace_id = @Guild WHERE s.slug = 'slug' AND s.id % 40 = c.id % 40;
        INSERT INTO story_version (story_id, number, headline, summary_text, since)
        SELECT id, 1, 'Before ' || headline, 'Before ' || headline, @Now - 9000000 FROM story WHERE slug = 'slug';
        INSERT INTO story_version (story_id, number, headline, summary_text, since)
        SELECT id, 2, headline, headline, @Now - 8000000 FROM story WHERE slug = 'slug';
        INSERT INTO digest (channel_id, due_at, since, title, subtitle) VALUES (@Room, @Now, 0, 'Digest', '');
        INSERT INTO digest_story (digest_id, story_id, rank, is_card, why)
        SELECT (SELECT MAX(id) FROM digest), id, id, 1, headline FROM story WHERE slug = 'slug';
        INSERT INTO member (community_id, name, first_seen_at) SELECT 1, value, @Now FROM json_each(@Texts);
        INSERT INTO trouble (workspace_id, cause, words, since)
        SELECT @Guild, 'c' || key, value, @Now FROM json_each(@Texts) WHERE key % 5 = 0;
        INSERT INTO word (community_id, word, added_by, created_at) SELECT 1, value, value, @Now FROM json_each(@Texts) GROUP BY value;
        INSERT INTO audit (community_id, actor, action, target, before, after, reason, at)
        SELECT 1, value, 'hide', 'comment ' || key, value, value, value, @Now FROM json_each(@Texts);
        """;

    private const string Adorn = """
        UPDATE comment SET author_name = (SELECT name FROM member m WHERE m.id = member_id),
                           reactions = json_array(json_object('emoji', body, 'count', 3))
        WHERE story_id = @Story;
        INSERT INTO attachment (comment_id, position, external_id, name, size, alt, state)
        SELECT id, 0, 'a' || id, body, 7, body, 'named' FROM comment WHERE story_id = @Story;
        UPDATE comment SET state = 'hidden' WHERE story_id = @Held;
        INSERT INTO review (comment_id, why, held_at) SELECT id, body, @Now FROM comment WHERE story_id = @Held;
        """;

    private HostileWorld(long story, long held, IReadOnlyList<long> stories)
    {
        Story = story;
        Held = held;
        Stories = stories;
    }

    /// <summary>A story with a comment for every text.</summary>
    public long Story { get; }

    /// <summary>A story whose comments wait for a moderator.</summary>
    public long Held { get; }

    /// <summary>The stories that have the texts as headlines.</summary>
    public IReadOnlyList<long> Stories { get; }

    /// <summary>Fills a newsroom.</summary>
    /// <param name="server">Which.</param>
    /// <param name="texts">What stands everywhere.</param>
    public static HostileWorld InTo(PageServer server, IReadOnlyList<string> texts)
    {
        var newsroom = server.Newsroom;
        var room = newsroom.Channel(Room);
        var guild = newsroom.Workspace("discord", texts[0], 1);
        var now = newsroom.Now.ToUnixTimeMilliseconds();
        var png = FakeNewsroom.Png(1);
        newsroom.Run(
            Fill,
            new
            {
                Texts = JsonSerializer.Serialize(texts),
                Now = now,
                Later = now + 400L * 86_400_000,
                Guild = guild,
                Room = room,
                Picture = newsroom.Picture(png, png, texts[0]),
            }
        );
        var story = newsroom.Story(room, [newsroom.Source("Calm Wire")], "A calm headline");
        var held = newsroom.Story(room, [newsroom.Source("Calm Wire")], "Another calm headline");
        var members = server.Numbers("SELECT id FROM member ORDER BY id");
        newsroom.Comments(texts.Count, story, members, room, number => texts[number - 1], number => number / 2);
        newsroom.Comments(texts.Count / 4, held, members, room, number => texts[number * 4 - 1], _ => 0);
        newsroom.Run(
            Adorn,
            new
            {
                Story = story,
                Held = held,
                Now = now,
            }
        );
        Talk(newsroom, room, story, members, texts);
        return new HostileWorld(story, held, server.Numbers("SELECT id FROM story WHERE slug = 'slug' ORDER BY id"));
    }

    private static void Talk(
        NewsroomBuilder newsroom,
        long room,
        long story,
        IReadOnlyList<long> members,
        IReadOnlyList<string> texts
    )
    {
        for (var i = 0; i < texts.Count; i += 6)
        {
            var text = texts[i];
            newsroom.Message(room, members[i % members.Count], text);
            newsroom.Say(room, $"story:1:{i}", Card(story, text, newsroom.Now), story);
        }

        var best = texts.Select((text, i) => new BestComment(new StoryId(story), i + 1, text, text)).ToList();
        newsroom.Say(room, "digest:1", new PostBody.DigestHeading(texts[3], texts[4]));
        newsroom.Say(
            room,
            "digest:2",
            new PostBody.DigestList(
                [
                    .. texts.Select(
                        (text, i) =>
                            new DigestLine(new StoryId(story), text, "https://a.example/", text, 1, null)
                            {
                                Quote = best[i],
                                Section = text,
                            }
                    ),
                ],
                best[0]
            )
            {
                MostAnswered = best[..5],
                Newcomers = [new Newcomer(members[0], texts[1])],
            }
        );
        newsroom.Say(room, "notice:1", new PostBody.Notice(string.Join("\n\n", texts.Take(40))));
    }

    private static PostBody.Card Card(long story, string text, DateTimeOffset now) =>
        new(new StoryId(story), text, "https://a.example/", text, [text, text], now, text, null, 1, text, false)
        {
            Quote = new BestComment(new StoryId(story), 1, text, text),
            Why = text,
            PictureAlt = text,
            CorrectedAt = now,
            SummaryBy = text,
        };
}
