using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Posts;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
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

    private const string SelectAnswered = $"""
        SELECT c.number AS Number, c.channel_id AS Channel, c.message_id AS MessageId, COALESCE(m.pseudonym, m.name) AS Author
        FROM comment c JOIN member m ON m.id = c.member_id
        WHERE c.story_id = @Story AND c.number = @Number AND {IsShown}
        """;

    private static Task<IReadOnlyList<MessageRow>> StreamAsync(
        DbConnection connection,
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
        DbConnection connection,
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

    // As the stream would show them once they are posted.
    private static async Task<IReadOnlyList<ChatMessage>> ShownAsync(
        DbConnection connection,
        IReadOnlyList<PostBody> bodies,
        Viewer viewer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (bodies.Count == 0)
        {
            return [];
        }

        var links = await LinksAsync(connection, bodies.SelectMany(StoriesOf), viewer, cancellationToken);
        return
        [
            .. bodies.Select(body => new ChatMessage(
                0,
                null,
                "NewsBot",
                body,
                null,
                "",
                null,
                null,
                links,
                now,
                IsEdited: false,
                IsDeleted: false,
                IsOwn: false
            )),
        ];
    }

    private static async Task<ReplyTarget?> ReplyAsync(
        DbConnection connection,
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
}
