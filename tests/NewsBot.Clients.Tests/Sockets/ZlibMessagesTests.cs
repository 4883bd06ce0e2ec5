using System.Text;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Tests.Sockets;

public sealed class ZlibMessagesTests
{
    // Three messages of one zlib stream: a Hello, a READY padded with 3,000 letters, an acknowledgement.
    private static readonly byte[][] Frames =
    [
        Convert.FromBase64String(
            "eJyqVipRssorzcnRUSqGMfILlKwMDXSUUpSsqpUyUhOLSpJSE0viM/NKUovKEnOUrEwMjUwNamsBAAAA//8="
        ),
        Convert.FromBase64String(
            "7MwxDoJAEIXhu0y/EFo7E7yAndVmgMlmC8XsY0VjuLsL6B0s3ldO5n/vtZXz6dheZMubvf2lj30GBsTx"
                + "5mM5inZ9+U2GfDUfdLJZXz6nMiozcKjr781lOFNMjeuqIaIf01CFUNK7rjNPIiIiIiL6e7IsHwAAAP//"
        ),
        Convert.FromBase64String("qsbV4zAEdxtAArUAAAAA//8="),
    ];

    private static readonly string[] Texts =
    [
        """{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250}}""",
        """{"t":"READY","s":1,"op":0,"d":{"v":10,"session_id":"abc","resume_gateway_url":"wss://gateway-us-east1-b.discord.gg","pad":"@"}}""".Replace(
            "@",
            new string('x', 3000)
        ),
        """{"t":null,"s":null,"op":11,"d":null}""",
    ];

    [Fact]
    public void Messages_of_one_stream_inflate_one_after_the_other()
    {
        using var zlib = new ZlibMessages();

        Assert.Equal(Texts, Frames.Select(frame => Inflate(zlib, frame, 10_000)));
    }

    [Fact]
    public void Data_that_asks_for_a_dictionary_is_refused_like_any_that_is_broken()
    {
        using var zlib = new ZlibMessages();

        byte[] frame = [0x78, 0x7D, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0xFF, 0xFF];

        Assert.Throws<InvalidDataException>(() => Inflate(zlib, frame, 10_000));
    }

    [Fact]
    public void Only_the_flush_at_its_end_makes_a_message_whole()
    {
        Assert.All(Frames, frame => Assert.True(ZlibMessages.IsWhole(frame)));
        Assert.All(Frames, frame => Assert.False(ZlibMessages.IsWhole(frame.AsSpan()[..^1])));
        Assert.False(ZlibMessages.IsWhole([]));
    }

    [Fact]
    public void A_message_may_be_as_long_as_allowed_and_no_longer()
    {
        using var enough = new ZlibMessages();
        using var less = new ZlibMessages();
        Inflate(enough, Frames[0], 10_000);
        Inflate(less, Frames[0], 10_000);

        Assert.Equal(Texts[1], Inflate(enough, Frames[1], Texts[1].Length));
        Assert.Throws<MessageTooLongException>(() => Inflate(less, Frames[1], Texts[1].Length - 1));
    }

    [Theory]
    [InlineData("AAAA//8=")]
    [InlineData("eyJvcCI6MTB9AAD//w==")]
    public void What_is_no_zlib_is_refused(string base64)
    {
        using var zlib = new ZlibMessages();

        Assert.Throws<InvalidDataException>(() => Inflate(zlib, Convert.FromBase64String(base64), 10_000));
    }

    [Fact]
    public void A_message_from_the_middle_of_another_stream_is_refused()
    {
        using var zlib = new ZlibMessages();

        Assert.Throws<InvalidDataException>(() => Inflate(zlib, Frames[1], 10_000));
    }

    private static string Inflate(ZlibMessages zlib, byte[] frame, int maxBytes)
    {
        using var text = new MessageBuffer(maxBytes);
        zlib.Inflate(frame, text);
        return Encoding.UTF8.GetString(text.Written.Span);
    }
}
