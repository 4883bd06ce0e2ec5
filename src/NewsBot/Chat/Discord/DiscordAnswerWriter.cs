using System.Text;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Chat.Discord;

/// <summary>Writes an answer as the private messages it takes.</summary>
internal sealed class DiscordAnswerWriter(AnswerLinks links)
{
    // Nobody scrolls through more; the rest is a file.
    private const int MostPieces = 3;

    // Where a file holds the whole answer, its beginning is enough.
    private const int BeginningChars = 1_200;

    // Discord's own limit of a file.
    private const int MaxFileBytes = 10 * 1024 * 1024;

    private const string TextType = "text/plain; charset=utf-8";

    /// <returns>At least one message; buttons are on the last, files on the first.</returns>
    public async Task<IReadOnlyList<DiscordPiece>> WriteAsync(DiscordAnswer answer, CancellationToken cancellationToken)
    {
        var text = DiscordAnswerText.Write(await links.ResolveAsync(answer.Markdown, cancellationToken));
        var pieces = AnswerText.Split(text, DiscordAnswerText.MaxPiece).ToList();
        var files = new List<UploadFile>();
        if (answer.File is { } file)
        {
            if (file.Bytes.Length <= MaxFileBytes)
            {
                files.Add(new UploadFile(SafeName(file.Name), file.ContentType, file.Bytes));
            }
            else
            {
                pieces.Add("The file is larger than Discord takes; the command line hands it out.");
            }
        }

        if (pieces.Count > MostPieces)
        {
            files.Add(new UploadFile("answer.txt", TextType, Encoding.UTF8.GetBytes(text)));
            pieces = [AnswerText.Split(text, BeginningChars)[0] + "\n\n*The whole answer is in the file.*"];
        }

        if (pieces.Count == 0)
        {
            pieces.Add("There is nothing to show.");
        }

        return
        [
            .. pieces.Select(
                (piece, i) =>
                    new DiscordPiece(
                        new NewMessage
                        {
                            Content = piece,
                            Components = i == pieces.Count - 1 ? answer.Rows : [],
                            Flags = MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds,
                            Attachments = i == 0 && files.Count > 0 ? Drafts(files) : null,
                        },
                        i == 0 ? files : []
                    )
            ),
        ];
    }

    private static List<AttachmentDraft> Drafts(List<UploadFile> files) =>
        [
            .. files.Select(
                (file, i) =>
                    new AttachmentDraft(i.ToString(System.Globalization.CultureInfo.InvariantCulture), file.Name)
            ),
        ];

    private static string SafeName(string name) =>
        string.Concat(name.Where(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-' or '_'));
}

/// <summary>One message of an answer.</summary>
/// <param name="Message">What it says.</param>
/// <param name="Files">Files sent along.</param>
internal sealed record DiscordPiece(NewMessage Message, IReadOnlyList<UploadFile> Files);
