using System.IO.Compression;

namespace NewsBot.Fetching;

/// <summary>Reads and unpacks a body within bounds that hold for what comes in and for what comes out.</summary>
internal static class BodyReader
{
    // Feeds shrink ten- to thirtyfold; deflate can reach a thousandfold.
    private const int MaxRatio = 200;

    private const int UsualSize = 32 * 1024;

    // Below this size even the strongest packing does no harm.
    private const int RatioMattersFrom = 1024 * 1024;

    /// <summary>Reads a body to its end.</summary>
    /// <param name="packed">What comes over the wire.</param>
    /// <param name="encodings">Content-Encoding in the order applied; at most two.</param>
    /// <param name="maxBytes">Bound for the bytes on the wire and for the unpacked ones.</param>
    /// <param name="place">Names the server in sentences.</param>
    /// <param name="length">What the server says it has; null where it does not.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="FetchRefusedException">A bound was reached, or it cannot be unpacked.</exception>
    public static async Task<FetchedBody> ReadAsync(
        Stream packed,
        IEnumerable<string> encodings,
        int maxBytes,
        string place,
        long? length,
        CancellationToken cancellationToken
    )
    {
        await using var counted = new CountedStream(packed, maxBytes, place);
        var unpacked = await UnpackAsync(counted, encodings, place, cancellationToken);
        await using (unpacked)
        {
            var body = new FetchedBody(Expected(length));
            try
            {
                await FillAsync(body, unpacked, counted, maxBytes, place, cancellationToken);
                var whole = body;
                body = null;
                return whole;
            }
            // The two ways in which the unpackers say the same.
            catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
            {
                throw new FetchRefusedException($"{place} sent a document that cannot be unpacked.", error);
            }
            finally
            {
                body?.Dispose();
            }
        }
    }

    /// <summary>The ending for a document beyond the bound.</summary>
    public static FetchRefusedException TooLarge(string place, int maxBytes) =>
        new($"The document at {place} is larger than {Size(maxBytes)}, so it was not read.");

    private static async Task FillAsync(
        FetchedBody body,
        Stream unpacked,
        CountedStream counted,
        int maxBytes,
        string place,
        CancellationToken cancellationToken
    )
    {
        int read;
        while ((read = await unpacked.ReadAsync(body.Room(), cancellationToken)) > 0)
        {
            if (body.Length + read > maxBytes)
            {
                throw TooLarge(place, maxBytes);
            }

            body.Advance(read);
            if (body.Length > RatioMattersFrom && body.Length / MaxRatio > counted.Count)
            {
                throw new FetchRefusedException(
                    $"The document at {place} unpacks to more than {MaxRatio} times its size, so reading was stopped."
                );
            }
        }
    }

    private static async Task<Stream> UnpackAsync(
        Stream packed,
        IEnumerable<string> encodings,
        string place,
        CancellationToken cancellationToken
    )
    {
        var named = encodings.Where(name => !IsPlain(name)).Reverse().ToList();
        if (named.Count > 2)
        {
            throw new FetchRefusedException($"{place} packed its document more than twice, so it was not read.");
        }

        var stream = packed;
        foreach (var name in named)
        {
            var start = new byte[2];
            var length = await stream.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, cancellationToken);
            var whole = new StartedStream(start.AsMemory(0, length), stream);
            stream = name.ToLowerInvariant() switch
            {
                // Some servers name gzip and send plain text; the magic number decides.
                "gzip" or "x-gzip" => start is [0x1f, 0x8b] ? Gzip(whole) : whole,
                "br" => new BrotliStream(whole, CompressionMode.Decompress),
                // "deflate" is zlib by the book and raw deflate by half the servers.
                "deflate" => IsZlib(start)
                    ? new ZLibStream(whole, CompressionMode.Decompress)
                    : new DeflateStream(whole, CompressionMode.Decompress),
                _ => throw new FetchRefusedException(
                    $"{place} packed its document in a way nobody asked for, so it was not read."
                ),
            };
        }

        return stream;
    }

    private static GZipStream Gzip(Stream packed) => new(packed, CompressionMode.Decompress);

    private static bool IsPlain(string name) =>
        name.Length == 0 || name.Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static bool IsZlib(byte[] start) => (start[0] & 0x0f) == 8 && ((start[0] << 8) | start[1]) % 31 == 0;

    // One byte more shows the end without growing. Nobody gets more than a megabyte for a promise.
    private static int Expected(long? length) =>
        (int)Math.Clamp((length ?? UsualSize) + 1, UsualSize, RatioMattersFrom);

    private static string Size(int bytes) =>
        bytes >= 1024 * 1024 ? $"{bytes / (1024 * 1024)} MiB" : $"{bytes / 1024} KiB";
}
