using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat;

/// <summary>Reads what a post's place and picture are, and keeps what only a platform needs of a sent one.</summary>
internal sealed class ChatPosts(Database database, IOptions<WebOptions> web, TimeProvider time)
{
    // A picture is fetched in the seconds after its story; a card that waits these few has it from the start.
    private static readonly TimeSpan PictureWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PictureLook = TimeSpan.FromMilliseconds(250);

    private const string Place = """
        SELECT c.name, c.kind, c.tags, c.publication, w.external_id AS Workspace,
               (SELECT p.message_id FROM post p
                WHERE p.channel_id = c.id AND p.subject = @Subject AND p.part = 0 AND p.operation = 'create') AS First
        FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE c.id = @Channel
        """;

    private const string Story = """
        SELECT s.headline, s.slug,
               (SELECT so.category FROM story_entry se JOIN source so ON so.id = se.source_id
                WHERE se.story_id = s.id AND se.entry_id = s.lead_entry_id) AS Category
        FROM story s WHERE s.id = @Story
        """;

    private const string Picture = """
        SELECT alt, width, height, link_key AS LinkKey, small IS NOT NULL AS IsHere, CASE WHEN attempts = 0 THEN next_try_at END AS WantedAt
        FROM picture WHERE id = @Id
        """;

    private const string Bytes = "SELECT small FROM picture WHERE id = @Id";

    // For where a card has its thread from the start.
    private const string AddThread = """
        INSERT INTO thread (channel_id, story_id, external_id, named_after, state, active_at, created_at)
        VALUES (@Channel, @Story, @Thread, @Headline, 'open', @Now, @Now)
        ON CONFLICT (channel_id, external_id) DO NOTHING
        """;

    private const string IsKnown = """
        SELECT COUNT(*) FROM post WHERE channel_id = @Channel AND message_id = @Message AND operation = 'create'
        """;

    public Task<ChatPost> LoadAsync(OutgoingPost post, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => LoadAsync(connection, post), cancellationToken);

    /// <summary>Posts as they would be sent now, to be shown before they are.</summary>
    /// <param name="preview">What is shown; null for nothing.</param>
    /// <param name="platform">Where it is shown.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Empty where the posts are meant for another platform.</returns>
    public async Task<IReadOnlyList<ChatPost>> LoadAsync(
        CommandPreview? preview,
        Platform platform,
        CancellationToken cancellationToken
    )
    {
        List<ChatPost> shown = [];
        foreach (var body in preview is not null && preview.Platform == platform ? preview.Posts : [])
        {
            var subject = body is PostBody.Card card ? PostSubject.Of(card.Story).Value : "preview";
            shown.Add(
                await LoadAsync(
                    new OutgoingPost(
                        new PostId(0),
                        preview!.Channel,
                        preview.ChannelExternalId,
                        platform,
                        $"{subject}/0",
                        PostOperation.Create,
                        body,
                        null,
                        1
                    ),
                    cancellationToken
                )
            );
        }

        return shown;
    }

    /// <summary>Waits a few seconds for a new card's picture that is still being fetched.</summary>
    /// <returns>The post as it is then, with or without the picture.</returns>
    public async Task<ChatPost> WaitForPictureAsync(ChatPost post, CancellationToken cancellationToken)
    {
        while (post.PictureWantedAt is { } since && time.GetUtcNow() < since + PictureWait)
        {
            await Task.Delay(PictureLook, time, cancellationToken);
            post = await LoadAsync(post.Outgoing, cancellationToken);
        }

        return post;
    }

    /// <summary>The bytes of a picture as cards show it.</summary>
    /// <returns>Empty where they are not here.</returns>
    public async Task<ReadOnlyMemory<byte>> BytesAsync(long picture, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<byte[]?>(Bytes, new { Id = picture }),
            cancellationToken
        ) ?? [];

    /// <returns>True where a message is the answer to another post of ours.</returns>
    public async Task<bool> IsKnownAsync(OutgoingPost post, string message, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            connection =>
                connection.ExecuteScalarAsync<long>(IsKnown, new { Channel = post.Channel.Value, Message = message }),
            cancellationToken
        ) > 0;

    /// <summary>Notes the thread of a card; of other posts it is none.</summary>
    /// <param name="post">The card.</param>
    /// <param name="thread">The platform's id of the thread.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the wait for the database.</param>
    public Task KeepThreadAsync(
        OutgoingPost post,
        string thread,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        post.Body is PostBody.Card card
            ? database.WriteAsync(
                connection =>
                    (Task)
                        connection.ExecuteAsync(
                            AddThread,
                            new
                            {
                                Channel = post.Channel.Value,
                                Story = card.Story.Value,
                                Thread = thread,
                                card.Headline,
                                Now = now.Ms(),
                            }
                        ),
                cancellationToken
            )
            : Task.CompletedTask;

    /// <summary>Notes that a channel turned out to be of another kind.</summary>
    public Task KeepKindAsync(OutgoingPost post, string kind, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                (Task)
                    connection.ExecuteAsync(
                        "UPDATE channel SET kind = @Kind WHERE id = @Id",
                        new { Kind = kind, Id = post.Channel.Value }
                    ),
            cancellationToken
        );

    private async Task<ChatPost> LoadAsync(DbConnection connection, OutgoingPost post)
    {
        var subject = post.Key[..post.Key.LastIndexOf('/')];
        var place = await connection.QuerySingleAsync<PlaceRow>(
            Place,
            new { Channel = post.Channel.Value, Subject = subject }
        );
        var about = (post.Body as PostBody.Card)?.Story ?? (post.Body as PostBody.DigestList)?.BestComment?.Story;
        var story = about is { } id
            ? await connection.QueryFirstOrDefaultAsync<StoryRow>(Story, new { Story = id.Value })
            : null;
        var picture = post.Body is PostBody.Card { IsRemoved: false, Picture: { } number }
            ? await connection.QueryFirstOrDefaultAsync<PictureRow>(Picture, new { Id = number })
            : null;
        return new ChatPost(post, place.Workspace, place.Name, place.Kind)
        {
            Links = new StoryLinks(
                place.Publication == "public" ? web.Value.PublicUrl?.TrimEnd('/') : null,
                post.Body is PostBody.Card ? story?.Slug ?? "" : ""
            ),
            Headline = story?.Headline,
            Category = story?.Category,
            Tags = place.Tags?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            FirstMessage = place.First,
            Picture =
                picture is { IsHere: not 0 } && post.Body is PostBody.Card { Picture: { } shown } card
                    ? new ChatPicture(shown, card.PictureAlt ?? picture.Alt, (int?)picture.Width, (int?)picture.Height)
                    {
                        Key = picture.LinkKey,
                    }
                    : null,
            PictureWantedAt = picture is { IsHere: 0 } ? Instants.At(picture.WantedAt) : null,
        };
    }

    private sealed class PlaceRow
    {
        public required string Name { get; init; }
        public required string Kind { get; init; }
        public string? Tags { get; init; }
        public required string Publication { get; init; }
        public required string Workspace { get; init; }
        public string? First { get; init; }
    }

    private sealed class StoryRow
    {
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public string? Category { get; init; }
    }

    private sealed class PictureRow
    {
        public string? LinkKey { get; init; }
        public string? Alt { get; init; }
        public long? Width { get; init; }
        public long? Height { get; init; }
        public required long IsHere { get; init; }
        public long? WantedAt { get; init; }
    }
}
