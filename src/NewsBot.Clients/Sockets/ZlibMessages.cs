using System.IO.Compression;

namespace NewsBot.Clients.Sockets;

/// <summary>
/// Inflates the messages of one connection, which share one zlib context: each ends with a sync flush and may refer to
/// text of all before it. After an error the context is of no use any more. Not thread-safe.
/// </summary>
internal sealed class ZlibMessages : IDisposable
{
    private readonly Feed _feed = new();
    private readonly ZLibStream _inflater;

    public ZlibMessages() => _inflater = new ZLibStream(_feed, CompressionMode.Decompress, leaveOpen: true);

    /// <summary>Whether the bytes end a message: with the four bytes of an empty stored block.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) =>
        bytes.EndsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0xFF, 0xFF]);

    /// <exception cref="InvalidDataException">Not zlib data, or not the next of this connection.</exception>
    /// <exception cref="MessageTooLongException">It inflates to more than <paramref name="output"/> takes.</exception>
    public void Inflate(ReadOnlyMemory<byte> message, MessageBuffer output)
    {
        _feed.Rest = message;
        while (true)
        {
            var count = Read(output.Space().Span);
            if (count == 0)
            {
                break;
            }

            output.Advance(count);
        }

        if (_feed.Rest.Length > 0)
        {
            throw new InvalidDataException("The zlib stream ended before its message did.");
        }
    }

    private int Read(Span<byte> into)
    {
        try
        {
            return _inflater.Read(into);
        }
        catch (IOException error)
        {
            // What the library makes of, for one, data that asks for a dictionary.
            throw new InvalidDataException("The zlib stream cannot be read.", error);
        }
    }

    public void Dispose()
    {
        _inflater.Dispose();
        _feed.Dispose();
    }

    /// <summary>Gives the inflater one message and then "no more for now", which it takes for an end it can go on from.</summary>
    private sealed class Feed : Stream
    {
        public ReadOnlyMemory<byte> Rest { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, Rest.Length);
            Rest.Span[..count].CopyTo(buffer);
            Rest = Rest[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
