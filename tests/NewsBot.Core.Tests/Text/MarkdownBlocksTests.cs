using CsCheck;
using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class MarkdownBlocksTests
{
    private static readonly string[] Signs =
    [
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "> ",
        "- ",
        "1. ",
        "# ",
        "[",
        "](",
        ")",
        "\n",
        "  ",
        "\\",
        "<",
        "a",
        "/b",
    ];

    [Fact]
    public void Styles_and_links_become_runs()
    {
        var block = Assert.Single(
            MarkdownBlocks.Read("a **b *c* ~~d~~** `e` [f](https://g.example) <https://h.example>")
        );

        Assert.Equal(MarkdownBlockKind.Paragraph, block.Kind);
        Assert.Equal(
            [
                new MarkdownRun("a ", null, MarkdownStyle.None),
                new MarkdownRun("b ", null, MarkdownStyle.Bold),
                new MarkdownRun("c", null, MarkdownStyle.Bold | MarkdownStyle.Italic),
                new MarkdownRun(" ", null, MarkdownStyle.Bold),
                new MarkdownRun("d", null, MarkdownStyle.Bold | MarkdownStyle.Strike),
                new MarkdownRun(" ", null, MarkdownStyle.None),
                new MarkdownRun("e", null, MarkdownStyle.Code),
                new MarkdownRun(" ", null, MarkdownStyle.None),
                new MarkdownRun("f", "https://g.example/", MarkdownStyle.None),
                new MarkdownRun(" ", null, MarkdownStyle.None),
                new MarkdownRun("https://h.example", "https://h.example/", MarkdownStyle.None),
            ],
            block.Runs
        );
    }

    [Fact]
    public void Lists_keep_their_depth_and_numbers()
    {
        var blocks = MarkdownBlocks.Read(
            "3. c\n   - inner\n4. d\n\n   more of d\n\n> said\n\n# Head\n\n```\ncode\n```"
        );

        Assert.Equal(
            [
                (MarkdownBlockKind.NumberedItem, 0, 3, "c"),
                (MarkdownBlockKind.Item, 1, 0, "inner"),
                (MarkdownBlockKind.NumberedItem, 0, 4, "d\nmore of d"),
                (MarkdownBlockKind.Quote, 0, 0, "said"),
                (MarkdownBlockKind.Heading, 0, 0, "Head"),
                (MarkdownBlockKind.Code, 0, 0, "code"),
            ],
            blocks.Select(block => (block.Kind, block.Depth, block.Number, Words(block)))
        );
    }

    [Theory]
    [InlineData("[x](javascript:alert)", null)]
    [InlineData("[x](//evil.example)", null)]
    [InlineData("[x](/\\evil.example)", null)]
    [InlineData("[x](/stories/3)", "/stories/3")]
    [InlineData("[x](mailto:a@b.example)", "mailto:a@b.example")]
    public void A_link_leads_out_or_to_our_own_pages_only(string markdown, string? url) =>
        Assert.Equal(url, Assert.Single(MarkdownBlocks.Read(markdown)).Runs[0].Url);

    [Fact]
    public void What_is_no_markdown_any_more_comes_as_it_was_typed()
    {
        var deep = string.Concat(Enumerable.Repeat("> ", 40)) + "x";

        Assert.Equal(deep, Words(Assert.Single(MarkdownBlocks.Read(deep))));
        Assert.Empty(MarkdownBlocks.Read(" \n "));
    }

    [Fact]
    public void No_text_is_lost_or_empty() =>
        Gen.Int[0, Signs.Length - 1]
            .Array[0, 40]
            .Select(places => string.Concat(places.Select(place => Signs[place])))
            .Sample(
                markdown =>
                {
                    var blocks = MarkdownBlocks.Read(markdown);

                    Assert.All(blocks, block => Assert.NotEmpty(block.Runs));
                    Assert.All(blocks.SelectMany(block => block.Runs), run => Assert.NotEqual("", run.Text));
                    Assert.Equal(
                        Letters(MarkdownPlain.Render(markdown)),
                        Letters(string.Concat(blocks.Select(block => Words(block))))
                    );
                },
                iter: 5_000
            );

    private static string Words(MarkdownBlock block) => string.Concat(block.Runs.Select(run => run.Text));

    private static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
