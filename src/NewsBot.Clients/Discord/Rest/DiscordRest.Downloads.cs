using System.Net;
using NewsBot.Clients.Http;

namespace NewsBot.Clients.Discord.Rest;

/// <content>Files.</content>
public sealed partial class DiscordRest
{
    private static readonly string[] FileHosts = ["cdn.discordapp.com", "media.discordapp.net"];

    // A file of 10 MiB over a slow line takes longer than a call.
    private const int DownloadPatience = 4;

    /// <summary>
    /// Downloads an attachment from Discord's own servers (or from loopback where the API is there). Tells them nothing of
    /// who asks. Not tried again by itself. Source: https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
    /// </summary>
    /// <param name="url">As in <see cref="Objects.Attachment.Url"/>; other hosts are refused.</param>
    /// <param name="maxBytes">More than this is refused.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="DiscordException">The host is another, the file is larger or gone, or the server does not answer.</exception>
    public async Task<ReadOnlyMemory<byte>> DownloadAsync(Uri url, int maxBytes, CancellationToken cancellationToken)
    {
        if (!IsFile(url))
        {
            throw new DiscordException(null, 0, "Files are taken from Discord's own servers only.");
        }

        using var late = new CancellationTokenSource(_options.Timeout * DownloadPatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await DownloadOnceAsync(url, maxBytes, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DiscordException(null, 0, "Discord did not send the file in time.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new DiscordException(null, 0, "The connection broke while a file was downloaded.");
        }
    }

    private async Task<ReadOnlyMemory<byte>> DownloadOnceAsync(
        Uri url,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        using var response = await _http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        if (response.StatusCode != HttpStatusCode.OK || response.RequestMessage?.RequestUri != url)
        {
            throw new DiscordException(response.StatusCode, 0, "Discord does not give the file out.");
        }

        var body = await HttpAnswer.ReadAsync(response.Content, maxBytes, mayCut: false, cancellationToken);
        return body ?? throw new DiscordException(response.StatusCode, 0, "The file is larger than it may be.");
    }

    private bool IsFile(Uri url) =>
        url.IsAbsoluteUri
        && url.UserInfo.Length == 0
        && (
            (url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && FileHosts.Contains(url.Host))
            || (_options.BaseUrl.IsLoopback && HttpRules.IsSameOrigin(url, _options.BaseUrl))
        );
}
