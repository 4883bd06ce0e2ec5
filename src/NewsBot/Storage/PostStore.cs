using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Web;

namespace NewsBot.Storage;

/// <summary>The outbox as its sender sees it.</summary>
internal sealed class PostStore(Database database, IOptions<WebOptions> web) : IPostStore
{
    // Each round drops at least one post that may not be sent any more; what is left is seen to at the next turn.
    private const int MostRounds = 50;

    private static readonly TimeSpan AfterCreate = TimeSpan.FromSeconds(1);

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
              AND c.id NOT IN (SELECT channel_id FROM sending WHERE process_id <> @Process)
              AND c.id IN (SELECT channel_id FROM post WHERE state = 'waiting')
              AND c.workspace_id NOT IN (SELECT id FROM workspace WHERE removed_at IS NOT NULL)
              AND NOT EXISTS (
                SELECT 1 FROM post b
                WHERE b.channel_id = c.id AND b.state = 'waiting' AND b.attempts > 0 AND b.not_before > @Now
              )
        ) first
        WHERE id IS NOT NULL ORDER BY id LIMIT @Most
        """;

    // first_tried_at is read before this try is noted: what it says then is what earlier tries left open.
    private const string Load = """
        SELECT p.id, p.channel_id AS ChannelId, c.external_id AS ChannelExternalId, w.platform, p.subject, p.part,
               p.operation, p.body, p.attempts, p.priority, p.first_tried_at AS FirstTriedAt, p.last_tried_at AS LastTriedAt,
               p.cause_at AS CauseAt, p.trace_parent AS Trace,
               COALESCE(made.created_at, p.created_at) AS MadeAt,
               made.message_id AS MessageId, made.picture_id AS PictureId, made.state AS MadeState, made.not_before AS MadeDue
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
        UPDATE post
        SET attempts = attempts + 1, first_tried_at = COALESCE(first_tried_at, @Now), last_tried_at = @Now
        WHERE id IN @Ids
        """;

    // Another process that sends beside this one must not take up the channel before its order is settled.
    private const string Hold = """
        INSERT INTO sending (channel_id, process_id) SELECT id, @Process FROM channel WHERE id IN @Channels
        ON CONFLICT (channel_id) DO NOTHING
        """;

    private const string LetGo = "DELETE FROM sending WHERE process_id = @Process AND channel_id IN @Channels";

    private const string FindCard = """
        SELECT message_id FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = 0 AND operation = 'create' AND state = 'sent'
        """;

    private const string Drop = """
        UPDATE post SET state = 'dropped', error = 'It may not be shown there any more.' WHERE id = @Id
        """;

    // What was taken back before it was posted is not posted.
    private const string CallOff = """
        UPDATE post SET state = 'dropped', error = 'It was taken back before it was posted.'
        WHERE id = @Id OR (@IsDelete = 1 AND channel_id = @ChannelId AND subject = @Subject AND part = @Part
            AND operation = 'create' AND state = 'waiting')
        """;

    private const string PutOff = "UPDATE post SET not_before = @NotBefore WHERE id = @Id";

    private readonly CopyTexts _texts = new(web.Value.PublicUrl?.TrimEnd('/'));

    public async Task<IReadOnlyList<OutgoingPost>> TurnAsync(
        IReadOnlyCollection<PostEnding> endings,
        IReadOnlyCollection<ChannelId> busy,
        int most,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var taken = busy.Select(channel => channel.Value).ToList();
        var parameters = new
        {
            Now = now.Ms(),
            Busy = Among.Of(taken),
            Most = most,
            Process = database.Process ?? 0,
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

                var next = await HandOutAsync(connection, taken, most, now);
                await HoldAsync(connection, endings, next);
                return next;
            },
            cancellationToken
        );
    }

    private async Task HoldAsync(
        DbConnection connection,
        IReadOnlyCollection<PostEnding> endings,
        List<OutgoingPost> next
    )
    {
        if (database.Process is not { } process)
        {
            return;
        }

        var held = next.Select(post => post.Channel.Value).ToList();
        var ended = endings.Select(ending => ending.Post.Channel.Value).Except(held);
        await connection.ExecuteAsync(LetGo, new { process, Channels = Among.Of(ended) });
        await connection.ExecuteAsync(Hold, new { process, Channels = Among.Of(held) });
    }

    private async Task<List<OutgoingPost>> HandOutAsync(
        DbConnection connection,
        List<long> busy,
        int most,
        DateTimeOffset now
    )
    {
        List<OutgoingPost> next = [];
        for (var round = 0; round < MostRounds && next.Count < most; round++)
        {
            var parameters = new
            {
                Now = now.Ms(),
                Busy = Among.Of(busy.Concat(next.Select(post => post.Channel.Value))),
                Most = most - next.Count,
                Process = database.Process ?? 0,
            };
            var ids = (await connection.QueryAsync<long>(Next, parameters)).AsList();
            var prepared = 0;
            foreach (var row in (await connection.QueryAsync<PostRow>(Load, new { Ids = Among.Of(ids) })).AsList())
            {
                if (await PrepareAsync(connection, row, now) is { } post)
                {
                    next.Add(post);
                    prepared++;
                }
            }

            // Where one made way, the channel's next one is looked at.
            if (prepared == ids.Count)
            {
                break;
            }
        }

        await connection.ExecuteAsync(Try, new { Ids = Among.Of(next.Select(post => post.Id.Value)), Now = now.Ms() });
        return next;
    }

    /// <returns>The post as it is sent, or another one that takes its place; null where it makes way.</returns>
    private async Task<OutgoingPost?> PrepareAsync(DbConnection connection, PostRow row, DateTimeOffset now)
    {
        var post = row.ToPost();
        if (post is { Operation: not PostOperation.Create, MessageId: null })
        {
            await AwaitCreateAsync(connection, row, post.Operation, now);
            return null;
        }

        if (post is { Body: PostBody.Copy copy, Operation: PostOperation.Create, Attempts: 1 })
        {
            switch (await CopyBacklog.LookAsync(connection, post, copy.Story, now))
            {
                case CopyTurn.Later later:
                    await connection.ExecuteAsync(PutOff, new { row.Id, later.NotBefore });
                    return null;
                case CopyTurn.Gathered gathered:
                    row = await connection.QuerySingleAsync<PostRow>(Load, new { Ids = Among.Of([gathered.Post]) });
                    post = row.ToPost();
                    break;
                case CopyTurn.Now when await NamelessCopies.WaitAsync(connection, post, copy, now) is { } until:
                    await connection.ExecuteAsync(PutOff, new { row.Id, NotBefore = until.Ms() });
                    return null;
            }
        }

        var filled = await _texts.FillAsync(
            connection,
            await WithCardsAsync(connection, post),
            Instants.At(row.MadeAt),
            now
        );
        if (filled is null)
        {
            await connection.ExecuteAsync(Drop, new { row.Id });
        }

        return filled;
    }

    // A message that was put off, and is not there, can still be changed; one that will never be there cannot.
    private static Task AwaitCreateAsync(
        DbConnection connection,
        PostRow change,
        PostOperation operation,
        DateTimeOffset now
    ) =>
        change.MadeState == "waiting" && operation is PostOperation.Edit
            ? connection.ExecuteAsync(
                PutOff,
                new { change.Id, NotBefore = Math.Max(change.MadeDue ?? 0, (now + AfterCreate).Ms()) }
            )
            : connection.ExecuteAsync(
                CallOff,
                new
                {
                    change.Id,
                    change.ChannelId,
                    change.Subject,
                    change.Part,
                    IsDelete = operation is PostOperation.Delete ? 1 : 0,
                }
            );

    // A card that still waited when the digest was made has been sent by now: its line links to it after all.
    private static async Task<OutgoingPost> WithCardsAsync(DbConnection connection, OutgoingPost post)
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
        public long? LastTriedAt { get; init; }
        public required long CauseAt { get; init; }
        public string? Trace { get; init; }
        public required long MadeAt { get; init; }
        public string? MessageId { get; init; }
        public long? PictureId { get; init; }
        public string? MadeState { get; init; }
        public long? MadeDue { get; init; }

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
                TriedLast = FirstTriedAt is null ? null : Instants.At(LastTriedAt),
                PictureShown = PictureId,
                CausedAt = Instants.At(CauseAt),
                Trace = Trace,
            };
    }
}
