using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
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
                    Rooms = await RoomsAsync(connection, cancellationToken),
                    Channel = new ChannelLink(room.Id, room.Name, "Web", true),
                    About = room.About,
                    Shown = await ShownAsync(connection, ask.Intent.Posts, viewer, now, cancellationToken),
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

    private static async Task<IReadOnlyList<ChannelLink>> RoomsAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    ) => [.. (await ChannelsAsync(connection, new Viewer(true), cancellationToken)).Where(one => one.IsBuiltIn)];

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

    private async Task<ThreadView?> ThreadAsync(
        DbConnection connection,
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

    private static async Task<IReadOnlyList<PrivateNote>> NotesAsync(
        DbConnection connection,
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
