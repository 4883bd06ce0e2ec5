using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>The outbox as its sender sees it.</summary>
internal sealed class PostStore(Database database, TimeProvider time) : IPostStore
{
    // A post that was tried and waits for its next try holds back all behind it, and comes before them when its time has
    // come: a channel's order is kept, and an old text never overwrites a newer one.
    private const string Next = """
        UPDATE post SET attempts = attempts + 1
        WHERE id IN (
            SELECT (
                SELECT p.id FROM post p
                WHERE p.channel_id = c.id AND p.state = 'waiting' AND p.not_before <= @Now
                ORDER BY CASE WHEN p.attempts > 0 THEN 0 ELSE 1 END, p.priority, p.id LIMIT 1
            )
            FROM channel c
            WHERE c.parked_reason IS NULL
              AND NOT EXISTS (
                SELECT 1 FROM post b
                WHERE b.channel_id = c.id AND b.state = 'waiting' AND b.attempts > 0 AND b.not_before > @Now
              )
        )
        RETURNING id
        """;

    private const string Load = """
        SELECT p.id, p.channel_id AS ChannelId, c.external_id AS ChannelExternalId, w.platform, p.subject, p.part,
               p.operation, p.body, p.attempts, made.message_id AS MessageId
        FROM post p
        JOIN channel c ON c.id = p.channel_id
        JOIN workspace w ON w.id = c.workspace_id
        LEFT JOIN post made
          ON made.channel_id = p.channel_id AND made.subject = p.subject AND made.part = p.part
         AND made.operation = 'create' AND made.id <> p.id
        WHERE p.id IN @Ids
        ORDER BY p.id
        """;

    private const string FindCard = """
        SELECT message_id FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = 0 AND operation = 'create'
        """;

    private const string Sent = """
        UPDATE post SET state = 'sent', message_id = @MessageId, sent_at = @Now, error = NULL WHERE id = @Id
        """;

    private const string Retry = "UPDATE post SET not_before = @NotBefore, error = @Reason WHERE id = @Id";

    private const string Rejected = "UPDATE post SET state = 'failed', error = @Reason WHERE id = @Id";

    private const string AnyWaiting = """
        SELECT 1 FROM post p JOIN channel c ON c.id = p.channel_id
        WHERE p.state = 'waiting' AND p.not_before <= @Now AND c.parked_reason IS NULL LIMIT 1
        """;

    public async Task<IReadOnlyList<OutgoingPost>> NextAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Most ticks find nothing: they must not take the write lock.
        var parameters = new { Now = now.Ms() };
        var any = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(AnyWaiting, parameters),
            cancellationToken
        );
        if (any is null)
        {
            return [];
        }

        return await database.WriteAsync<IReadOnlyList<OutgoingPost>>(
            async connection =>
            {
                var ids = (await connection.QueryAsync<long>(Next, parameters)).AsList();
                List<OutgoingPost> next = [];
                foreach (var row in await connection.QueryAsync<PostRow>(Load, new { Ids = ids }))
                {
                    next.Add(await WithCardsAsync(connection, row.ToPost()));
                }

                return next;
            },
            cancellationToken
        );
    }

    public Task SaveSentAsync(
        OutgoingPost post,
        string messageId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        ExecuteAsync(
            Sent,
            new
            {
                Id = post.Id.Value,
                MessageId = messageId,
                Now = now.Ms(),
            },
            cancellationToken
        );

    public Task SaveRetryAsync(
        OutgoingPost post,
        DateTimeOffset notBefore,
        string? reason,
        CancellationToken cancellationToken
    ) =>
        ExecuteAsync(
            Retry,
            new
            {
                Id = post.Id.Value,
                NotBefore = notBefore.Ms(),
                Reason = reason,
            },
            cancellationToken
        );

    public Task SaveRejectedAsync(OutgoingPost post, string reason, CancellationToken cancellationToken) =>
        ExecuteAsync(Rejected, new { Id = post.Id.Value, Reason = reason }, cancellationToken);

    public Task ParkAsync(ChannelId channel, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var parked = await connection.ExecuteAsync(
                    "UPDATE channel SET parked_reason = @Reason WHERE id = @Id AND parked_reason IS NULL",
                    new { Id = channel.Value, Reason = reason }
                );
                if (parked > 0)
                {
                    await PrivateMessages.TellOfChannelAsync(connection, channel, reason, time.GetUtcNow());
                }
            },
            cancellationToken
        );

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

    private Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => (Task)connection.ExecuteAsync(sql, parameters), cancellationToken);

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
        public string? MessageId { get; init; }

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
                (int)Attempts
            );
    }
}
