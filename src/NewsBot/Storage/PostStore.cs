using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>The outbox as its sender sees it.</summary>
internal sealed class PostStore(Database database) : IPostStore
{
    // A post that was tried and waits for its next try holds back all behind it, and comes before them when its time has
    // come: a channel's order is kept, and an old text never overwrites a newer one.
    private const string Next = """
        SELECT id FROM (
            SELECT (
                SELECT p.id FROM post p
                WHERE p.channel_id = c.id AND p.state = 'waiting' AND p.not_before <= @Now
                ORDER BY CASE WHEN p.attempts > 0 THEN 0 ELSE 1 END, p.priority, p.id LIMIT 1
            ) AS id
            FROM channel c
            WHERE c.parked_reason IS NULL AND c.id NOT IN @Busy
              AND c.id IN (SELECT channel_id FROM post WHERE state = 'waiting')
              AND c.workspace_id NOT IN (SELECT id FROM workspace WHERE removed_at IS NOT NULL)
              AND NOT EXISTS (
                SELECT 1 FROM post b
                WHERE b.channel_id = c.id AND b.state = 'waiting' AND b.attempts > 0 AND b.not_before > @Now
              )
        )
        WHERE id IS NOT NULL ORDER BY id LIMIT @Most
        """;

    // first_tried_at is read before this try is noted: what it says then is what earlier tries left open.
    private const string Load = """
        SELECT p.id, p.channel_id AS ChannelId, c.external_id AS ChannelExternalId, w.platform, p.subject, p.part,
               p.operation, p.body, p.attempts, p.priority, p.first_tried_at AS FirstTriedAt,
               made.message_id AS MessageId, made.picture_id AS PictureId
        FROM post p
        JOIN channel c ON c.id = p.channel_id
        JOIN workspace w ON w.id = c.workspace_id
        LEFT JOIN post made
          ON made.channel_id = p.channel_id AND made.subject = p.subject AND made.part = p.part
         AND made.operation = 'create' AND made.id <> p.id
        WHERE p.id IN @Ids
        ORDER BY p.id
        """;

    private const string Try = """
        UPDATE post SET attempts = attempts + 1, first_tried_at = COALESCE(first_tried_at, @Now) WHERE id IN @Ids
        """;

    private const string FindCard = """
        SELECT message_id FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = 0 AND operation = 'create' AND state = 'sent'
        """;

    public async Task<IReadOnlyList<OutgoingPost>> TurnAsync(
        IReadOnlyCollection<PostEnding> endings,
        IReadOnlyCollection<ChannelId> busy,
        int most,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var parameters = new
        {
            Now = now.Ms(),
            Busy = busy.Select(channel => channel.Value).ToList(),
            Most = most,
        };
        // Most ticks find nothing: they must not take the write lock.
        if (
            endings.Count == 0
            && await database.ReadAsync(
                connection => connection.QueryFirstOrDefaultAsync<long?>(Next, parameters),
                cancellationToken
            )
                is null
        )
        {
            return [];
        }

        return await database.WriteAsync<IReadOnlyList<OutgoingPost>>(
            async connection =>
            {
                foreach (var ending in endings)
                {
                    await PostEndings.SaveAsync(connection, ending, now);
                }

                var claim = new
                {
                    Ids = (await connection.QueryAsync<long>(Next, parameters)).AsList(),
                    parameters.Now,
                };
                List<OutgoingPost> next = [];
                foreach (var row in (await connection.QueryAsync<PostRow>(Load, claim)).AsList())
                {
                    next.Add(await WithCardsAsync(connection, row.ToPost()));
                }

                await connection.ExecuteAsync(Try, claim);
                return next;
            },
            cancellationToken
        );
    }

    // A card that still waited when the digest was made has been sent by now: its line links to it after all.
    private static async Task<OutgoingPost> WithCardsAsync(SqliteConnection connection, OutgoingPost post)
    {
        if (post.Body is not PostBody.DigestList list)
        {
            return post;
        }

        List<DigestLine> lines = [];
        foreach (var line in list.Lines)
        {
            var card = new { Channel = post.Channel.Value, Subject = PostSubject.Of(line.Story).Value };
            lines.Add(
                line with
                {
                    CardMessage = line.CardMessage ?? await connection.ExecuteScalarAsync<string?>(FindCard, card),
                }
            );
        }

        return post with
        {
            Body = list with { Lines = lines },
        };
    }

    private sealed class PostRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public required string ChannelExternalId { get; init; }
        public required string Platform { get; init; }
        public required string Subject { get; init; }
        public required long Part { get; init; }
        public required string Operation { get; init; }
        public required string Body { get; init; }
        public required long Attempts { get; init; }
        public required long Priority { get; init; }
        public long? FirstTriedAt { get; init; }
        public string? MessageId { get; init; }
        public long? PictureId { get; init; }

        public OutgoingPost ToPost() =>
            new(
                new PostId(Id),
                new ChannelId(ChannelId),
                ChannelExternalId,
                Enum.Parse<Platform>(Platform, ignoreCase: true),
                string.Create(CultureInfo.InvariantCulture, $"{Subject}/{Part}"),
                Enum.Parse<PostOperation>(Operation, ignoreCase: true),
                PostBodies.Read(Body),
                MessageId,
                (int)Attempts + 1
            )
            {
                Priority = (int)Priority,
                TriedSince = Instants.At(FirstTriedAt),
                PictureShown = PictureId,
            };
    }
}
