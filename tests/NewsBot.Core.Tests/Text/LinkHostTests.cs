using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class LinkHostTests
{
    [Theory]
    [InlineData("[https://bank.example/login](https://evil.example/)", "https://bank.example/login (evil.example)")]
    [InlineData("[bank.example](https://evil.example/)", "bank.example (evil.example)")]
    [InlineData("[**bank.example**](https://evil.example/)", "bank.example (evil.example)")]
    [InlineData(
        "[log in at https://bank.example now](https://evil.example/)",
        "log in at https://bank.example now (evil.example)"
    )]
    [InlineData(
        "[www.bank.example](https://www.bank.example.evil.example/)",
        "www.bank.example (www.bank.example.evil.example)"
    )]
    [InlineData("<https://аррӏе.com/x>", "https://аррӏе.com/x (xn--80ak6aa92e.com)")]
    [InlineData("[paypal](https://pаypal.com/)", "paypal (xn--pypal-4ve.com)")]
    [InlineData("[bank.example](https://bаnk.example/)", "bank.example (xn--bnk-6cd.example)")]
    public void Words_that_name_another_host_get_the_real_one_beside_them(string markdown, string shown)
    {
        Assert.Equal(
            shown,
            string.Concat(MarkdownBlocks.Read(markdown).SelectMany(block => block.Runs).Select(run => run.Text))
        );
        Assert.EndsWith(
            $"</a>{shown[shown.IndexOf(" (", StringComparison.Ordinal)..]}</p>",
            MarkdownHtml.Render(markdown)
        );
    }

    [Theory]
    [InlineData("[the bank](https://bank.example/)")]
    [InlineData("[bank.example](https://www.bank.example/login)")]
    [InlineData("[https://bank.example/](https://bank.example/)")]
    [InlineData("https://bank.example/a?b=c.d")]
    [InlineData("[see section 4.b of it](https://bank.example/)")]
    [InlineData("[版本](https://例え.テスト/)")]
    [InlineData("<https://яндекс.рф/>")]
    [InlineData("<https://müller.example/>")]
    [InlineData("[a@bank.example](mailto:a@bank.example)")]
    public void Honest_links_stay_as_they_are(string markdown)
    {
        Assert.DoesNotContain(
            " (",
            string.Concat(MarkdownBlocks.Read(markdown).SelectMany(block => block.Runs).Select(run => run.Text))
        );
        Assert.DoesNotContain(" (", MarkdownHtml.Render(markdown));
    }

    [Theory]
    [InlineData("[a](https://bank.example@evil.example/)")]
    [InlineData("https://bank.example:443@evil.example/")]
    [InlineData("<https://bank.example%2F@evil.example/>")]
    public void An_address_that_hides_its_host_is_no_link(string markdown)
    {
        Assert.DoesNotContain("<a", MarkdownHtml.Render(markdown));
        Assert.All(MarkdownBlocks.Read(markdown).SelectMany(block => block.Runs), run => Assert.Null(run.Url));
    }
}
