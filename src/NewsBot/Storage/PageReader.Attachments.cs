using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    private const string SelectAttachments = """
        SELECT c.number AS Number, a.id AS Id, a.name AS Name, a.size AS Size, a.alt AS Alt, a.state AS State,
               a.width AS Width, a.height AS Height
        FROM attachment a JOIN comment c ON c.id = a.comment_id
        WHERE c.story_id = @Story AND c.number IN (SELECT value FROM json_each(@Numbers))
        ORDER BY a.comment_id, a.position, a.id
        """;

    private const string SelectFileStory = """
        SELECT c.story_id FROM attachment a JOIN comment c ON c.id = a.comment_id WHERE a.id = @Id
        """;

    // A file is shown to whoever may read the comment it belongs to.
    private const string SelectFile = $"""
        SELECT a.bytes FROM attachment a
        JOIN comment c ON c.id = a.comment_id JOIN member m ON m.id = c.member_id JOIN story s ON s.id = c.story_id
        WHERE a.id = @Id AND a.state = 'kept' AND s.taken_down_at IS NULL
          AND {IsShown} AND {IsPosted}
        """;

    /// <returns>WebP bytes of a copied picture; null where there is none this viewer may see.</returns>
    public Task<byte[]?> AttachmentAsync(long id, Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync<byte[]?>(
            async connection =>
                await connection.ExecuteScalarAsync<long?>(
                    new CommandDefinition(SelectFileStory, new { Id = id }, cancellationToken: cancellationToken)
                )
                    is { } story
                && await CommunityOfAsync(connection, story, cancellationToken) is { } community
                    ? await connection.ExecuteScalarAsync<byte[]?>(
                        new CommandDefinition(
                            SelectFile,
                            new { Id = id, Sight = SightOf(viewer, community) },
                            cancellationToken: cancellationToken
                        )
                    )
                    : null,
            cancellationToken
        );

    private static async Task<ILookup<long, AttachmentView>> AttachmentsAsync(
        DbConnection connection,
        long story,
        List<int> numbers,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync<AttachmentRow>(
            connection,
            SelectAttachments,
            new { Story = story, Numbers = JsonSerializer.Serialize(numbers) },
            cancellationToken
        );
        return rows.ToLookup(row => row.Number, row => row.ToView());
    }

    private sealed class AttachmentRow
    {
        public required long Number { get; init; }
        public required long Id { get; init; }
        public required string Name { get; init; }
        public required long Size { get; init; }
        public required string State { get; init; }
        public string? Alt { get; init; }
        public long? Width { get; init; }
        public long? Height { get; init; }

        public AttachmentView ToView() =>
            new(Id, Name, Size, Alt, State == "kept", (int?)Width ?? 0, (int?)Height ?? 0);
    }
}
