using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Testing;

/// <summary>Fills a database with a newsroom for tests of what people see. Every part has a valid default.</summary>
public sealed partial class NewsroomBuilder : IDisposable
{
    private readonly Database _database;
    private long _workspace;

    private NewsroomBuilder(Database database, DateTimeOffset now)
    {
        _database = database;
        Now = now;
    }

    /// <summary>The time at which everything is made unless said otherwise.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Makes the schema, a community and its built-in chat.</summary>
    /// <param name="file">Full path of the database.</param>
    /// <param name="now">The newsroom's present.</param>
    /// <param name="cancellationToken">Cancels the making.</param>
    public static async Task<NewsroomBuilder> CreateAsync(
        string file,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var database = TestDatabase.Open(Path.GetDirectoryName(file)!);
        await new Migrator(database).MigrateAsync(cancellationToken);
        var builder = new NewsroomBuilder(database, now);
        builder.Run(
            """
            INSERT INTO community (id, name, created_at) VALUES (1, 'The Quay Circle', @Now) ON CONFLICT (id) DO NOTHING;
            INSERT INTO workspace (community_id, platform, external_id, name) VALUES (1, 'web', 'web', 'Built-in chat')
            ON CONFLICT (platform, external_id) DO NOTHING;
            INSERT INTO setting (name, value) VALUES ('created_at', '1764000000000'), ('starter', '1764000000000')
            ON CONFLICT (name) DO NOTHING;
            """,
            new { Now = Ms(now) }
        );
        builder._workspace = builder.Number("SELECT id FROM workspace WHERE platform = 'web'");
        return builder;
    }

    public void Dispose() => _database.Dispose();

