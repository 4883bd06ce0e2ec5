using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Text;
using NewsBot.Tests.Discord.Publishing;

namespace NewsBot.Tests.Slack.Publishing;

/// <summary>Foreign and our own text in Slack.</summary>
public sealed partial class SlackTextTests
{
    [Theory]
    [InlineData("R&D <!channel> is > all", "R&amp;D &lt;!channel&gt; is &gt; all")]
    [InlineData("*bold* _soft_ ~gone~ `code`", "∗bold∗ ˍsoftˍ ∼gone∼ ˋcodeˋ")]
    [InlineData("snake_case 2*3", "snake_case 2*3")]
    [InlineData("> quoted", "› quoted")]
    [InlineData("a\u202Eb\u200Bc\u0007d", "abcd")]
    [InlineData("mail a@b.example", "mail a@b.example")]
    public void Foreign_text_shows_as_it_was_written_and_does_nothing(string text, string expected) =>
        Assert.Equal(expected, SlackText.Line(text, 500));

    [Theory]
    [InlineData("@here")]
    [InlineData("x @Channel")]
    [InlineData("@everyone!")]
    public void No_call_stays_live(string text) =>
        Assert.DoesNotMatch("(?i)@(here|channel|everyone)", SlackText.Line(text, 500));

    [Fact]
    public void Any_text_fits_and_is_quiet() =>
        DiscordTextTests.Hostile.Sample(
            (text, most) =>
            {
                var line = SlackText.Line(text, most);

                Assert.InRange(line.Length, 0, most);
                Assert.DoesNotMatch(Live(), line);
                Assert.DoesNotContain(
                    line.EnumerateRunes(),
                    rune =>
                        System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
                        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200B or 0xFEFF
                );
            },
            iter: 5_000
        );

    [Theory]
    [InlineData("https://a.example/x|y", "https://a.example/x%7Cy")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("https://me@evil.example/", null)]
    [InlineData("/stories/1", null)]
    public void Addresses_are_links_only_where_they_show_where_they_lead(string url, string? expected) =>
        Assert.Equal(expected, SlackText.Target(url));

    [Fact]
    public void Our_markdown_becomes_structure()
    {
        var elements = SlackMarkdown.Elements(
            "# Head\n\nSome **bold** and *soft* [site](https://a.example), [page](/stories/3).\n\n- one\n- two\n  - inner\n\n3. three\n\n> said\n\n```\ncode\n```",
            "https://news.example",
            3_000
        );

        Assert.Equal(
            [
                ElementTypes.RichTextSection,
                ElementTypes.RichTextList,
                ElementTypes.RichTextList,
                ElementTypes.RichTextList,
                ElementTypes.RichTextQuote,
                ElementTypes.RichTextPreformatted,
            ],
            elements.Select(element => element.Type)
        );
        var words = elements[0].Elements!;
        Assert.Equal(
            ["Head", "\n\n", "Some ", "bold", " and ", "soft", " ", "site", ", ", "page", "."],
            words.Select(word => word.Text!.Text)
        );
        Assert.True(words[0].Style!.Bold);
        Assert.Equal("https://a.example/", words[7].Url);
        Assert.Equal("https://news.example/stories/3", words[9].Url);
        Assert.Equal((1, 2), (elements[2].Indent, elements[3].Offset));
    }

    [Fact]
    public void Links_to_our_pages_are_words_where_nobody_can_follow_them() =>
        Assert.Null(Assert.Single(SlackMarkdown.Elements("[page](/stories/3)", null, 100)).Elements!.Single().Url);

    [Theory]
    [InlineData("[x](//evil.example/)")]
    [InlineData("[x](javascript:alert)")]
    [InlineData("[x](/\\evil.example)")]
    public void Nothing_leads_where_it_must_not(string markdown) =>
        Assert.All(
            SlackMarkdown.Elements(markdown, "https://news.example", 100).SelectMany(part => part.Elements!),
            part => Assert.DoesNotMatch("evil|javascript", part.Url ?? "")
        );

    [Fact]
    public void Escaped_foreign_text_comes_back_as_it_was() =>
        DiscordTextTests.Hostile.Sample(
            (text, _) =>
            {
                var line = MarkdownEscape.Line(text);
                if (line.Length is 0 or > 3_000)
                {
                    return;
                }

                var shown = string.Concat(
                    SlackMarkdown
                        .Elements(line, null, 9_000)
                        .SelectMany(part => part.Elements!)
                        .Select(part => part.Text!.Text)
                );

                Assert.Equal(MarkdownPlain.Render(line), shown.Trim());
            },
            iter: 3_000
        );

    [GeneratedRegex(
        @"<|>|&(?!amp;|lt;|gt;)|@(here|channel|everyone)|^&gt;",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Live();
}
