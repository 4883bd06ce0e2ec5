using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Web.Views;

namespace NewsBot.Chat.Web;

/// <summary>Reads the built-in chat's messages.</summary>
internal sealed class WebMessages(Database database)
{
    // A copy answers the message that shows what its comment answers, the original or a copy; else the card.
    private const string Select = """
        SELECT wm.id, wm.channel_id AS ChannelId, wm.member_id AS MemberId,
               COALESCE(m.pseudonym, m.name, a.pseudonym, k.author_name, a.name) AS Name,
               wm.body, wm.story_id AS StoryId, COALESCE(c.number, k.number) AS Number, wm.created_at AS CreatedAt,
               wm.edited_at AS EditedAt, wm.deleted_at AS DeletedAt,
               k.body AS Copied, k.state AS CopiedState, k.withdrawn, k.edited_at AS CopiedEditedAt,
               o.name AS OriginChannel, ow.platform AS OriginPlatform,
               CASE WHEN wm.comment_id IS NULL THEN wm.reply_to ELSE COALESCE(
                (SELECT w.id FROM comment p
                 JOIN web_message w ON w.channel_id = wm.channel_id AND w.post_key = 'comment:' || p.id || '/0'
                 WHERE p.story_id = k.story_id AND p.number = k.parent),
                (SELECT w.id FROM comment p
                 JOIN web_message w ON w.channel_id = p.channel_id AND CAST(w.id AS TEXT) = p.message_id
                 WHERE p.story_id = k.story_id AND p.number = k.parent AND p.channel_id = wm.channel_id),
                (SELECT w.id FROM web_message w
                 WHERE w.channel_id = wm.channel_id AND w.post_key = 'story:' || wm.story_id || '/0')) END AS ReplyTo,
               CASE WHEN c.id IS NULL AND k.id IS NULL THEN 0
                    WHEN COALESCE(c.state, k.state) = 'hidden' OR COALESCE(m.opted_out_at, a.opted_out_at) IS NOT NULL
                         OR COALESCE(m.erased_at, a.erased_at) IS NOT NULL THEN 2
                    WHEN COALESCE(c.visibility, k.visibility) = 'public' THEN 0
                    WHEN COALESCE(c.visibility, k.visibility) = 'members' THEN 1 ELSE 2 END AS Needs
        FROM web_message wm
        LEFT JOIN member m ON m.id = wm.member_id
        LEFT JOIN comment c ON c.channel_id = wm.channel_id AND c.message_id = CAST(wm.id AS TEXT)
        LEFT JOIN comment k ON k.id = wm.comment_id
        LEFT JOIN member a ON a.id = k.member_id
        LEFT JOIN channel o ON o.id = k.channel_id
        LEFT JOIN workspace ow ON ow.id = o.workspace_id
        """;

    private const string HiddenWords = "[hidden by a moderator]";

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
        await connection.QueryFirstOrDefaultAsync<MessageRow>(One, new { Channel = channel.Value, Id = id }) is { } row
            ? await FilledAsync(connection, row.ToMessage())
            : null;

    private async Task<IReadOnlyList<WebMessage>> QueryAsync(
        string sql,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        return await database.ReadAsync(
            async connection =>
            {
                List<WebMessage> messages = [];
                foreach (var row in await connection.QueryAsync<MessageRow>(sql, parameters))
                {
                    messages.Add(await FilledAsync(connection, row.ToMessage()));
                }

                return messages;
            },
            cancellationToken
        );
    }

    // What was said before is kept in nobody's words but their own.
    private static async Task<WebMessage> FilledAsync(DbConnection connection, WebMessage message)
    {
        if (message.Body is not PostBody.SoFar soFar)
        {
            return message;
        }

        var (count, best) = await Discussions.SoFarAsync(connection, soFar.Story, message.Channel, message.CreatedAt);
        return message with { Body = soFar with { Discussion = new DiscussionSoFar(count, best, null) } };
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
        public string? Copied { get; init; }
        public string? CopiedState { get; init; }
        public long? Withdrawn { get; init; }
        public long? CopiedEditedAt { get; init; }
        public string? OriginChannel { get; init; }
        public string? OriginPlatform { get; init; }
        public required long Needs { get; init; }

        public WebMessage ToMessage() => Copied is null ? ToOwn() : ToCopy(Copied);

        private WebMessage ToCopy(string words)
        {
            var isDeleted = DeletedAt is not null || CopiedState == "deleted" || Withdrawn != 0;
            var isHidden = CopiedState == "hidden";
            return new WebMessage(
                Id,
                new ChannelId(ChannelId),
                null,
                isHidden ? "NewsBot" : Name ?? "",
                isDeleted ? null
                    : isHidden ? HiddenWords
                    : words,
                null,
                ReplyTo,
                StoryId is { } story ? new StoryId(story) : null,
                (int?)Number,
                Instants.At(CreatedAt),
                Instants.At(CopiedEditedAt),
                isDeleted
            )
            {
                Origin = new WebOrigin(OriginPlatform!, OriginChannel!),
                Needs = (Sight)Needs,
            };
        }

        private WebMessage ToOwn()
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
            )
            {
                Needs = (Sight)Needs,
            };
        }
    }
}
