using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class PictureAltTests
{
    private const string Title = "Ferry returns to the harbour";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Image")]
    [InlineData("Featured image.")]
    [InlineData("Symbolbild")]
    [InlineData("IMG_2041")]
    [InlineData("dsc-0012.jpg")]
    [InlineData("20240311_104512")]
    [InlineData("https://a.example/ferry")]
    [InlineData("FERRY RETURNS to the harbour")]
    public void What_says_nothing_of_the_picture_is_no_text(string? written) =>
        Assert.Null(PictureAlt.Of(written, Title));

    [Theory]
    [InlineData("A white ferry\r\n at  the quay ", "A white ferry at the quay")]
    [InlineData("A <b>white</b> ferry &amp; a crane", "A white ferry & a crane")]
    [InlineData("Turned \u202Eround\u202C", "Turned round")]
    [InlineData("フェリーが港に戻る", "フェリーが港に戻る")]
    public void A_text_is_one_plain_line(string written, string expected) =>
        Assert.Equal(expected, PictureAlt.Of(written, Title));

    [Fact]
    public void A_long_text_ends_at_a_word()
    {
        var text = PictureAlt.Of(string.Join(' ', Enumerable.Repeat("ferry", 2_000)), Title)!;

        Assert.InRange(text.Length, 280, PictureAlt.MaxLength);
        Assert.EndsWith("ferry…", text);
    }
}
