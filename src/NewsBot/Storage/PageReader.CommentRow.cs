using System.Data.Common;
using System.Text.Json;
using NewsBot.Chat;
using NewsBot.Core.Text;
using NewsBot.Web.Views;
using CommentMessage = NewsBot.Core.Comments.CommentMessage;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    // In the channel it belongs to before others, and there where most may read before the rest.
    private const string SelectCopies = $"""
        SELECT x.id AS Comment, p.message_id AS MessageId, w.platform AS Platform, w.external_id AS Workspace,
               w.url AS Address, ch.external_id AS Room, ch.name AS Channel,
               (SELECT card.message_id FROM post card
                WHERE card.channel_id = ch.id AND card.subject = @Card AND card.part = 0 AND card.operation = 'create'
                  AND card.state = 'sent') AS Card
        FROM comment x
        JOIN post p ON p.subject = 'comment:' || x.id AND p.operation = 'create' AND p.state = 'sent'
        JOIN open_channel ch ON ch.id = p.channel_id
        JOIN workspace w ON w.id = ch.workspace_id
        WHERE x.id IN (SELECT value FROM json_each(@Ids)) AND p.message_id IS NOT NULL AND {Sights.Channel}
          AND NOT EXISTS (SELECT 1 FROM post gone WHERE gone.channel_id = p.channel_id AND gone.subject = p.subject
                          AND gone.part = p.part AND gone.operation = 'delete')
        ORDER BY CASE WHEN ch.id = x.channel_id THEN 0 ELSE 1 END,
                 CASE ch.publication WHEN 'public' THEN 0 WHEN 'members' THEN 1 ELSE 2 END, ch.id, p.part DESC
        """;

    /// <summary>Of comments written on a page, the message in a chat where somebody can answer them.</summary>
    private static async Task<IReadOnlyDictionary<long, CopyRow>> CopiesAsync(
        DbConnection connection,
        long story,
        IReadOnlyList<CommentRow> shown,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var ids = shown.Where(row => row.IsWrittenOnPage).Select(row => row.Id).ToList();
        if (ids.Count == 0)
        {
            return new Dictionary<long, CopyRow>();
        }

        var rows = await ReadAsync<CopyRow>(
            connection,
            SelectCopies,
            new
            {
                Ids = JsonSerializer.Serialize(ids),
                Card = Core.Posts.PostSubject.Of(new Core.Stories.StoryId(story)).Value,
                Sight = (int)viewer.Sight,
            },
            cancellationToken
        );
        return rows.DistinctBy(row => row.Comment).ToDictionary(row => row.Comment);
    }

    private sealed class CommentRow
    {
        public required long Id { get; init; }
        public required long Number { get; init; }
        public required long Parent { get; init; }
        public required string State { get; init; }
        public required string Visibility { get; init; }
        public required long IsAway { get; init; }
        public required long IsWithdrawn { get; init; }
        public required long Member { get; init; }
        public required string Author { get; init; }
        public required long FirstSeenAt { get; init; }
        public required string Platform { get; init; }
        public required string Channel { get; init; }
        public required long ChannelId { get; init; }
        public required string MessageId { get; init; }
        public required string Body { get; init; }
        public required long WrittenAt { get; init; }
        public required string Reactions { get; init; }
        public required string Workspace { get; init; }
        public required string Room { get; init; }
        public string? Thread { get; init; }
        public string? Address { get; init; }
        public long? OffSight { get; init; }
        public long? Avatar { get; init; }
        public long? JoinedAt { get; init; }
        public long? EditedAt { get; init; }

        public bool IsWrittenOnPage => CommentMessage.IsOurs(MessageId);

        public CommentShown Shown(Viewer viewer) =>
            State switch
            {
                "deleted" => CommentShown.Deleted,
                "hidden" when IsAway == 1 => CommentShown.Withheld,
                "hidden" => CommentShown.Hidden,
                _ when IsWithdrawn == 1
                        || !viewer.Sees(ToVisibility(Visibility), (Sight)(OffSight ?? (long)Sight.All)) =>
                    CommentShown.Withheld,
                _ => CommentShown.Visible,
            };

        public CommentText ToText(
            int posts,
            Func<int, string?> address,
            IEnumerable<AttachmentView> attachments,
            CopyRow? copy
        ) =>
            new(
                new AuthorView(Member, Author, posts, Instant(JoinedAt ?? FirstSeenAt), JoinedAt is not null),
                IsWrittenOnPage ? Wording.Platform("web") : Wording.Platform(Platform),
                Channel,
                ChannelId,
                MessageId,
                Body,
                MarkdownHtml.Render(Body, address),
                Instant(WrittenAt),
                Instant(EditedAt),
                PageReader.Reactions(Reactions)
            )
            {
                Avatar = Avatar,
                Origin =
                    IsWrittenOnPage ? copy?.ToOrigin()
                    : MessageLinks.Of(new MessagePlace(Platform, Workspace, Address, Room, Thread), MessageId)
                        is { } url
                        ? new OriginLink(Wording.Platform(Platform), url)
                    : null,
                Attachments = [.. attachments],
            };
    }

    private sealed class CopyRow
    {
        public required long Comment { get; init; }
        public required string MessageId { get; init; }
        public required string Platform { get; init; }
        public required string Workspace { get; init; }
        public required string Room { get; init; }
        public required string Channel { get; init; }
        public string? Card { get; init; }
        public string? Address { get; init; }

        // The thread of a card has the card's name on both platforms.
        public OriginLink? ToOrigin() =>
            MessageLinks.Of(new MessagePlace(Platform, Workspace, Address, Room, Card), MessageId) is { } url
                ? new OriginLink(Wording.Platform(Platform), url)
                : null;
    }
}
