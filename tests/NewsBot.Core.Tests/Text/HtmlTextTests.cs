using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

/// <summary>HTML as people would read it aloud.</summary>
public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("<p>One</p><p>Two</p>", "One Two")]
    [InlineData("a<b>b</b>c", "abc")]
    [InlineData("line<br>break", "line break")]
    [InlineData("<li>x</li><li>y</li>", "x y")]
    [InlineData("Tom &amp; Jerry&nbsp;&#x2014; &#150; &euro;5", "Tom & Jerry — – €5")]
    [InlineData("a<script>var x = '<p>no</p>';</script>b<style>p{}</style>c", "abc")]
    [InlineData("a<!-- no -->b", "ab")]
    [InlineData("<img alt='a > b' src=x>text", "text")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("cut <a href=\"", "cut")]
    [InlineData("", "")]
    public void Markup_goes_and_words_stay_apart(string html, string text) =>
        Assert.Equal(text, HtmlText.ToPlain(html));

    [Fact]
    public void Lines_can_be_kept() =>
        Assert.Equal("One\nTwo three", HtmlText.ToPlain("<p>One</p>\n<p>Two\nthree</p>", keepLines: true));

    [Theory]
    [InlineData("&amp;amp;", "&amp;")]
    [InlineData("&CounterClockwiseContourIntegral;", "∳")]
    [InlineData("&#0;&#xD800;&#x110000;&#99999999999;", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("a & b &; &x", "a & b &; &x")]
    [InlineData("&#8217", "’")]
    public void References_are_decoded_once(string text, string decoded) =>
        Assert.Equal(decoded, HtmlEntities.Decode(text));
}
