using NewsBot.Chat.Discord;
using NewsBot.Core.Text;

namespace NewsBot.Tests.Discord.Listening;

/// <summary>What is typed in Discord looks on our pages as it does there.</summary>
public sealed class DiscordMarkdownTests
{
    private static readonly DiscordMentions Mentions = new(
        id => id.Value == 1 ? "Saga_W" : null,
        id => id.Value == 2 ? "Night *desk*" : null,
        id => id.Value == 3 ? "news" : null
    );

    [Theory]
    [InlineData("plain words", "<p>plain words</p>")]
    [InlineData("**bold** *it* ~~gone~~", "<p><strong>bold</strong> <em>it</em> <del>gone</del></p>")]
    [InlineData("__under__ it", "<p><em>under</em> it</p>")]
    [InlineData("snake__case", "<p>snake__case</p>")]
    [InlineData("one\ntwo", "<p>one<br>two</p>")]
    [InlineData("# Big\nsmall", "<p><strong>Big</strong></p><p>small</p>")]
    [InlineData("#### four", "<p>#### four</p>")]
    [InlineData("-# tiny", "<p>tiny</p>")]
    [InlineData("> quoted\nnot", "<blockquote><p>quoted</p></blockquote><p>not</p>")]
    [InlineData(">not quoted", "<p>&gt;not quoted</p>")]
    [InlineData(">>> all\nof it", "<blockquote><p>all<br>of it</p></blockquote>")]
    [InlineData("- a\n- b\nc", "<ul><li>a</li><li>b</li></ul><p>c</p>")]
    [InlineData("+ a", "<p>+ a</p>")]
    [InlineData("1) a", "<p>1) a</p>")]
    [InlineData("text\n---", "<p>text<br>---</p>")]
    [InlineData("text\n===", "<p>text<br>===</p>")]
    [InlineData(
        "[a]: https://x.example/b",
        "<p>[a]: <a href=\"https://x.example/b\" rel=\"nofollow ugc noopener\">https://x.example/b</a></p>"
    )]
    [InlineData("    four spaces", "<p>four spaces</p>")]
    [InlineData("`a ||b|| <@1>`", "<p><code>a ||b|| &lt;@1&gt;</code></p>")]
    [InlineData("```cs\nvar a = 1;\n```", "<pre tabindex=\"0\"><code>var a = 1;</code></pre>")]
    [InlineData("```one line```", "<pre tabindex=\"0\"><code>one line</code></pre>")]
    [InlineData("Tom &amp; Jerry", "<p>Tom &amp;amp; Jerry</p>")]
    [InlineData("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>")]
    [InlineData(@"shrug ¯\_(ツ)_/¯", "<p>shrug ¯_(ツ)_/¯</p>")]
    [InlineData(
        "![a](https://x.example/p.png)",
        "<p>!<a href=\"https://x.example/p.png\" rel=\"nofollow ugc noopener\">a</a></p>"
    )]
    [InlineData(
        "[t](https://x.example/a_b_c)",
        "<p><a href=\"https://x.example/a_b_c\" rel=\"nofollow ugc noopener\">t</a></p>"
    )]
    public void Markdown_means_the_same_on_a_page(string discord, string html) =>
        Assert.Equal(html, MarkdownHtml.Render(DiscordMarkdown.Convert(discord, Mentions)));

    [Theory]
    [InlineData("a ||secret|| b")]
    [InlineData("||secret|| b")]
    [InlineData("||one\nsecret\nthree||")]
    [InlineData("|||secret||")]
    [InlineData("||`secret`||")]
    [InlineData("||```secret```||")]
    [InlineData("> ||secret||")]
    [InlineData("||https://x.example/secret||")]
    [InlineData("||<@1> **secret**||")]
    public void A_spoiler_is_not_shown_openly(string discord)
    {
        var html = MarkdownHtml.Render(DiscordMarkdown.Convert(discord, Mentions));

        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.Contains("<em>(spoiler)</em>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hi <@1>", "hi @Saga_W")]
    [InlineData("hi <@!1> and <@9>", "hi @Saga_W and @someone")]
    [InlineData("<@&2> <@&9>", "@Night *desk* @a-role")]
    [InlineData("in <#3>, <#9>", "in #news, #a-channel")]
    [InlineData("<:party_parrot:12> <a:wave:13>", ":party_parrot: :wave:")]
    [InlineData("</news search:44>", "/news search")]
    [InlineData("<t:1618953630>", "20 April 2021, 21:20 UTC")]
    [InlineData("<t:1618953630:R>", "20 April 2021, 21:20 UTC")]
    [InlineData("<t:1618953630:d>", "20 April 2021")]
    [InlineData("<t:99999999999999:F>", "<t:99999999999999:F>")]
    [InlineData("<id:customize>", "#customize")]
    [InlineData("<@abc> <#> <t:x>", "<@abc> <#> <t:x>")]
    [InlineData("@everyone @here", "@everyone @here")]
    public void What_is_named_becomes_words(string discord, string words) =>
        Assert.Equal(words, MarkdownPlain.Render(DiscordMarkdown.Convert(discord, Mentions)));

    [Theory]
    [InlineData('|')]
    [InlineData('`')]
    [InlineData('_')]
    [InlineData('<')]
    [InlineData('\\')]
    [InlineData('>')]
    [InlineData('\uE000')]
    public void Four_thousand_of_any_sign_come_through_in_time(char sign)
    {
        var text = DiscordMarkdown.Convert(new string(sign, 4_000), Mentions);

        Assert.InRange(text.Length, 0, 9_000);
    }
}
