using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NewsBot.Clients.Http;

namespace NewsBot.Clients.Slack.WebApi;

/// <content>Files, and answers by a response_url.</content>
public sealed partial class SlackWebApi
{
    // The longest answer that is read: "ok", or a line of JSON.
    private const int LongestResponse = 64 * 1024;

    // A file of some megabytes over a slow line takes longer than a call.
    private const int DownloadPatience = 4;

    private static readonly string[] FileHosts = ["files.slack.com", "files.slack-gov.com"];
    private static readonly string[] ResponseHosts = ["hooks.slack.com", "hooks.slack-gov.com"];

    /// <summary>
    /// Downloads a file from Slack's own servers (or from loopback where the API is there), showing the token to nobody
    /// else. Not tried again by itself. Source: https://docs.slack.dev/reference/objects/file-object
    /// </summary>
    /// <param name="url">As in <see cref="Objects.SlackFile.UrlPrivate"/>; other hosts are refused.</param>
    /// <param name="maxBytes">More than this is refused.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="SlackException">The host is another, the file is larger or gone, or the server does not answer.</exception>
    public async Task<ReadOnlyMemory<byte>> DownloadAsync(Uri url, int maxBytes, CancellationToken cancellationToken)
    {
        if (!IsOurs(url, FileHosts))
        {
            throw new SlackException(null, "", "Files are taken from Slack's own servers only.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = _sender.Token is { } token
            ? new AuthenticationHeaderValue("Bearer", token)
            : null;
        var (status, body, type) = await ExchangeAsync(
            request,
            _options.Timeout * DownloadPatience,
            maxBytes,
            "a file",
            cancellationToken
        );

        // Without leave Slack does not refuse, it shows the page to sign in at.
        var isPage = type == "text/html" && !url.AbsolutePath.EndsWith(".html", StringComparison.OrdinalIgnoreCase);
        return status != HttpStatusCode.OK || isPage
            ? throw new SlackException(status, "", "Slack does not give the file out.")
            : body ?? throw new SlackException(status, "", "The file is larger than it may be.");
    }

    /// <summary>
    /// Answers a command or interaction; at most five times within 30 minutes. Never tried again by itself after Slack may
    /// have got it. Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
    /// </summary>
    /// <param name="url">As it came; other hosts are refused. A secret.</param>
    /// <param name="message">The answer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="SlackException">The host is another, Slack refused, or did not answer.</exception>
    public async Task RespondAsync(Uri url, ResponseMessage message, CancellationToken cancellationToken)
    {
        if (!IsOurs(url, ResponseHosts))
        {
            throw new SlackException(null, "", "Answers are given to Slack's own servers only.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Body(message), SlackJson.Options)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var (status, body, _) = await ExchangeAsync(
            request,
            _options.Timeout,
            LongestResponse,
            "an answer",
            cancellationToken
        );
        var reply = WebReply.Read(body ?? default, _sender.Token);
        if (status != HttpStatusCode.OK || reply.Ok is false)
        {
            throw new SlackException(
                status,
                reply.Error,
                $"Slack did not take an answer ({(int)status} {reply.Error})."
            )
            {
                IsOutcomeUnknown = (int)status >= 500,
            };
        }
    }

    private static ResponseBody Body(ResponseMessage message) =>
        new(
            message.Text,
            message.Blocks,
            message.IsPublic ? "in_channel" : "ephemeral",
            message.ReplaceOriginal,
            message.DeleteOriginal ? true : null,
            message.Thread.IsEmpty ? null : message.Thread.Text,
            UnfurlLinks: false,
            UnfurlMedia: false
        );

    private async Task<(HttpStatusCode Status, ReadOnlyMemory<byte>? Body, string? Type)> ExchangeAsync(
        HttpRequestMessage request,
        TimeSpan timeout,
        int maxBytes,
        string what,
        CancellationToken cancellationToken
    )
    {
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        var isRead = request.Method == HttpMethod.Get;
        using var late = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var asked = request.RequestUri;
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.RequestMessage?.RequestUri != asked)
            {
                throw new SlackException(response.StatusCode, "", $"A redirect was followed for {what}.");
            }

            var body = await HttpAnswer.ReadAsync(response.Content, maxBytes, mayCut: false, either.Token);
            return (response.StatusCode, body, response.Content.Headers.ContentType?.MediaType);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SlackException(null, "", $"Slack did not answer in time for {what}.")
            {
                IsOutcomeUnknown = !isRead,
            };
        }
        catch (HttpRequestException error)
        {
            throw new SlackException(null, "", $"{HttpFailures.Words("Slack", error.HttpRequestError)} for {what}.")
            {
                IsOutcomeUnknown = !isRead && !HttpFailures.WasNeverSent(error.HttpRequestError),
            };
        }
        catch (IOException)
        {
            throw new SlackException(null, "", $"The connection to Slack broke for {what}.")
            {
                IsOutcomeUnknown = !isRead,
            };
        }
    }

    private bool IsOurs(Uri url, string[] hosts) =>
        url.IsAbsoluteUri
        && url.UserInfo.Length == 0
        && (
            (url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && hosts.Contains(url.Host))
            || (_options.BaseUrl.IsLoopback && HttpRules.IsSameOrigin(url, _options.BaseUrl))
        );

    private sealed record ResponseBody(
        string? Text,
        IReadOnlyList<Objects.Block>? Blocks,
        string ResponseType,
        bool ReplaceOriginal,
        bool? DeleteOriginal,
        string? ThreadTs,
        bool UnfurlLinks,
        bool UnfurlMedia
    );
}
