using System.Text;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;

namespace NewsBot.Chat.Discord;

/// <summary>Writes an answer as the private messages it takes.</summary>
internal sealed class DiscordAnswerWriter(AnswerLinks links, ChatPosts posts)
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

        var shown = await ShownAsync(answer, cancellationToken);
        // Buttons stand below all that is shown.
        pieces.AddRange(shown.Count > 0 && answer.Rows.Count > 0 ? ["-# This is all of it."] : []);
        List<DiscordPiece> written =
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
        written.InsertRange(answer.Rows.Count > 0 && shown.Count > 0 ? written.Count - 1 : written.Count, shown);
        return written;
    }

    // As the publisher would send them, but to one reader only.
    private async Task<IReadOnlyList<DiscordPiece>> ShownAsync(
        DiscordAnswer answer,
        CancellationToken cancellationToken
    )
    {
        List<DiscordPiece> shown = [];
        foreach (var known in await posts.LoadAsync(answer.Preview, Platform.Discord, cancellationToken))
        {
            var post = DiscordPost.Of(known);
            var picture = post.View.Picture is { } wanted
                ? wanted with
                {
                    Bytes = await posts.BytesAsync(wanted.Id, cancellationToken),
                }
                : null;
            var form = new DiscordForm(post, picture is { Bytes.Length: > 0 } ? picture : null, IsPlain: false);
            var message = form.Message();
            shown.Add(
                new DiscordPiece(
                    message with
                    {
                        AllowedMentions = AllowedMentions.Nobody,
                        Flags = message.Flags | MessageFlags.Ephemeral,
                    },
                    form.Files
                )
            );
        }

        return shown;
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
