using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Tests.Sockets;

public sealed class MessageBufferTests
{
    [Fact]
    public void It_grows_and_keeps_what_was_written()
    {
        using var buffer = new MessageBuffer(1_000_000);
        var expected = new byte[300_000];
        new Random(7).NextBytes(expected);

        Write(buffer, expected);

        Assert.Equal(expected, buffer.Written.ToArray());
    }

    [Fact]
    public void It_takes_as_much_as_allowed_and_no_byte_more()
    {
        using var buffer = new MessageBuffer(40_000);
        Write(buffer, new byte[40_000]);

        Assert.Throws<MessageTooLongException>(() => Write(buffer, new byte[1]));
        Assert.Throws<MessageTooLongException>(() => buffer.Space());
    }

    [Fact]
    public void It_can_be_used_again_after_too_long_a_message()
    {
        using var buffer = new MessageBuffer(10);
        Assert.Throws<MessageTooLongException>(() => Write(buffer, new byte[11]));

        buffer.Clear();
        Write(buffer, [1, 2, 3]);

        Assert.Equal([1, 2, 3], buffer.Written.ToArray());
    }

    [Fact]
    public void It_gives_back_the_memory_of_a_long_message()
    {
        using var buffer = new MessageBuffer(10_000_000);
        Write(buffer, new byte[5_000_000]);

        buffer.Clear();

        Assert.InRange(buffer.Space().Length, 1, 256 * 1024);
    }

    private static void Write(MessageBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var space = buffer.Space().Span;
            var count = Math.Min(space.Length, bytes.Length);
            bytes[..count].CopyTo(space);
            buffer.Advance(count);
            bytes = bytes[count..];
        }
    }
}
