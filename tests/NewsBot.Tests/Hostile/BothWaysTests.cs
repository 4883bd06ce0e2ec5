using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using CsCheck;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Text;
using NewsBot.Testing;
using NewsBot.Tests.Discord.Publishing;

namespace NewsBot.Tests.Hostile;

/// <summary>Text goes out in a platform's markup and comes back in ours: it says the same, and what was no markup has become none.</summary>
public sealed partial class BothWaysTests
{
    private static readonly string[] Words =
    [
        "kelp",
        "snow flake",
        "a_b_c",
        "2 * 3",
        "C#",
        "don’t",
        "50 %",
        "שלום",
        "😀",
        "x | y",
        "@home",
    ];

    private static readonly string[] Inlines = ["p", "a", "br"];

    private static readonly string[] Elements =
    [
        .. Inlines,
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "hr",
    ];

    private static readonly string[] Attributes = ["href", "rel", "start", "tabindex"];
    private static readonly string[] Schemes = ["http", "https", "mailto"];

    // Documents as people write them.
    private static Gen<string> Inline { get; } =
        Gen.Select(Gen.Int[0, Words.Length - 1], Gen.Int[0, 6])
            .Select(
                (place, style) =>
                    style switch
                    {
                        0 => $"**{MarkdownEscape.Line(Words[place])}**",
                        1 => $"*{MarkdownEscape.Line(Words[place])}*",
                        2 => $"~~{MarkdownEscape.Line(Words[place])}~~",
                        3 => MarkdownEscape.Code(Words[place]),
                        4 => $"[{MarkdownEscape.Line(Words[place])}](https://a.example/{place})",
                        _ => MarkdownEscape.Line(Words[place]),
                    }
            );

    private static Gen<string> Line { get; } = Inline.Array[1, 5].Select(parts => string.Join(" and ", parts));

    private static Gen<string> Block { get; } =
        Gen.Select(Line, Line, Gen.Int[0, 5])
            .Select(
                (one, two, kind) =>
                    kind switch
                    {
                        0 => $"> {one}\n> {two}",
                        1 => $"- {one}\n- {two}",
                        2 => $"1. {one}\n2. {two}",
                        3 => "```\ncode ** <b> `x`\n```",
                        _ => $"{one}\n{two}",
                    }
            );

    private static Gen<string> Document { get; } = Block.Array[1, 5].Select(blocks => string.Join("\n\n", blocks));

    [Fact]
    public void A_comment_goes_to_Discord_and_comes_back_with_the_same_words() =>
        Document.Sample(
            markdown =>
            {
                var (there, isCut) = DiscordMarkdownWriter.Write(markdown, null, 100_000);

                Assert.False(isCut);
                Assert.Equal(Plain(markdown), Plain(DiscordMarkdown.Convert(there, DiscordMentions.None)));
            },
            iter: 3_000
        );

    [Fact]
    public void A_comment_goes_to_Slack_and_comes_back_with_the_same_words() =>
        Document.Sample(
            markdown =>
            {
                var there = SlackMarkdown.Block(markdown, null, 100_000)!;

                Assert.Equal(Plain(markdown), Plain(SlackRichReader.Convert([there], SlackNames.None)!));
            },
            iter: 3_000
        );

    [Fact]
    public void Foreign_text_reads_in_Discord_as_it_was_written_and_has_no_markup() =>
        DiscordTextTests.Hostile.Sample(
            (text, _) =>
            {
                // In an address every sign is its own; where it ends each platform decides for itself.
                if (!text.Contains("://", StringComparison.Ordinal))
                {
                    var line = DiscordText.Line(text, 100_000);
                    AssertPlain(ForeignText.Clean(text), DiscordMarkdown.Convert(line, DiscordMentions.None));
                }
            },
            iter: 5_000
        );

    [Fact]
    public void The_corpus_comes_out_of_every_chat_as_text()
    {
        foreach (var text in HostileScripts.All)
        {
            var element = Element.RichText(text);
            var link = Element.RichLink(text, text);
            string[] kept =
            [
                text,
                DiscordMarkdown.Convert(text, DiscordMentions.None),
                SlackMarkup.Convert(text, SlackNames.None),
                SlackMarkup.Convert(SlackText.Escape(text), SlackNames.None),
                SlackRichReader.Convert(
                    [NewsBot.Clients.Slack.Objects.Block.RichText(Element.RichTextSection(element, link))],
                    SlackNames.None
                ) ?? "",
            ];
            foreach (var markdown in kept)
            {
                AssertHarmless(MarkdownHtml.Render(markdown, _ => true));
            }
        }
    }

    [Theory]
    [InlineData("https://a.example\t_b_ ~~c~~ __d__")]
    [InlineData("https://a.example\u00a0_b_")]
    [InlineData("HTTPS://_b_")]
    [InlineData("HtTp://x_y_z/~~a~~")]
    [InlineData("   # heading")]
    [InlineData("  - item")]
    [InlineData(" -# small")]
    [InlineData("&#32;# heading")]
    [InlineData("\t1. item")]
    public void Nothing_begins_behind_an_address_or_a_space(string text)
    {
        var words = DiscordText.Words(text);

        var bare = Escaped().Replace(words, "·");
        Assert.DoesNotMatch(@"[_~]|^\s*(#|-|\d+\.)", bare);
    }

    [GeneratedRegex(@"\\.|https?://[^\s<]*", RegexOptions.None, 1_000)]
    private static partial Regex Escaped();

    private static string Plain(string markdown) =>
        MarkdownPlain
            .Render(markdown)
            .Replace("\u200b", "", StringComparison.Ordinal)
            .Replace("\n\n", "\n", StringComparison.Ordinal)
            .Trim();

    private static void AssertPlain(string words, string markdown)
    {
        var page = new HtmlParser().ParseDocument(MarkdownHtml.Render(markdown));
        Assert.All(page.Body!.QuerySelectorAll("*"), element => Assert.Contains(element.LocalName, Inlines));
        Assert.Equal(words.Trim(), page.Body!.TextContent.Trim());
    }

    private static void AssertHarmless(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        foreach (var element in page.Body!.QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, Attributes));
            if (element.GetAttribute("href") is { } address && address[0] != '#')
            {
                Assert.Contains(new Uri(address).Scheme, Schemes);
            }
        }
    }
}
