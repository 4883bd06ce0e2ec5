using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    /// <summary>Messages of the stream on one page.</summary>
    public const int MessagesPerPage = 100;

    // Nobody reads more notices at once; the rest follow when these are dismissed.
    private const int MaxNotes = 20;

    private const string SelectRoom = """
        SELECT ch.id AS Id, ch.name AS Name, ch.mode AS Mode, ch.publication AS Publication, ch.schedule AS Schedule, ch.quiet_hours AS QuietHours, (SELECT COUNT(*) FROM subscription s WHERE s.channel_id = ch.id) AS Sources
        FROM channel ch JOIN workspace w ON w.id = ch.workspace_id
        WHERE w.platform = 'web' AND ch.name = @Name AND ch.community_id = @Community
        """;

    // Comments and copies stand in their threads; the stream keeps cards, digests, notices and what people say beside the stories.
    private const string SelectStream = """
        SELECT w.id AS Id, w.member_id AS Member, COALESCE(m.pseudonym, m.name) AS Author, w.body AS Body, w.reply_to AS ReplyTo,
               w.created_at AS CreatedAt, w.edited_at AS EditedAt, w.deleted_at AS DeletedAt
        FROM web_message w LEFT JOIN member m ON m.id = w.member_id
        WHERE w.channel_id = @Channel AND w.id < @Before AND (w.story_id IS NULL OR w.post_key LIKE 'story:%')
          AND (w.deleted_at IS NULL OR w.member_id IS NOT NULL)
        ORDER BY w.id DESC LIMIT @Limit
        """;

    private const string SelectAuthors = """
        SELECT w.id AS Id, COALESCE(m.pseudonym, m.name, 'NewsBot') AS Author
        FROM web_message w LEFT JOIN member m ON m.id = w.member_id
        WHERE w.id IN (SELECT value FROM json_each(@Ids)) AND w.channel_id = @Channel
        """;

    private const string SelectCard = """
        SELECT id FROM web_message
        WHERE channel_id = @Channel AND story_id = @Story AND post_key LIKE 'story:%' AND deleted_at IS NULL
        ORDER BY id LIMIT 1
        """;

    private const string SelectCardOfStory = """
        SELECT wm.channel_id AS Channel, ch.name AS Name, wm.id AS Message
        FROM web_message wm JOIN open_channel ch ON ch.id = wm.channel_id
        WHERE wm.story_id = @Story AND wm.member_id IS NULL AND wm.deleted_at IS NULL AND ch.community_id = @Community
        ORDER BY wm.id LIMIT 1
        """;

    private const string SelectAnswered = $"""
        SELECT c.number AS Number, c.channel_id AS Channel, c.message_id AS MessageId, COALESCE(m.pseudonym, m.name) AS Author
        FROM comment c JOIN member m ON m.id = c.member_id
        WHERE c.story_id = @Story AND c.number = @Number AND {IsShown}
        """;

    private const string SelectNotes = """
        SELECT id AS Id, body AS Body, created_at AS CreatedAt FROM private_message
        WHERE member_id = @Member AND read_at IS NULL ORDER BY id LIMIT @Limit
        """;

    private const string MarkRead = """
        UPDATE private_message SET read_at = @Now WHERE id = @Id AND member_id = @Member AND read_at IS NULL
        """;

    /// <returns>The card of a story in the built-in chat; null for none.</returns>
    public Task<CardInChat?> CardInChatAsync(long story, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
                connection.QueryFirstOrDefaultAsync<CardInChat>(
                    new CommandDefinition(
                        SelectCardOfStory,
                        new { Story = story, Community },
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );

    /// <summary>One channel of the built-in chat with its thread.</summary>
    /// <param name="ask">Which part of it.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="now">The time of the page.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Null where there is no such channel.</returns>
    public Task<ChatView?> ChatAsync(
        ChatAsk ask,
        Viewer viewer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var room = await connection.QueryFirstOrDefaultAsync<RoomRow>(
                    new CommandDefinition(
                        SelectRoom,
                        new { Name = ask.Channel, Community },
                        cancellationToken: cancellationToken
                    )
                );
                if (room is null)
                {
                    return null;
                }

                // What is not published is the members' alone; a stranger sees the door, where a name can be picked.
                var isOpen = viewer.In(Community).Sees(ToVisibility(room.Publication), Sight.Chat);
                if (!isOpen)
                {
                    ask = ask with { Story = null, Reply = null, Answer = null };
                }

                var rows = isOpen ? await StreamAsync(connection, room.Id, ask.Before, cancellationToken) : [];
                var messages = rows.Take(MessagesPerPage).Reverse().ToList();
                var thread = await ThreadAsync(connection, room.Id, ask.Story, viewer, cancellationToken);
                var reply = await ReplyAsync(connection, room.Id, ask, thread, viewer, cancellationToken);
                return new ChatView
                {
                    Now = now,
                    Rooms =
                    [
                        .. (await ChannelsAsync(connection, new Viewer(true), cancellationToken)).Where(c =>
                            c.IsBuiltIn
                        ),
                    ],
                    Channel = new ChannelLink(room.Id, room.Name, "Web", true),
                    About = room.About,
                    Messages = await MessagesAsync(
                        connection,
                        room.Id,
                        messages,
                        ask.Reader,
                        viewer,
                        cancellationToken
                    ),
                    Earlier = rows.Count > MessagesPerPage ? messages[0].Id : null,
                    IsEarlier = ask.Before is not null,
                    Thread = thread,
                    // Whoever sits at a machine that nobody else reaches is the only reader.
                    Readers = viewer.Sight is Sight.All ? null : room.Readers,
                    Reader = ask.Reader,
                    Notes = await NotesAsync(connection, ask.Reader, cancellationToken),
                    Intent = ask.Intent with { Reply = reply },
                    Token = ask.Token,
                    TokenField = ask.TokenField,
                    NeedsJoinWord = ask.NeedsJoinWord,
                };
            },
            cancellationToken
        );

    /// <returns>The built-in channel of this name; null where there is none.</returns>
    public Task<ChannelId?> RoomAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var room = await connection.QueryFirstOrDefaultAsync<RoomRow>(
                    new CommandDefinition(
                        SelectRoom,
                        new { Name = name, Community },
                        cancellationToken: cancellationToken
                    )
                );
                return room is null ? null : (ChannelId?)new ChannelId(room.Id);
            },
            cancellationToken
        );

    /// <summary>Takes a private message out of its reader's stream.</summary>
    public Task DismissAsync(long id, long member, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    new CommandDefinition(
                        MarkRead,
                        new
                        {
                            Id = id,
                            Member = member,
                            Now = now.ToUnixTimeMilliseconds(),
                        },
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );

    private static Task<IReadOnlyList<MessageRow>> StreamAsync(
        SqliteConnection connection,
        long channel,
        long? before,
        CancellationToken cancellationToken
    ) =>
        ReadAsync<MessageRow>(
            connection,
            SelectStream,
            new
            {
                Channel = channel,
                Before = before ?? long.MaxValue,
                Limit = MessagesPerPage + 1,
            },
            cancellationToken
        );

    private static async Task<IReadOnlyList<ChatMessage>> MessagesAsync(
        SqliteConnection connection,
        long channel,
        List<MessageRow> rows,
        ChatReader? reader,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var bodies = rows.Where(row => row.Member is null).ToDictionary(row => row.Id, row => ToBody(row.Body));
        var links = await LinksAsync(connection, bodies.Values.SelectMany(StoriesOf), viewer, cancellationToken);
        var answered = rows.Where(row => row.Member is not null).Select(row => row.ReplyTo).OfType<long>().Distinct();
        var authors = (
            await ReadAsync<AnsweredAuthorRow>(
                connection,
                SelectAuthors,
                new { Ids = JsonSerializer.Serialize(answered), Channel = channel },
                cancellationToken
            )
        ).ToDictionary(row => row.Id, row => row.Author);
        return
        [
            .. rows.Select(row => new ChatMessage(
                row.Id,
                row.Member,
                row.Author ?? "NewsBot",
                bodies.GetValueOrDefault(row.Id),
                row.Member is null || row.DeletedAt is not null ? null : row.Body,
                row.Member is null || row.DeletedAt is not null ? "" : MarkdownHtml.Render(row.Body),
                row.ReplyTo,
                row.ReplyTo is { } target ? authors.GetValueOrDefault(target) : null,
                links,
                Instant(row.CreatedAt),
                row.Member is not null && row.EditedAt is not null,
                row.DeletedAt is not null,
                reader is not null && reader.Member == row.Member && row.DeletedAt is null
            )),
        ];
    }

    private async Task<ThreadView?> ThreadAsync(
        SqliteConnection connection,
        long channel,
        long? story,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (
            story is not { } id
            || await StoryAsync(connection, id, viewer, cancellationToken) is not { IsTakenDown: false } found
        )
        {
            return null;
        }

        var comments = await CommentsAsync(
            connection,
            new CommentsAsk(id, [], CommentSort.Thread, 0, "t"),
            viewer.In(found.Community),
            cancellationToken
        );
        var card = await connection.ExecuteScalarAsync<long?>(
            new CommandDefinition(
                SelectCard,
                new { Channel = channel, Story = id },
                cancellationToken: cancellationToken
            )
        );
        var link = new StoryLink(id, found.Slug, found.Headline, comments.Total);
        return new ThreadView(link, comments, card, found.IsLocked);
    }

    private static async Task<ReplyTarget?> ReplyAsync(
        SqliteConnection connection,
        long channel,
        ChatAsk ask,
        ThreadView? thread,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (ask.Answer is { } number && thread is { Card: { } card } open)
        {
            var row = await connection.QueryFirstOrDefaultAsync<AnsweredRow>(
                new CommandDefinition(
                    SelectAnswered,
                    new
                    {
                        Story = open.Story.Id,
                        Number = number,
                        Sight = SightOf(viewer),
                    },
                    cancellationToken: cancellationToken
                )
            );
            return row is null ? null
                : row.Channel == channel && long.TryParse(row.MessageId, CultureInfo.InvariantCulture, out var message)
                    ? new ReplyTarget(message, row.Label, "", true)
                : new ReplyTarget(card, row.Label, string.Create(CultureInfo.InvariantCulture, $"#{number} "), true);
        }

        if (ask.Reply is not { } target)
        {
            return null;
        }

        var authors = await ReadAsync<AnsweredAuthorRow>(
            connection,
            SelectAuthors,
            new { Ids = JsonSerializer.Serialize(new[] { target }), Channel = channel },
            cancellationToken
        );
        return authors.Count == 0 ? null : new ReplyTarget(target, authors[0].Author, "", false);
    }

    private static async Task<IReadOnlyList<PrivateNote>> NotesAsync(
        SqliteConnection connection,
        ChatReader? reader,
        CancellationToken cancellationToken
    )
    {
        if (reader is null)
        {
            return [];
        }

        var rows = await ReadAsync<NoteRow>(
            connection,
            SelectNotes,
            new { reader.Member, Limit = MaxNotes },
            cancellationToken
        );
        return [.. rows.Select(row => new PrivateNote(row.Id, MarkdownHtml.Render(row.Body), Instant(row.CreatedAt)))];
    }

    private static PostBody ToBody(string json)
    {
        try
        {
            return PostBodies.Read(json);
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    private static PostBody.Notice Unreadable =>
        new("This message was written by another version and cannot be shown.");

    private static IEnumerable<long> StoriesOf(PostBody body) =>
        body switch
        {
            PostBody.Card card => [card.Story.Value],
            PostBody.DigestList list => list.Lines.Select(line => line.Story.Value),
            _ => [],
        };

    private sealed class RoomRow
    {
        public required long Id { get; init; }
        public required string Name { get; init; }
        public required string Mode { get; init; }
        public required string Publication { get; init; }
        public required long Sources { get; init; }
        public string? Schedule { get; init; }
        public string? QuietHours { get; init; }

        public string? Readers =>
            Publication switch
            {
                "public" => "where everybody can read them",
                "members" => "on the web for members who sign in",
                _ => null,
            };

        public string About
        {
            get
            {
                var when = Schedule is null ? "digests when asked for" : $"digests {Schedule}";
                var how = Mode switch
                {
                    "digest" => when,
                    "digest+breaking" => $"{when}, breaking news at once",
                    _ => "posted as they come",
                };
                var quiet = QuietHours is null ? "" : $", quiet {QuietHours}";
                return $"{Wording.Count(Sources, "source")} · {how}{quiet}";
            }
        }
    }

    private sealed class MessageRow
    {
        public required long Id { get; init; }
        public required string Body { get; init; }
        public required long CreatedAt { get; init; }
        public long? Member { get; init; }
        public string? Author { get; init; }
        public long? ReplyTo { get; init; }
        public long? EditedAt { get; init; }
        public long? DeletedAt { get; init; }
    }

    private sealed class AnsweredAuthorRow
    {
        public required long Id { get; init; }
        public required string Author { get; init; }
    }

    private sealed class AnsweredRow
    {
        public required long Number { get; init; }
        public required long Channel { get; init; }
        public required string MessageId { get; init; }
        public required string Author { get; init; }

        public string Label => string.Create(CultureInfo.InvariantCulture, $"#{Number} by {Author}");
    }

    private sealed class NoteRow
    {
        public required long Id { get; init; }
        public required string Body { get; init; }
        public required long CreatedAt { get; init; }
    }
}

/// <summary>A story's card in the built-in chat.</summary>
internal sealed class CardInChat
{
    public required long Channel { get; init; }
    public required string Name { get; init; }

    /// <summary>Its message.</summary>
    public required long Message { get; init; }
}
