using Markdig;
using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class MarkdownEscapeTests
{
    [Theory]
    [InlineData("Plain words, 24 hours; it's fine (really).")]
    [InlineData("**bold** _it_ `code` ~~gone~~ [a](http://x) <b>&amp;</b> ![p](q)")]
    [InlineData("# heading")]
    [InlineData("- item")]
    [InlineData("12. item")]
    [InlineData("12) item")]
    [InlineData("> quote")]
    [InlineData("| a | b |")]
    [InlineData("\\ back ^ $x$")]
    [InlineData("@everyone <@123> <!channel>")]
    public void Foreign_text_shows_as_it_was_written(string text)
    {
        var html = Markdown.ToHtml(
            MarkdownEscape.Line(text),
            new MarkdownPipelineBuilder().UseAdvancedExtensions().Build()
        );

        Assert.Equal(
            $"<p>{System.Net.WebUtility.HtmlEncode(text).Replace("&#39;", "'", StringComparison.Ordinal)}</p>\n",
            html
        );
    }

    [Fact]
    public void It_stays_one_line_without_control_and_direction_characters()
    {
        Assert.Equal("one two", MarkdownEscape.Line("  one\r\n\u202e\u0007 two\n"));
    }

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        Assert.Equal("ab…", MarkdownEscape.Line("ab😀cd", 3));
    }

    [Theory]
    [InlineData("https://example.org/a b>c", "[x](<https://example.org/a%20b%3Ec>)")]
    [InlineData("javascript:alert(1)", "x")]
    [InlineData("not an address", "x")]
    public void Only_web_addresses_become_links(string url, string expected)
    {
        Assert.Equal(expected, MarkdownEscape.Link("x", url));
    }

    [Theory]
    [InlineData("a", "`a`")]
    [InlineData("a`b", "`` a`b ``")]
    [InlineData("a\nb", "`a b`")]
    public void Code_holds_anything(string text, string expected)
    {
        Assert.Equal(expected, MarkdownEscape.Code(text));
    }
}
