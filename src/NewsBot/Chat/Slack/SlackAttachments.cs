using System.Net;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Chat.Slack;

/// <summary>Files of Slack's messages. They lie where only members get them, so pictures are copied.</summary>
internal sealed class SlackAttachments(SlackInstalls installs) : IAttachmentSource
{
    public string Platform => "slack";

    public static ChatFile File(SlackFile file) =>
        new(
            file.Id ?? "",
            file.Name ?? file.Title,
            file.Mimetype,
            file.Size,
            file.AltTxt,
            file.UrlPrivateDownload ?? file.UrlPrivate,
            file.Mimetype?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true
                && file.Mode is null or "hosted" or "snippet"
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
            return await installs.ForTeamAsync(workspace, cancellationToken) is { } api
                ? new AttachmentDownload.Done(await api.DownloadAsync(url, maxBytes, cancellationToken))
                : new AttachmentDownload.Never();
        }
        catch (SlackException error)
        {
            // A file is told of before it is there everywhere.
            return error.Status is null or HttpStatusCode.NotFound or >= HttpStatusCode.InternalServerError
                ? new AttachmentDownload.Later()
                : new AttachmentDownload.Never();
        }
    }
}
