using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Comments;
using NewsBot.Fetching;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>The files of comments: which of them are copied, and which are only named.</summary>
internal static class DiscordAttachments
{
    private const int MaxNameChars = 100;
    private const int MaxAltChars = 1_024;

    // A file so marked is shown only to those who ask for it, and a page cannot ask.
    private const string SpoilerPrefix = "SPOILER_";

    private const string Add = """
        INSERT INTO attachment (comment_id, position, external_id, name, content_type, size, alt, state, source_url, next_try_at)
        SELECT @Comment, @Position, @Id, @Name, @ContentType, @Size, @Alt, @State, @Url, @NextTryAt
        FROM comment WHERE id = @Comment AND state <> 'deleted'
        ON CONFLICT (comment_id, external_id) DO NOTHING
        """;

    private const string Drop = "DELETE FROM attachment WHERE comment_id = @Comment AND external_id NOT IN @Kept";

    /// <summary>Brings the files of a comment to what its message has now. What was copied stays as it is.</summary>
    public static async Task KeepAsync(
        SqliteConnection connection,
        long comment,
        IReadOnlyList<Attachment> files,
        DateTimeOffset now
    )
    {
        await connection.ExecuteAsync(Drop, new { Comment = comment, Kept = files.Select(file => file.Id.ToString()) });
        foreach (var (position, file) in files.Index())
        {
            var isCopied = IsPicture(file);
            await connection.ExecuteAsync(
                Add,
                new
                {
                    Comment = comment,
                    Position = position,
                    Id = file.Id.ToString(),
                    Name = Line(file.Filename, MaxNameChars) is { Length: > 0 } name ? name : "a file",
                    ContentType = Line(file.ContentType, MaxNameChars),
                    Size = Math.Max(0, file.Size),
                    Alt = Line(file.Description, MaxAltChars),
                    State = isCopied ? "waiting" : "named",
                    Url = isCopied ? file.Url : null,
                    NextTryAt = isCopied ? now.Ms() : (long?)null,
                }
            );
        }
    }

    private static bool IsPicture(Attachment file) =>
        file is { Url.Length: > 0, Size: <= PictureEncoder.MaxBytes }
        && file.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) != false
        && file.Filename?.StartsWith(SpoilerPrefix, StringComparison.OrdinalIgnoreCase) != true
        && (file.ContentType is not null || file.Width is not null);

    private static string Line(string? text, int most)
    {
        var line = CommentText.Clean(text ?? "").ReplaceLineEndings(" ");
        return line.Length <= most ? line
            : char.IsHighSurrogate(line[most - 2]) ? line[..(most - 2)] + "…"
            : line[..(most - 1)] + "…";
    }
}
