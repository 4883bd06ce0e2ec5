using System.Data.Common;
using Dapper;
using NewsBot.Core.Comments;
using NewsBot.Fetching;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>The files of comments: which of them are copied, and which are only named.</summary>
internal static class ChatAttachments
{
    private const int MaxNameChars = 100;
    private const int MaxAltChars = 1_024;

    private const string Add = """
        INSERT INTO attachment (comment_id, position, external_id, name, content_type, size, alt, state, source_url, next_try_at)
        SELECT @Comment, @Position, @Id, @Name, @ContentType, @Size, @Alt, @State, @Url, @NextTryAt
        FROM comment WHERE id = @Comment AND state <> 'deleted'
        ON CONFLICT (comment_id, external_id) DO NOTHING
        """;

    private const string Drop = "DELETE FROM attachment WHERE comment_id = @Comment AND external_id NOT IN @Kept";

    /// <summary>Brings the files of a comment to what its message has now. What was copied stays as it is.</summary>
    public static async Task KeepAsync(
        DbConnection connection,
        long comment,
        IReadOnlyList<ChatFile> files,
        DateTimeOffset now
    )
    {
        await connection.ExecuteAsync(Drop, new { Comment = comment, Kept = Among.Of(files.Select(file => file.Id)) });
        foreach (var (position, file) in files.Index())
        {
            var isCopied = file is { IsPicture: true, Url.Length: > 0, Size: <= PictureEncoder.MaxBytes };
            await connection.ExecuteAsync(
                Add,
                new
                {
                    Comment = comment,
                    Position = position,
                    file.Id,
                    Name = Line(file.Name, MaxNameChars) is { Length: > 0 } name ? name : "a file",
                    ContentType = Line(file.ContentType, MaxNameChars),
                    Size = Math.Max(0, file.Size),
                    Alt = Line(file.Alt, MaxAltChars),
                    State = isCopied ? "waiting" : "named",
                    Url = isCopied ? file.Url : null,
                    NextTryAt = isCopied ? now.Ms() : (long?)null,
                }
            );
        }
    }

    private static string Line(string? text, int most)
    {
        var line = CommentText.Clean(text ?? "").ReplaceLineEndings(" ");
        return line.Length <= most ? line
            : char.IsHighSurrogate(line[most - 2]) ? line[..(most - 2)] + "…"
            : line[..(most - 1)] + "…";
    }
}

/// <summary>A file of a message.</summary>
/// <param name="Id">The platform's id of it.</param>
/// <param name="Name">Its file name; null where it has none.</param>
/// <param name="ContentType">Media type; null where it was not told.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Alt">Words for who cannot see it; null for none.</param>
/// <param name="Url">Where it lies at the platform; null where it is nowhere to be had.</param>
/// <param name="IsPicture">Whether it is a picture that may be shown to everybody who reads the comment.</param>
internal sealed record ChatFile(
    string Id,
    string? Name,
    string? ContentType,
    long Size,
    string? Alt,
    string? Url,
    bool IsPicture
);
