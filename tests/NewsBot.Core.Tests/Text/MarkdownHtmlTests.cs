using AngleSharp.Html.Parser;
using CsCheck;
using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class MarkdownHtmlTests
{
    private static readonly string[] Elements =
    [
        "P",
        "STRONG",
        "EM",
        "DEL",
        "CODE",
        "PRE",
        "BLOCKQUOTE",
        "UL",
        "OL",
        "LI",
        "HR",
        "BR",
        "A",
        "HTML",
        "HEAD",
        "BODY",
    ];

    private static readonly string[] Pieces =
    [
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "    ",
        "javascript:alert(1)",
        "data:text/html,x",
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "onclick=\"x\"",
        "\"",
        "'",
        "&",
        "&lt;",
        "&#106;avascript:",
        "http://example.com/\"onmouseover=\"x",
        "https://a.example",
        "#12",
        "@everyone",
        "a",
        " ",
        "\\",
        "[x]: javascript:x\n",
        "[x]",
        "www.example.com",
        "mailto:a@b.example",
        "\0",
        "\ud800",
        "<a href='javascript:x'>",
        "JaVaScRiPt:x",
        "\t",
        "vbscript:x",
        "<javascript:x>",
        "<https://b.example/?a=\"<x>>",
    ];

    [Theory]
    [InlineData(
        "Hello *you* and **you** ~~not you~~",
        "<p>Hello <em>you</em> and <strong>you</strong> <del>not you</del></p>"
    )]
    [InlineData("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>")]
    [InlineData("# Loud", "<p><strong>Loud</strong></p>")]
    [InlineData("> quoted", "<blockquote><p>quoted</p></blockquote>")]
    [InlineData("- a\n- b", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>")]
    [InlineData("`<b>`", "<p><code>&lt;b&gt;</code></p>")]
    [InlineData("```\n<b>\n```", "<pre tabindex=\"0\"><code>&lt;b&gt;</code></pre>")]
    [InlineData("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>")]
    [InlineData(
        "[a](https://example.com/x)",
        "<p><a href=\"https://example.com/x\" rel=\"nofollow ugc noopener\">a</a></p>"
    )]
    [InlineData(
        "https://example.com/x",
        "<p><a href=\"https://example.com/x\" rel=\"nofollow ugc noopener\">https://example.com/x</a></p>"
    )]
    [InlineData(
        "![cat](https://example.com/c.png)",
        "<p><a href=\"https://example.com/c.png\" rel=\"nofollow ugc noopener\">cat</a></p>"
    )]
    [InlineData(
        "![](https://example.com/c.png)",
        "<p><a href=\"https://example.com/c.png\" rel=\"nofollow ugc noopener\">picture</a></p>"
    )]
    [InlineData("[a](javascript:alert(1))", "<p>a</p>")]
    [InlineData("[a](/etc/passwd)", "<p>a</p>")]
    [InlineData("@everyone look", "<p>@everyone look</p>")]
    [InlineData("A & B's \"C\" &copy;", "<p>A &amp; B&#39;s &quot;C&quot; ©</p>")]
    [InlineData("", "")]
    public void Comments_are_shown_as_they_were_meant(string markdown, string html) =>
        Assert.Equal(html, MarkdownHtml.Render(markdown));

    [Theory]
    [InlineData("see #12, not #13", "<p>see <a href=\"#c12\">#12</a>, not #13</p>")]
    [InlineData("x#12 #12a ##12 #012", "<p>x#12 #12a ##12 #012</p>")]
    [InlineData("`#12`", "<p><code>#12</code></p>")]
    [InlineData(
        "[#12](https://example.com)",
        "<p><a href=\"https://example.com/\" rel=\"nofollow ugc noopener\">#12</a></p>"
    )]
    public void Numbers_that_exist_lead_to_their_comment(string markdown, string html) =>
        Assert.Equal(html, MarkdownHtml.Render(markdown, number => number == 12));

    [Theory]
    [InlineData("Hello *you*, see [this](https://example.com) and `code`", "Hello you, see this and code")]
    [InlineData("# A\n\n- b\n- c\n\n> d &amp; e", "A\nb\nc\nd & e")]
    [InlineData("![](https://example.com/c.png)", "https://example.com/c.png")]
    [InlineData("<https://example.com/x> <b>", "https://example.com/x <b>")]
    public void Plain_text_has_the_words_alone(string markdown, string text) =>
        Assert.Equal(text, MarkdownPlain.Render(markdown));

    [Theory]
    [InlineData("[")]
    [InlineData("*")]
    [InlineData(">")]
    [InlineData("> ")]
    [InlineData("`")]
    [InlineData("![")]
    [InlineData("[](")]
    [InlineData("*_")]
    [InlineData("*a_")]
    [InlineData("**a *b ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("~~")]
    [InlineData("[a]: b\n")]
    [InlineData("\n> - ")]
    [InlineData("`a``")]
    [InlineData("http://")]
    [InlineData("&#")]
    [InlineData("a*")]
    [InlineData("]")]
    public void Nasty_text_is_shown_without_delay_or_failure(string piece)
    {
        foreach (var length in new[] { 7_900, 100_000 })
        {
            var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));

            Assert.NotNull(MarkdownHtml.Render(text));
            Assert.NotNull(MarkdownPlain.Render(text));
        }
    }

    [Fact]
    public void Text_too_long_for_Markdown_comes_as_it_was_typed()
    {
        var html = MarkdownHtml.Render("*a*\nb <c>\n\n" + new string('x', 20_000));

        Assert.StartsWith("<p>*a*<br>b &lt;c&gt;</p><p>xxx", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_safe_elements_and_attributes_ever_come_out()
    {
        var parser = new HtmlParser();
        Gen.Int[0, Pieces.Length - 1]
            .Array[0, 40]
            .Select(picks => string.Concat(picks.Select(pick => Pieces[pick])))
            .Sample(
                markdown =>
                {
                    var document = parser.ParseDocument(MarkdownHtml.Render(markdown, _ => true));
                    return document.All.All(element =>
                        Elements.Contains(element.TagName)
                        && element.Attributes.All(attribute =>
                            (element.TagName, attribute.Name) switch
                            {
                                ("A", "href") => IsSafe(attribute.Value),
                                ("A", "rel") or ("PRE", "tabindex") or ("OL", "start") => true,
                                _ => false,
                            }
                        )
                    );
                },
                iter: 5_000
            );
    }

    private static bool IsSafe(string address) =>
        address.StartsWith("#c", StringComparison.Ordinal)
        || (Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "mailto");
}
