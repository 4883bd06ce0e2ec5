using NewsBot.Fetching;

namespace NewsBot.Summarising;

/// <summary>Lets answers through up to a size: a summary is small, and who sends more does not mean well.</summary>
internal sealed class BoundedAnswers : DelegatingHandler
{
    public const int MaxBytes = 256 * 1024;

    /// <exception cref="FetchRefusedException">The answer is longer.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            var place = request.RequestUri!.Host;
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var read = await BodyReader.ReadAsync(
                body,
                response.Content.Headers.ContentEncoding,
                MaxBytes,
                place,
                response.Content.Headers.ContentLength,
                cancellationToken
            );
            var bounded = new ByteArrayContent(read.Memory.ToArray());
            bounded.Headers.ContentType = response.Content.Headers.ContentType;
            response.Content.Dispose();
            response.Content = bounded;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
