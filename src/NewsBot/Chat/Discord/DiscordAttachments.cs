using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;

namespace NewsBot.Chat.Discord;

/// <summary>Files of Discord's messages. Its addresses end within a day.</summary>
internal sealed class DiscordAttachments(DiscordRest rest) : IAttachmentSource
{
    // A file so marked is shown only to those who ask for it, and a page cannot ask.
    private const string SpoilerPrefix = "SPOILER_";

    public string Platform => "discord";

    public static ChatFile File(Attachment file) =>
        new(
            file.Id.ToString(),
            file.Filename,
            file.ContentType,
            file.Size,
            file.Description,
            file.Url,
            IsPicture(file)
        );

    public async Task<AttachmentDownload> DownloadAsync(
        string workspace,
        Uri url,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return new AttachmentDownload.Done(await rest.DownloadAsync(url, maxBytes, cancellationToken));
        }
        catch (DiscordException error)
        {
            return error.Status is null or >= System.Net.HttpStatusCode.InternalServerError
                ? new AttachmentDownload.Later()
                : new AttachmentDownload.Never();
        }
        catch (ArgumentException)
        {
            // An address that is not Discord's own.
            return new AttachmentDownload.Never();
        }
    }

    private static bool IsPicture(Attachment file) =>
        file.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) != false
        && file.Filename?.StartsWith(SpoilerPrefix, StringComparison.OrdinalIgnoreCase) != true
        && (file.ContentType is not null || file.Width is not null);
}
