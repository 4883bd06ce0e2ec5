using System.IO.Compression;

namespace NewsBot.Testing.Servers;

/// <summary>Packs bytes the ways servers do.</summary>
internal static class Packed
{
    public static byte[] Gzip(ReadOnlySpan<byte> plain) =>
        Pack(plain, stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));

    public static byte[] Brotli(ReadOnlySpan<byte> plain) =>
        Pack(plain, stream => new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true));

    public static byte[] Zlib(ReadOnlySpan<byte> plain) =>
        Pack(plain, stream => new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true));

    public static byte[] RawDeflate(ReadOnlySpan<byte> plain) =>
        Pack(plain, stream => new DeflateStream(stream, CompressionLevel.Fastest, leaveOpen: true));

    private static byte[] Pack(ReadOnlySpan<byte> plain, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }
}
