using System.Text.Json;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    private const string SelectPlaces = """
        SELECT c.number AS Number, c.parent AS Parent, c.state AS State, c.visibility AS Visibility,
               CASE WHEN c.hidden_by IS NULL THEN 0 ELSE 1 END AS IsAway,
               CASE WHEN m.opted_out_at IS NULL AND m.erased_at IS NULL
                         AND EXISTS (SELECT 1 FROM open_channel oc WHERE oc.id = c.channel_id)
                    THEN 0 ELSE 1 END AS IsWithdrawn
        FROM comment c JOIN member m ON m.id = c.member_id
        WHERE c.story_id = @Story ORDER BY c.number
        """;

    private const string SelectTexts = """
        SELECT c.number AS Number, c.member_id AS Member, COALESCE(m.pseudonym, c.author_name, m.name) AS Author, m.joined_at AS JoinedAt,
               m.first_seen_at AS FirstSeenAt, w.platform AS Platform, ch.name AS Channel, ch.id AS ChannelId,
               c.message_id AS MessageId, c.body AS Body, c.written_at AS WrittenAt, c.edited_at AS EditedAt,
               c.reactions AS Reactions, w.external_id AS Workspace,
               COALESCE(t.external_id, ch.external_id) AS Place, ch.external_id AS Room,
               CASE WHEN m.pseudonym IS NULL THEN p.id END AS Avatar
        FROM comment c
        JOIN member m ON m.id = c.member_id
        JOIN channel ch ON ch.id = c.channel_id
        JOIN workspace w ON w.id = ch.workspace_id
        LEFT JOIN thread t ON t.id = c.thread_id
        LEFT JOIN picture p ON p.id = c.avatar_id AND p.small IS NOT NULL
        WHERE c.story_id = @Story AND c.number IN (SELECT value FROM json_each(@Numbers))
        """;

    private const string CountPosts = """
        SELECT c.member_id AS Member, COUNT(*) AS Posts FROM comment c
        WHERE c.member_id IN (SELECT value FROM json_each(@Members)) AND c.state = 'visible'
          AND (@IsMember = 1 OR c.visibility = 'public')
          AND EXISTS (SELECT 1 FROM open_channel oc WHERE oc.id = c.channel_id)
        GROUP BY c.member_id
        """;

    /// <summary>One page of a story's comments. Which story the viewer may see was decided before.</summary>
    public Task<CommentPage> CommentsAsync(
        long story,
        CommentSort sort,
        int page,
        Viewer viewer,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
                await CommentsAsync(
                    connection,
                    story,
                    sort,
                    page,
                    viewer.In(await CommunityOfAsync(connection, story, cancellationToken) ?? Community),
                    cancellationToken
                ),
            cancellationToken
        );

    /// <returns>The page, in thread order, that holds a comment; null where there is no such number.</returns>
    public Task<int?> PageOfAsync(long story, int number, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var places = await PlacesAsync(connection, story, cancellationToken);
                return CommentPages.PageOf(CommentPages.Order(Numbers(places), CommentSort.Thread), number);
            },
            cancellationToken
        );

    private static async Task<CommentPage> CommentsAsync(
        SqliteConnection connection,
        long story,
        CommentSort sort,
        int page,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var places = await PlacesAsync(connection, story, cancellationToken);
        var ordered = CommentPages.Order(Numbers(places), sort);
        var starts = CommentPages.Starts(ordered);
        // A page of 0 asks for the one with the newest comment.
        var wanted =
            page > 0 ? page : CommentPages.PageOf(ordered, places.Count == 0 ? 0 : (int)places[^1].Number) ?? 1;
        var current = Math.Clamp(wanted, 1, starts.Count);
        var end = current < starts.Count ? starts[current] : ordered.Count;
        var byNumber = places.ToDictionary(place => (int)place.Number);
        var onPage = ordered.Skip(starts[current - 1]).Take(end - starts[current - 1]).ToList();
        var shown = onPage
            .Where(item => byNumber[item.Number].Shown(viewer) == CommentShown.Visible)
            .Select(item => item.Number)
            .ToList();
        var texts = await TextsAsync(connection, story, shown, page > 0, viewer, cancellationToken);
        return new CommentPage(
            places.Count(place => place.Shown(viewer) == CommentShown.Visible),
            places.Count,
            sort,
            current,
            starts.Count,
            [
                .. onPage.Select(item => new CommentView
                {
                    Number = item.Number,
                    Parent = (int)byNumber[item.Number].Parent,
                    Depth = sort == CommentSort.Thread ? item.Depth : 0,
                    Shown = byNumber[item.Number].Shown(viewer),
                    Text = texts.GetValueOrDefault(item.Number),
                }),
            ]
        );
    }

    private static Task<IReadOnlyList<PlaceRow>> PlacesAsync(
        SqliteConnection connection,
        long story,
        CancellationToken cancellationToken
    ) => ReadAsync<PlaceRow>(connection, SelectPlaces, new { Story = story }, cancellationToken);

    private static IReadOnlyList<(int Number, int Parent)> Numbers(IReadOnlyList<PlaceRow> places) =>
        [.. places.Select(place => ((int)place.Number, (int)place.Parent))];

    private static async Task<IReadOnlyDictionary<int, CommentText>> TextsAsync(
        SqliteConnection connection,
        long story,
        List<int> numbers,
        bool hasAnchors,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (numbers.Count == 0)
        {
            return new Dictionary<int, CommentText>();
        }

        var rows = await ReadAsync<TextRow>(
            connection,
            SelectTexts,
            new { Story = story, Numbers = JsonSerializer.Serialize(numbers) },
            cancellationToken
        );
        var posts = await PostsAsync(connection, rows.Select(row => row.Member), viewer, cancellationToken);
        var files = await AttachmentsAsync(connection, story, numbers, cancellationToken);
        // "#12" leads to a comment where the page has one of that number.
        HashSet<int> anchors = hasAnchors ? [.. numbers] : [];
        return rows.ToDictionary(
            row => (int)row.Number,
            row => row.ToText(posts.GetValueOrDefault(row.Member), anchors.Contains, files[row.Number])
        );
    }

    private static async Task<IReadOnlyDictionary<long, int>> PostsAsync(
        SqliteConnection connection,
        IEnumerable<long> members,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync<PostsRow>(
            connection,
            CountPosts,
            new { Members = JsonSerializer.Serialize(members.Distinct()), IsMember = Flag(viewer) },
            cancellationToken
        );
        return rows.ToDictionary(row => row.Member, row => (int)row.Posts);
    }

    private sealed class PlaceRow
    {
        public required long Number { get; init; }
        public required long Parent { get; init; }
        public required string State { get; init; }
        public required string Visibility { get; init; }
        public required long IsWithdrawn { get; init; }
        public required long IsAway { get; init; }

        public CommentShown Shown(Viewer viewer) =>
            State switch
            {
                "deleted" => CommentShown.Deleted,
                "hidden" when IsAway == 1 => CommentShown.Withheld,
                "hidden" => CommentShown.Hidden,
                _ when IsWithdrawn == 1 || !viewer.Sees(ToVisibility(Visibility)) => CommentShown.Withheld,
                _ => CommentShown.Visible,
            };
    }

    private sealed class TextRow
    {
        public required long Number { get; init; }
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
        public required string Place { get; init; }
        public required string Room { get; init; }
        public long? Avatar { get; init; }
        public long? JoinedAt { get; init; }
        public long? EditedAt { get; init; }

        public CommentText ToText(int posts, Func<int, bool> hasAnchor, IEnumerable<AttachmentView> attachments) =>
            new(
                new AuthorView(Member, Author, posts, Instant(JoinedAt ?? FirstSeenAt), JoinedAt is not null),
                Wording.Platform(Platform),
                Channel,
                ChannelId,
                MessageId,
                Body,
                MarkdownHtml.Render(Body, hasAnchor),
                Instant(WrittenAt),
                Instant(EditedAt),
                PageReader.Reactions(Reactions)
            )
            {
                Avatar = Avatar,
                Origin = Platform switch
                {
                    "discord" => $"https://discord.com/channels/{Workspace}/{Place}/{MessageId}",
                    // The place is the thread's parent there.
                    "slack" => $"https://app.slack.com/client/{Workspace}/{Room}/thread/{Room}-{Place}",
                    _ => null,
                },
                Attachments = [.. attachments],
            };
    }

    private sealed class PostsRow
    {
        public required long Member { get; init; }
        public required long Posts { get; init; }
    }
}
