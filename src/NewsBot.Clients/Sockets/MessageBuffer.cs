using System.Buffers;

namespace NewsBot.Clients.Sockets;

/// <summary>A reused, growing buffer for one message at a time. Not thread-safe.</summary>
/// <param name="maxBytes">A message longer than this is refused.</param>
internal sealed class MessageBuffer(int maxBytes) : IDisposable
{
    private const int FirstBytes = 16 * 1024;

    // One large guild at start should not hold its megabytes for as long as the connection lives.
    private const int KeptBytes = 256 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Free space behind what is written; at least one byte.</summary>
    /// <exception cref="MessageTooLongException">The message is longer than allowed.</exception>
    public Memory<byte> Space()
    {
        if (Length > maxBytes)
        {
            throw new MessageTooLongException(maxBytes);
        }

        if (Length == _bytes.Length)
        {
            Replace(ArrayPool<byte>.Shared.Rent(_bytes.Length * 2));
        }

        // One byte more than allowed, so that too long a message shows.
        return _bytes.AsMemory(Length, Math.Min(_bytes.Length - Length, maxBytes + 1 - Length));
    }

    /// <exception cref="MessageTooLongException">The message is longer than allowed.</exception>
    public void Advance(int count)
    {
        Length += count;
        if (Length > maxBytes)
        {
            throw new MessageTooLongException(maxBytes);
        }
    }

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptBytes)
        {
            Replace(ArrayPool<byte>.Shared.Rent(FirstBytes));
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void Replace(byte[] other)
    {
        _bytes.AsSpan(0, Length).CopyTo(other);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = other;
    }
}
