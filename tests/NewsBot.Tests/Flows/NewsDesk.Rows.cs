using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

/// <summary>What stands in the database, laid out and looked up.</summary>
internal sealed partial class NewsDesk
{
    /// <summary>A channel of the built-in chat.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mode">As stored.</param>
    /// <param name="columns">Further columns and their values.</param>
    public ChannelId Channel(
        string name = "news",
        string mode = "instant",
        params (string Name, object? Value)[] columns
    )
    {
        var id = Number(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, created_at)
            SELECT 1, id, @Name, @Name, @Mode, 'public', @Now FROM workspace WHERE platform = 'web' RETURNING id
            """,
            new
            {
                Name = name,
                Mode = mode,
                Now = Now.Ms(),
            }
        );
        foreach (var (column, value) in columns)
        {
            Run($"UPDATE channel SET {column} = @Value WHERE id = @Id", new { Value = value, Id = id });
        }

        return new ChannelId(id);
    }

    /// <summary>A source that reads a path of the site.</summary>
    public long Source(string path, string name, params ChannelId[] channels)
    {
        var source = Number(
            """
            INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, 900000, @Now);
            INSERT INTO source (community_id, feed_id, name, created_at)
            VALUES (1, (SELECT MAX(id) FROM feed), @Name, @Now) RETURNING id
            """,
            new
            {
                Url = Site is null ? $"https://outlet.example{path}" : Site.Url(path).AbsoluteUri,
                Name = name,
                Now = Now.Ms(),
            }
        );
        foreach (var channel in channels)
        {
            Subscribe(source, channel);
        }

        return source;
    }

    public void Subscribe(long source, ChannelId channel, int offer = 0, string? filter = null) =>
        Run(
            """
            INSERT INTO subscription (source_id, channel_id, offer, filter, created_at)
            VALUES (@Source, @Channel, @Offer, @Filter, @Now)
            """,
            new
            {
                Source = source,
                Channel = channel.Value,
                Offer = offer,
                Filter = filter,
                Now = Now.Ms(),
            }
        );

    /// <summary>Sets what a feed of the site says.</summary>
    public void Serve(string path, params IEnumerable<FeedItem> items) => Site.Set(path, FeedItem.Rss(path, items));

    /// <summary>A story that nobody polled.</summary>
    public StoryId Story(string headline = "Harbour bridge opens", long? source = null)
    {
        var from = source ?? Source($"/{headline}", headline);
        var id = Number(
            """
            INSERT INTO entry (feed_id, guid, url, url_key, title, title_key, content_hash, published_at, seen_at)
            SELECT feed_id, @Headline, 'https://outlet.example/a', @Headline, @Headline, @Headline, 'h', @Now, @Now
            FROM source WHERE id = @Source;
            INSERT INTO story (community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
            VALUES (1, @Headline, 'a', 'https://outlet.example/a', (SELECT MAX(id) FROM entry), @Now, @Now, @Now) RETURNING id
            """,
            new
            {
                Source = from,
                Headline = headline,
                Now = Now.Ms(),
            }
        );
        Run(
            """
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
            SELECT id, lead_entry_id, 1, @Source, @Now FROM story WHERE id = @Id
            """,
            new
            {
                Source = from,
                Id = id,
                Now = Now.Ms(),
            }
        );
        return new StoryId(id);
    }

    /// <summary>Says where a story stands in a channel.</summary>
    public void Place(ChannelId channel, StoryId story, string state = "waiting", DateTimeOffset? at = null) =>
        Run(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@Channel, @Story, @State, @At)",
            new
            {
                Channel = channel.Value,
                Story = story.Value,
                State = state,
                At = (at ?? Now).Ms(),
            }
        );

    public Member Member(string name = "Inês")
    {
        var id = Number(
            "INSERT INTO member (community_id, name, first_seen_at) VALUES (1, @Name, @Now) RETURNING id",
            new { Name = name, Now = Now.Ms() }
        );
        return new Member(new MemberId(id), new CommunityId(1), name, Role.Member, null);
    }

    /// <summary>Visible comments that nothing but the counts knows of.</summary>
    public void Comments(ChannelId channel, StoryId story, int count)
    {
        var author = Member("Somebody");
        for (var i = 0; i < count; i++)
        {
            Run(
                """
                INSERT INTO comment (story_id, number, member_id, body, visibility, channel_id, message_id, written_at, accepted_at)
                SELECT id, next_number, @Member, 'Text', 'public', @Channel, 'uncounted ' || next_number, @Now, @Now
                FROM story WHERE id = @Story;
                UPDATE story SET next_number = next_number + 1 WHERE id = @Story;
                """,
                new
                {
                    Member = author.Id.Value,
                    Channel = channel.Value,
                    Story = story.Value,
                    Now = Now.Ms(),
                }
            );
        }
    }

    /// <summary>Writes into the outbox as a transaction of its own.</summary>
    public Task OutboxAsync(Func<DbConnection, Task> write) => Database.WriteAsync(write, Token);

    public void Run(string sql, object? parameters = null)
    {
        using var connection = Database.Open();
        connection.Execute(sql, parameters);
    }

    /// <summary>Lets no row be written into a table, until it is mended.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="when">Which rows only, in SQL; the row is new.</param>
    public void Break(string table, string when = "TRUE") =>
        Run(
            Database is SqliteDatabase
                ? $"CREATE TRIGGER broken BEFORE INSERT ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'broken'); END"
                : $"CREATE TRIGGER broken BEFORE INSERT ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse()"
        );

    public void Mend(string table) =>
        Run(Database is SqliteDatabase ? "DROP TRIGGER broken" : $"DROP TRIGGER broken ON {table}");

    public long Number(string sql, object? parameters = null)
    {
        using var connection = Database.Open();
        return connection.ExecuteScalar<long>(sql, parameters);
    }

    public string? Word(string sql, object? parameters = null)
    {
        using var connection = Database.Open();
        return connection.ExecuteScalar<string?>(sql, parameters);
    }

    public IReadOnlyList<string> Words(string sql, object? parameters = null)
    {
        using var connection = Database.Open();
        return [.. connection.Query<string>(sql, parameters)];
    }

    /// <summary>What a channel shows, each message in a word or two.</summary>
    public IReadOnlyList<string> Shown(ChannelId channel) => [.. Publisher.Shown(channel).Select(Line)];

    /// <summary>The cards written into the outbox for a channel, oldest first, sent or not.</summary>
    public IReadOnlyList<string> Cards(ChannelId channel) =>
        [
            .. Words(
                    "SELECT body FROM post WHERE channel_id = @Id AND operation = 'create' AND subject LIKE 'story:%' ORDER BY id",
                    new { Id = channel.Value }
                )
                .Select(body => Line(PostBodies.Read(body))),
        ];

    private static string Line(PostBody body) =>
        body switch
        {
            PostBody.Card card => card.Headline,
            PostBody.DigestHeading heading => heading.Title,
            PostBody.DigestList list => string.Create(CultureInfo.InvariantCulture, $"list of {list.Lines.Count}"),
            PostBody.Notice notice => notice.Markdown,
            _ => throw new InvalidOperationException($"Unknown body {body}."),
        };
}
