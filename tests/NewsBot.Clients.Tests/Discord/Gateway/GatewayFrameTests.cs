using System.Text;
using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class GatewayFrameTests
{
    [Theory]
    [InlineData("""{"t":"MESSAGE_CREATE","s":7,"op":0,"d":{"a":[1,{"b":"}"}]}}""")]
    [InlineData("""{"d":{"a":[1,{"b":"}"}]},"op":0,"s":7,"t":"MESSAGE_CREATE"}""")]
    [InlineData(
        """ { "x": {"op": 5, "d": 1}, "op" : 0 , "d":{"a":[1,{"b":"}"}]}, "t":"MESSAGE\u005fCREATE" , "s":7 } """
    )]
    public void The_fields_are_found_in_any_order(string json)
    {
        Assert.True(GatewayFrame.TryRead(Encoding.UTF8.GetBytes(json), out var frame));

        Assert.Equal(0, frame.Opcode);
        Assert.Equal(7, frame.Sequence);
        Assert.Equal("MESSAGE_CREATE", frame.Type);
        Assert.Equal("""{"a":[1,{"b":"}"}]}""", Encoding.UTF8.GetString(frame.Data));
    }

    [Theory]
    [InlineData("""{"op":11}""")]
    [InlineData("""{"op":11,"s":null,"t":null}""")]
    [InlineData("""{"op":11,"s":"1","t":5}""")]
    [InlineData("""{"op":11,"s":1.5,"t":"\ud800"}""")]
    [InlineData("""{"op":11,"s":99999999999999999999,"t":[]}""")]
    public void What_is_absent_null_or_of_another_kind_counts_as_absent(string json)
    {
        Assert.True(GatewayFrame.TryRead(Encoding.UTF8.GetBytes(json), out var frame));

        Assert.Equal(11, frame.Opcode);
        Assert.Null(frame.Sequence);
        Assert.Null(frame.Type);
        Assert.True(frame.Data.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\"op\"")]
    [InlineData("{}")]
    [InlineData("""{"op":null}""")]
    [InlineData("""{"op":"0"}""")]
    [InlineData("""{"op":-1}""")]
    [InlineData("""{"op":0,"d":{}""")]
    [InlineData("""{"op":0,"d":{}}}""")]
    [InlineData("""{"op":0,"d":{}} {"op":0}""")]
    [InlineData("""{"op":0,"d":{"a":}}""")]
    [InlineData("<html>502</html>")]
    public void What_is_no_object_with_an_opcode_is_refused(string text)
    {
        Assert.False(GatewayFrame.TryRead(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        byte[] bytes = [.. """{"op":0,"t":"X","d":{"a":" """u8, 0xC3, 0x28, .. "\"}}"u8];

        Assert.False(GatewayFrame.TryRead(bytes, out _));
    }

    [Fact]
    public void Data_nested_too_deeply_is_refused()
    {
        var json = $$"""{"op":0,"t":"X","d":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";

        Assert.False(GatewayFrame.TryRead(Encoding.UTF8.GetBytes(json), out _));
    }

    [Fact]
    public void Known_names_are_one_string_and_absurd_ones_are_dropped()
    {
        var one = EventNames.Intern("GUILD_CREATE"u8);
        var other = EventNames.Intern("GUILD_CREATE"u8);
        var json = $$$"""{"op":0,"t":"{{{new string('X', 101)}}}","d":{}}""";

        Assert.Same(one, other);
        Assert.Equal("SOMETHING_NEW", EventNames.Intern("SOMETHING_NEW"u8));
        Assert.True(GatewayFrame.TryRead(Encoding.UTF8.GetBytes(json), out var frame));
        Assert.Null(frame.Type);
    }
}