    /// <summary>A channel of the built-in chat.</summary>
    public long Channel(string name = "phones", string publication = "public", string mode = "instant") =>
        Number(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, created_at)
            VALUES (1, @Workspace, @Name, @Name, @Mode, @Publication, @Now) RETURNING id
            """,
            new
            {
                Workspace = _workspace,
                Name = name,
                Mode = mode,
                Publication = publication,
                Now = Ms(Now),
            }
        );

    /// <summary>A source and its feed.</summary>
    public long Source(string name = "Fjordline Wire", int failures = 0, string? error = null, string? licence = null)
    {
        var feed = Number(
            """
            INSERT INTO feed (url, title, format, interval_ms, next_poll_at, failures, last_error, last_polled_at, last_success_at)
            VALUES (@Url, @Name, 'rss', 900000, @Next, @Failures, @Error, @Now, @Now) RETURNING id
            """,
            new
            {
                Url = $"https://{Guid.CreateVersion7(Now):N}.example/feed",
                Name = name,
                Next = Ms(Now.AddDays(400)),
                Failures = failures,
                Error = error,
                Now = Ms(Now),
            }
        );
        var day = Ms(Now) / 86_400_000;
        for (var ago = 0; ago < 14; ago++)
        {
            Run(
                "INSERT INTO feed_day (feed_id, day, polls, entries) VALUES (@Feed, @Day, 96, @Entries)",
                new
                {
                    Feed = feed,
                    Day = day - ago,
                    Entries = 3 + (ago * 7 % 5),
                }
            );
        }

        return Number(
            """
            INSERT INTO source (community_id, feed_id, name, licence, created_at)
            VALUES (1, @Feed, @Name, @Licence, @Now) RETURNING id
            """,
            new
            {
                Feed = feed,
                Name = name,
                Licence = licence,
                Now = Ms(Now),
            }
        );
    }

    public long Member(string name = "Inês Carvalho", DateTimeOffset? joinedAt = null, DateTimeOffset? seenAt = null) =>
        Number(
            """
            INSERT INTO member (community_id, name, joined_at, first_seen_at) VALUES (1, @Name, @Joined, @Seen) RETURNING id
            """,
            new
            {
                Name = name,
                Joined = joinedAt is { } joined ? Ms(joined) : (long?)null,
                Seen = Ms(seenAt ?? Now),
            }
        );

    /// <summary>A story with one report of each source, on a card in a channel.</summary>
    /// <param name="channel">Where its card stands.</param>
    /// <param name="sources">The first one leads.</param>
    /// <param name="headline">Plain text.</param>
    /// <param name="summary">Sentences; each is taken from the source of the same place, or the last one.</param>
    /// <param name="publishedAt">When the leading report appeared; three hours ago by default.</param>
    /// <param name="picture">A stored picture.</param>
    public long Story(
        long channel,
        IReadOnlyList<long> sources,
        string headline = "Norrvik’s new phone comes apart with one screw",
        IReadOnlyList<string>? summary = null,
        DateTimeOffset? publishedAt = null,
        long? picture = null
    )
    {
        var at = publishedAt ?? Now.AddHours(-3);
        var entries = sources.Select((source, index) => Entry(source, headline, at.AddMinutes(index * 17))).ToList();
        var sentences = (summary ?? ["The back comes off once one screw is loosened.", "It costs €549."]).Select(
            (text, index) =>
                new
                {
                    text,
                    entry = entries[Math.Min(index, entries.Count - 1)],
                    start = 0,
                    end = text.Length,
                }
        );
        var story = Number(
            """
            INSERT INTO story (community_id, headline, slug, url, lead_entry_id, summary, summary_text, summary_method, picture_id,
                               published_at, created_at, updated_at)
            VALUES (1, @Headline, @Slug, 'https://fjordline.example/article', @Lead, @Summary, @Text, 'extractive-1', @Picture,
                    @At, @At, @At) RETURNING id
            """,
            new
            {
                Headline = headline,
                Slug = "a-story",
                Lead = entries[0],
                Summary = JsonSerializer.Serialize(sentences),
                Text = string.Join(
                    ' ',
                    summary ?? ["The back comes off once one screw is loosened.", "It costs €549."]
                ),
                Picture = picture,
                At = Ms(at),
            }
        );
        foreach (var (entry, source) in entries.Zip(sources))
        {
            Run(
                """
                INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
                VALUES (@Story, @Entry, 1, @Source, @At)
                """,
                new
                {
                    Story = story,
                    Entry = entry,
                    Source = source,
                    At = Ms(at),
                }
            );
        }

        Card(channel, story, headline, at);
        return story;
    }

    /// <summary>A comment written in a channel, with the message it came as.</summary>
    /// <returns>Its number.</returns>
    public int Comment(
        long story,
        long member,
        long channel,
        string text = "One screw is the headline.",
        int parent = 0,
        string state = "visible",
        string visibility = "public",
        string reactions = "[]",
        DateTimeOffset? at = null
    )
    {
        using var connection = _database.Open();
        using var transaction = connection.BeginTransaction();
        var number = Comment(connection, story, member, channel, text, parent, state, visibility, reactions, at ?? Now);
        transaction.Commit();
        return number;
    }

    /// <summary>Many comments in one transaction: each answers the parent that <paramref name="parentOf"/> names.</summary>
    public void Comments(
        int count,
        long story,
        IReadOnlyList<long> members,
        long channel,
        Func<int, string> text,
        Func<int, int> parentOf
    )
    {
        using var connection = _database.Open();
        using var transaction = connection.BeginTransaction();
        for (var number = 1; number <= count; number++)
        {
            var member = members[number % members.Count];
            var at = Now.AddMinutes(number - count);
            Comment(connection, story, member, channel, text(number), parentOf(number), "visible", "public", "[]", at);
        }

        transaction.Commit();
    }

    /// <summary>What a person says in the stream.</summary>
    public long Message(long channel, long member, string text) =>
        Number(
            """
            INSERT INTO web_message (channel_id, member_id, body, created_at) VALUES (@Channel, @Member, @Text, @Now) RETURNING id
            """,
            new
            {
                Channel = channel,
                Member = member,
                Text = text,
                Now = Ms(Now),
            }
        );

    /// <summary>A message of the bot.</summary>
    public long Say(long channel, string key, PostBody body, long? story = null)
    {
        var id = Number(
            """
            INSERT INTO web_message (channel_id, post_key, body, story_id, created_at)
            VALUES (@Channel, @Key, @Body, @Story, @Now) RETURNING id
            """,
            new
            {
                Channel = channel,
                Key = key,
                Body = JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                Story = story,
                Now = Ms(Now),
            }
        );
        Run(
            """
            INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at,
                              created_at, sent_at)
            VALUES (@Channel, @Key, 0, 'create', 1, @Body, 'sent', @Now, @Message, @Cause, @Now, @Now)
            """,
            new
            {
                Channel = channel,
                Key = key,
                Body = JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                Message = id.ToString(CultureInfo.InvariantCulture),
                Cause = Ms(Now.AddSeconds(-16)),
                Now = Ms(Now),
            }
        );
        return id;
    }

    /// <summary>A stored picture.</summary>
    public long Picture(byte[] large, byte[]? small = null, string alt = "A phone") =>
        Number(
            """
            INSERT INTO picture (source_url, alt, width, height, large, small)
            VALUES (@Url, @Alt, 704, 360, @Large, @Small) RETURNING id
            """,
            new
            {
                Url = $"https://{Guid.CreateVersion7(Now):N}.example/picture",
                Alt = alt,
                Large = large,
                Small = small ?? large,
            }
        );

    /// <summary>Any other change a test needs.</summary>
    public void Run(string sql, object? parameters = null)
    {
        using var connection = _database.Open();
        connection.Execute(sql, parameters);
    }

    private static int Comment(
        DbConnection connection,
        long story,
        long member,
        long channel,
        string text,
        int parent,
        string state,
        string visibility,
        string reactions,
        DateTimeOffset at
    )
    {
        var message = connection.ExecuteScalar<long>(
            """
            INSERT INTO web_message (channel_id, member_id, body, story_id, reply_to, created_at)
            VALUES (@Channel, @Member, @Text, @Story, 1, @At) RETURNING id
            """,
            new
            {
                Channel = channel,
                Member = member,
                Text = text,
                Story = story,
                At = Ms(at),
            }
        );
        return connection.ExecuteScalar<int>(
            """
            UPDATE story SET next_number = next_number + 1, comment_count = comment_count + @Counts WHERE id = @Story;
            INSERT INTO comment (story_id, number, parent, member_id, body, state, visibility, channel_id, message_id, written_at,
                                 accepted_at, reactions)
            SELECT @Story, next_number - 1, @Parent, @Member, @Text, @State, @Visibility, @Channel, @Message, @At, @At, @Reactions
            FROM story WHERE id = @Story RETURNING number
            """,
            new
            {
                Story = story,
                Parent = parent,
                Member = member,
                Text = text,
                State = state,
                Visibility = visibility,
                Channel = channel,
                Message = message.ToString(CultureInfo.InvariantCulture),
                At = Ms(at),
                Reactions = reactions,
                Counts = state == "visible" ? 1 : 0,
            }
        );
    }

    private void Card(long channel, long story, string headline, DateTimeOffset at)
    {
        Run(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@Channel, @Story, 'carded', @At)",
            new
            {
                Channel = channel,
                Story = story,
                At = Ms(at),
            }
        );
        var summary = "Norrvik has shown a phone whose back comes off once a single captive screw is loosened.";
        var card = new PostBody.Card(
            new StoryId(story),
            headline,
            "https://fjordline.example/article",
            "Fjordline Wire",
            [],
            at,
            summary,
            null,
            0,
            null,
            false
        );
        Say(channel, string.Create(CultureInfo.InvariantCulture, $"story:{story}"), card, story);
    }

    private long Entry(long source, string title, DateTimeOffset at) =>
        Number(
            """
            INSERT INTO entry (feed_id, guid, url, url_key, title, title_key, content_hash, published_at, seen_at)
            SELECT feed_id, @Guid, 'https://' || @Guid || '.example/a', @Guid, @Title, @Title, 'h', @At, @At
            FROM source WHERE id = @Source RETURNING id
            """,
            new
            {
                Source = source,
                Guid = Guid.CreateVersion7(at).ToString("N"),
                Title = title,
                At = Ms(at),
            }
        );

    private long Number(string sql, object? parameters = null)
    {
        using var connection = _database.Open();
        return connection.ExecuteScalar<long>(sql, parameters);
    }

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
