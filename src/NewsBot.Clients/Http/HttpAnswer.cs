using System.Net;
using System.Net.Http.Headers;

namespace NewsBot.Clients.Http;

/// <summary>An answer whose body was read as far as allowed.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body; cut off where it is an error's.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, ReadOnlyMemory<byte> Body)
{
    // A page of full messages is a few MiB, a large server's channels are too; this is far above either.
    public const int MaxBodyBytes = 25 * 1024 * 1024;

    // The longest real error lists a few hundred fields.
    public const int MaxErrorBytes = 64 * 1024;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Reads a body up to a limit.</summary>
    /// <returns>Null where it is longer and may not be cut off.</returns>
    /// <exception cref="HttpRequestException">The connection broke.</exception>
    /// <exception cref="IOException">The same.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpContent content,
        int maxBytes,
        bool mayCut,
        CancellationToken cancellationToken
    )
    {
        if (!mayCut && content.Headers.ContentLength > maxBytes)
        {
            return null;
        }

        await using var source = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var fits = (int)Math.Min(count, maxBytes - kept.Length);
            await kept.WriteAsync(buffer.AsMemory(0, fits), cancellationToken);
            if (fits < count && !mayCut)
            {
                return null;
            }

            if (fits < count)
            {
                break;
            }
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }
}
