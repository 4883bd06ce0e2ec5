using System.IO.Compression;

namespace NewsBot.Testing.Servers.Sockets;

/// <summary>
/// Compresses the payloads of one connection with one deflate context; each ends with the marker 00 00 FF FF.
/// Source: https://discord.com/developers/docs/events/gateway#zlib-stream
/// </summary>
internal sealed class ZlibStreamWriter : IDisposable
{
    private readonly MemoryStream _pressed = new();
    private readonly ZLibStream _zlib;

    public ZlibStreamWriter() => _zlib = new ZLibStream(_pressed, CompressionLevel.Fastest, leaveOpen: true);

    /// <summary>Compresses one payload. The answer holds until the next call.</summary>
    public ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> payload)
    {
        _pressed.SetLength(0);
        _zlib.Write(payload.Span);
        _zlib.Flush();
        return _pressed.GetBuffer().AsMemory(0, (int)_pressed.Length);
    }

    /// <summary>A place to cut at or shortly behind the one wished, so that the first piece does not look finished.</summary>
    /// <returns>0 where there is none.</returns>
    public static int SafeCut(ReadOnlySpan<byte> pressed, int wished)
    {
        for (var cut = Math.Max(wished, 4); cut < pressed.Length; cut++)
        {
            if (!pressed[..cut].EndsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0xFF, 0xFF]))
            {
                return cut;
            }
        }

        return 0;
    }

    public void Dispose()
    {
        _zlib.Dispose();
        _pressed.Dispose();
    }
}
