using System.Buffers;

namespace NewsBot.Fetching;

/// <summary>A document that grows while it is read, in memory that the next one may have afterwards.</summary>
internal sealed class FetchedBody(int expected) : IDisposable
{
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(expected);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => Buffer.AsMemory(0, Length);

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(FetchedBody));

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Room()
    {
        if (Length == Buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Length * 2);
            Memory.Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(Buffer);
            _buffer = larger;
        }

        return Buffer.AsMemory(Length);
    }

    /// <summary>Takes bytes that were written to <see cref="Room"/>.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Nobody may read <see cref="Memory"/> any more. Without it the memory is collected like any other.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
