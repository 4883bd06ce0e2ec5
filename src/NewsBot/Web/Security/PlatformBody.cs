namespace NewsBot.Web.Security;

/// <summary>Reads what somebody who says to be a platform sends, as far as that can be true.</summary>
internal static class PlatformBody
{
    // Both platforms give up after three seconds; a body that takes longer is not theirs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <inheritdoc cref="ReadAsync(HttpRequest, int, TimeSpan, TimeProvider, CancellationToken)"/>
    public static Task<(byte[]? Body, int Status)> ReadAsync(
        HttpRequest request,
        int mostBytes,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => ReadAsync(request, mostBytes, Patience, time, cancellationToken);

    /// <param name="request">The request.</param>
    /// <param name="mostBytes">The largest body that can be theirs.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The bytes as they came; null, with the status to answer, where it is larger or comes too slowly.</returns>
    public static async Task<(byte[]? Body, int Status)> ReadAsync(
        HttpRequest request,
        int mostBytes,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength > mostBytes)
        {
            return (null, StatusCodes.Status413PayloadTooLarge);
        }

        using var late = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, either.Token)) > 0)
            {
                if (body.Length + read > mostBytes)
                {
                    return (null, StatusCodes.Status413PayloadTooLarge);
                }

                await body.WriteAsync(buffer.AsMemory(0, read), either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, StatusCodes.Status408RequestTimeout);
        }

        return (body.ToArray(), StatusCodes.Status200OK);
    }
}
