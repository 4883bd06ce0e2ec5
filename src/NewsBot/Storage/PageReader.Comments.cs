using System.Data.Common;
using System.Text.Json;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    private const string SelectComments = """
        SELECT c.id AS Id, c.number AS Number, c.parent AS Parent, c.state AS State, c.visibility AS Visibility,
               CASE WHEN c.hidden_by IS NULL THEN 0 ELSE 1 END AS IsAway, oc.off_sight AS OffSight,
               CASE WHEN m.opted_out_at IS NULL AND m.erased_at IS NULL AND oc.id IS NOT NULL THEN 0 ELSE 1 END AS IsWithdrawn,
               c.member_id AS Member, COALESCE(m.pseudonym, c.author_name, m.name) AS Author, m.joined_at AS JoinedAt,
               m.first_seen_at AS FirstSeenAt, w.platform AS Platform, ch.name AS Channel, ch.id AS ChannelId,
               c.message_id AS MessageId, c.body AS Body, c.written_at AS WrittenAt, c.edited_at AS EditedAt,
               c.reactions AS Reactions, w.external_id AS Workspace, w.url AS Address,
               t.external_id AS Thread, ch.external_id AS Room,
               CASE WHEN m.pseudonym IS NULL THEN p.id END AS Avatar
        FROM comment c
        JOIN member m ON m.id = c.member_id
        JOIN channel ch ON ch.id = c.channel_id
        JOIN workspace w ON w.id = ch.workspace_id
        LEFT JOIN open_channel oc ON oc.id = c.channel_id
        LEFT JOIN thread t ON t.id = c.thread_id
        LEFT JOIN picture p ON p.id = c.avatar_id AND p.small IS NOT NULL
        WHERE c.story_id = @Story AND c.number IN (SELECT value FROM json_each(@Numbers))
        """;

    private const string CountPosts = $"""
        SELECT c.member_id AS Member, SUM(c.shown) AS Posts
        FROM member_comments c JOIN open_channel oc ON oc.id = c.channel_id
        WHERE c.member_id IN (SELECT value FROM json_each(@Members)) AND {Sights.Comment}
        GROUP BY c.member_id
        """;

    private const string SelectNumbers =
        $"SELECT s.next_number AS NextNumber, {CountShown} AS Shown FROM story s WHERE s.id = @Story";

    /// <summary>One page of a story's own comments. Which story the viewer may see was decided before.</summary>
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
                    new CommentsAsk(story, [], sort, page, "c"),
                    viewer.In(await CommunityOfAsync(connection, story, cancellationToken) ?? Community),
                    cancellationToken
                ),
            cancellationToken
        );

    /// <summary>One comment as a list would show it. Which story the viewer may see was decided before.</summary>
    /// <returns>Null where the story has no such number.</returns>
    public Task<CommentView?> CommentAsync(
        long story,
        int number,
        Viewer viewer,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
                await CommentAsync(
                    connection,
                    story,
                    number,
                    viewer.In(await CommunityOfAsync(connection, story, cancellationToken) ?? Community),
                    cancellationToken
                ),
            cancellationToken
        );

    private async Task<CommentView?> CommentAsync(
        DbConnection connection,
        long story,
        int number,
        Viewer inside,
        CancellationToken cancellationToken
    )
    {
        var index = await threads.GetAsync(connection, story, cancellationToken);
        var section = new Section(story, "c", index, [(number, 0)]);
        return index.Has(number)
            ? (await SectionAsync(connection, section, [number], inside, cancellationToken))[0]
            : null;
    }

    private async Task<CommentPage> CommentsAsync(
        DbConnection connection,
        CommentsAsk ask,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var sections = await SectionsAsync(connection, ask, cancellationToken);
        var ordered = Together(sections);
        var starts = CommentPages.Starts(ordered);
        // A page of 0 asks for the one with the newest comment.
        var wanted = ask.Page > 0 ? ask.Page : CommentPages.PageOf(ordered, sections[0].Index.Last) ?? 1;
        var current = Math.Clamp(wanted, 1, starts.Count);
        var range = (Start: starts[current - 1], End: current < starts.Count ? starts[current] : ordered.Count);
        List<IReadOnlyList<CommentView>> items = [];
        List<int> firstPages = [];
        var offset = 0;
        foreach (var section in sections)
        {
            var from = Math.Max(range.Start, offset);
            var until = Math.Min(range.End, offset + section.Ordered.Count);
            int[] numbers = until > from ? [.. Range(ordered, from, until)] : [];
            items.Add(await SectionAsync(connection, section, numbers, viewer, cancellationToken));
            firstPages.Add(starts.Count(start => start <= offset));
            offset += section.Ordered.Count;
        }

        var counts = await NumbersAsync(connection, ask.Story, viewer, cancellationToken);
        return new CommentPage((int)counts.Shown, sections[0].Index.Count, ask.Sort, current, starts.Count, items[0])
        {
            Newest = sections[0].Index.Last,
            Joined =
            [
                .. ask.Joined.Select(
                    (link, at) =>
                        new CommentSection(link, sections[at + 1].Index.Count, firstPages[at + 1], items[at + 1])
                ),
            ],
        };
    }

    private async Task<IReadOnlyList<Section>> SectionsAsync(
        DbConnection connection,
        CommentsAsk ask,
        CancellationToken cancellationToken
    )
    {
        List<Section> sections = [];
        foreach (var story in ask.Joined.Select(link => link.Id).Prepend(ask.Story))
        {
            var index = await threads.GetAsync(connection, story, cancellationToken);
            var prefix = story == ask.Story ? ask.Prefix : CommentAnchors.Prefix(story);
            sections.Add(new Section(story, prefix, index, index.Order(ask.Sort)));
        }

        return sections;
    }

    private static IReadOnlyList<(int Number, int Depth)> Together(IReadOnlyList<Section> sections) =>
        sections is [var only] ? only.Ordered : [.. sections.SelectMany(section => section.Ordered)];

    private static IEnumerable<int> Range(IReadOnlyList<(int Number, int Depth)> ordered, int from, int until)
    {
        for (var at = from; at < until; at++)
        {
            yield return ordered[at].Number;
        }
    }

    private static async Task<IReadOnlyList<CommentView>> SectionAsync(
        DbConnection connection,
        Section section,
        IReadOnlyList<int> numbers,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (numbers.Count == 0)
        {
            return [];
        }

        var wanted = JsonSerializer.Serialize(numbers);
        var rows = await ReadAsync<CommentRow>(
            connection,
            SelectComments,
            new { section.Story, Numbers = wanted },
            cancellationToken
        );
        var shown = rows.Where(row => row.Shown(viewer) == CommentShown.Visible).ToList();
        var posts = await PostsAsync(connection, shown.Select(row => row.Member), viewer, cancellationToken);
        var files = await AttachmentsAsync(
            connection,
            section.Story,
            [.. shown.Select(row => (int)row.Number)],
            cancellationToken
        );
        var copies = await CopiesAsync(connection, section.Story, shown, viewer, cancellationToken);
        // "#12" leads to the comment of that number: on this page, or to the page that holds it.
        var anchors = numbers.ToHashSet();
        var texts = shown.ToDictionary(
            row => row.Number,
            row =>
                row.ToText(
                    posts.GetValueOrDefault(row.Member),
                    number =>
                        anchors.Contains(number) ? "#" + CommentAnchors.Of(section.Prefix, number)
                        : section.Index.Has(number) ? Paths.Comment(section.Story, number)
                        : null,
                    files[row.Number],
                    copies.GetValueOrDefault(row.Id)
                )
        );
        var byNumber = rows.ToDictionary(row => (int)row.Number);
        var depths = section.Ordered.Where(item => anchors.Contains(item.Number)).ToDictionary();
        return
        [
            .. numbers
                .Where(byNumber.ContainsKey)
                .Select(number => new CommentView
                {
                    Number = number,
                    Parent = (int)byNumber[number].Parent,
                    Depth = depths.GetValueOrDefault(number),
                    Shown = byNumber[number].Shown(viewer),
                    Text = texts.GetValueOrDefault(number),
                }),
        ];
    }

    private static async Task<IReadOnlyDictionary<long, int>> PostsAsync(
        DbConnection connection,
        IEnumerable<long> members,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync<PostsRow>(
            connection,
            CountPosts,
            new { Members = JsonSerializer.Serialize(members.Distinct()), Sight = (int)viewer.Sight },
            cancellationToken
        );
        return rows.ToDictionary(row => row.Member, row => (int)row.Posts);
    }

    private static async Task<NumbersRow> NumbersAsync(
        DbConnection connection,
        long story,
        Viewer viewer,
        CancellationToken cancellationToken
    ) =>
        (
            await ReadAsync<NumbersRow>(
                connection,
                SelectNumbers,
                new { Story = story, Sight = (int)viewer.Sight },
                cancellationToken
            )
        )[0];

    /// <summary>Which comments are wanted.</summary>
    /// <param name="Story">Whose page it is.</param>
    /// <param name="Joined">Stories that were joined with it and are shown below, each a section of its own.</param>
    /// <param name="Sort">Their order.</param>
    /// <param name="Page">Counted from 1; 0 for the one with the newest comment.</param>
    /// <param name="Prefix">What a number of the story itself follows in its element's id.</param>
    private sealed record CommentsAsk(
        long Story,
        IReadOnlyList<StoryLink> Joined,
        CommentSort Sort,
        int Page,
        string Prefix
    );

    private sealed record Section(
        long Story,
        string Prefix,
        ThreadIndex Index,
        IReadOnlyList<(int Number, int Depth)> Ordered
    );

    private sealed class PostsRow
    {
        public required long Member { get; init; }
        public required long Posts { get; init; }
    }

    private sealed class NumbersRow
    {
        public required long NextNumber { get; init; }
        public required long Shown { get; init; }
    }
}
