using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat.Web;

/// <summary>Reads the built-in chat's messages.</summary>
internal sealed class WebMessages(Database database)
{
    private const string Select = """
        SELECT wm.id, wm.channel_id AS ChannelId, wm.member_id AS MemberId, COALESCE(m.pseudonym, m.name) AS Name,
               wm.body, wm.reply_to AS ReplyTo, wm.story_id AS StoryId, c.number, wm.created_at AS CreatedAt,
               wm.edited_at AS EditedAt, wm.deleted_at AS DeletedAt
        FROM web_message wm
        LEFT JOIN member m ON m.id = wm.member_id
        LEFT JOIN comment c ON c.channel_id = wm.channel_id AND c.message_id = CAST(wm.id AS TEXT)
        """;

    private const string After =
        $"{Select} WHERE wm.channel_id = @Channel AND wm.id > @After ORDER BY wm.id LIMIT @Limit";

    private const string Before = $"""
        {Select} WHERE wm.channel_id = @Channel AND wm.id < @Before ORDER BY wm.id DESC LIMIT @Limit
        """;

    private const string One = $"{Select} WHERE wm.channel_id = @Channel AND wm.id = @Id";

    /// <summary>A page of messages, oldest first.</summary>
    /// <param name="channel">Which channel.</param>
    /// <param name="after">The id before the first; 0 for the beginning.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<WebMessage>> ReadAsync(
        ChannelId channel,
        long after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await QueryAsync(
            After,
            new
            {
                Channel = channel.Value,
                After = after,
                Limit = limit,
            },
            cancellationToken
        );

    /// <summary>The newest messages before one, oldest first.</summary>
    /// <param name="channel">Which channel.</param>
    /// <param name="before">The id behind the last; <see cref="long.MaxValue"/> for the newest of all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<WebMessage>> LatestAsync(
        ChannelId channel,
        long before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var newestFirst = await QueryAsync(
            Before,
            new
            {
                Channel = channel.Value,
                Before = before,
                Limit = limit,
            },
            cancellationToken
        );
        return [.. newestFirst.Reverse()];
    }

    public async Task<WebMessage?> FindAsync(ChannelId channel, long id, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => FindAsync(connection, channel, id), cancellationToken);

    /// <summary>The same inside a transaction.</summary>
    public static async Task<WebMessage?> FindAsync(DbConnection connection, ChannelId channel, long id) =>
        (
            await connection.QueryFirstOrDefaultAsync<MessageRow>(One, new { Channel = channel.Value, Id = id })
        )?.ToMessage();

    private async Task<IReadOnlyList<WebMessage>> QueryAsync(
        string sql,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<MessageRow>(sql, parameters),
            cancellationToken
        );
        return [.. rows.Select(row => row.ToMessage())];
    }

    private sealed class MessageRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public long? MemberId { get; init; }
        public string? Name { get; init; }
        public required string Body { get; init; }
        public long? ReplyTo { get; init; }
        public long? StoryId { get; init; }
        public long? Number { get; init; }
        public required long CreatedAt { get; init; }
        public long? EditedAt { get; init; }
        public long? DeletedAt { get; init; }

        public WebMessage ToMessage()
        {
            var isPerson = MemberId is not null;
            var isDeleted = DeletedAt is not null;
            return new WebMessage(
                Id,
                new ChannelId(ChannelId),
                MemberId is { } member ? new MemberId(member) : null,
                isPerson ? Name! : "NewsBot",
                isPerson && !isDeleted ? Body : null,
                isPerson || isDeleted ? null : PostBodies.Read(Body),
                ReplyTo,
                StoryId is { } story ? new StoryId(story) : null,
                (int?)Number,
                Instants.At(CreatedAt),
                Instants.At(EditedAt),
                isDeleted
            );
        }
    }
}
