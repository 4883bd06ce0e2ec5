using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using NewsBot.Chat.Discord;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>Foreign text in Discord's Markdown.</summary>
public sealed partial class DiscordTextTests
{
    private static readonly string[] Signs =
    [
        "@everyone",
        "@here",
        "<@123>",
        "<@&456>",
        "<#789>",
        "<:x:1>",
        "<t:0:R>",
        "</a:1>",
        "[a](https://b.example)",
        "https://x.example/",
        "http://",
        "||",
        "**",
        "__",
        "```",
        "> ",
        "# ",
        "-# ",
        "- ",
        "1. ",
        "\\",
        "\n",
        "\u202E",
        "\u200B",
        "\uD83D",
        "👍🏽",
        " ",
    ];

    [Theory]
    [InlineData("**bold** _it_ ~~no~~ ||spoiler|| `code`", @"\*\*bold\*\* \_it\_ \~\~no\~\~ \|\|spoiler\|\| \`code\`")]
    [InlineData("@everyone and @here", @"\@everyone and \@here")]
    [InlineData("<@1> <@&2> <#3> <:a:4> <t:5:R> </news:6>", @"\<\@1\> \<\@&2\> \<#3\> \<:a:4\> \<t:5:R\> \</news:6\>")]
    [InlineData("[here](https://evil.example)", @"\[here\]\(https://evil.example%29")]
    [InlineData("# heading", @"\# heading")]
    [InlineData("-# small", @"\-# small")]
    [InlineData("- item", @"\- item")]
    [InlineData("12. item", @"12\. item")]
    [InlineData("> quote", @"\> quote")]
    [InlineData("C# is 3.5 - fine", "C# is 3.5 - fine")]
    [InlineData(@"back\slash", @"back\\slash")]
    [InlineData("two\r\n\r\nlines", "two lines")]
    public void A_line_shows_what_was_written(string text, string expected) =>
        Assert.Equal(expected, DiscordText.Line(text, 500));

    [Theory]
    [InlineData("see https://a.example/x_y_(z)*?q=1_2 now", "see https://a.example/x_y_%28z%29%2A?q=1_2 now")]
    [InlineData("https://a.example/@somebody/_post_", "https://a.example/@somebody/_post_")]
    [InlineData("https://a.example/@everyone", @"https://a.example/\@everyone")]
    public void Addresses_stay_whole(string text, string expected) =>
        Assert.Equal(expected, DiscordText.Line(text, 500));

    [Fact]
    public void The_words_of_a_link_hold_no_address()
    {
        Assert.Equal(
            @"[https\://bank.example is down](https://a.example/b_%28c%29)",
            DiscordText.Link("https://bank.example is down", "https://a.example/b_(c)", 200, 200)
        );
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user@host.example/")]
    [InlineData("/relative")]
    [InlineData("")]
    public void What_is_no_web_address_is_not_linked(string url) =>
        Assert.Equal("words", DiscordText.Link("words", url, 200, 200));

    [Fact]
    public void What_hides_or_turns_text_is_dropped()
    {
        Assert.Equal("abcdef", DiscordText.Line("a\u200Bb\u202Ec\u2066d\u00ADe\uFEFFf\u3164", 100));
        Assert.Equal("می‌خواهم", DiscordText.Line("می‌خواهم", 100));
        Assert.Equal("👨‍👩‍👧", DiscordText.Line("👨‍👩‍👧", 100));
        Assert.Equal("Z" + new string('\u0301', 4), DiscordText.Line("Z" + new string('\u0301', 50), 100));
    }

    [Fact]
    public void Any_text_fits_and_is_quiet() =>
        Hostile.Sample(
            (text, most) =>
            {
                var line = DiscordText.Line(text, most);
                var label = DiscordText.Label(text, most);

                Assert.InRange(line.Length, 0, most);
                Assert.InRange(label.Length, 0, most);
                AssertQuiet(line);
                AssertQuiet(label);
                Assert.DoesNotContain("://", Unescaped(label), StringComparison.Ordinal);
            },
            iter: 20_000
        );

    /// <summary>Texts made of what Discord reads as something else than words.</summary>
    internal static Gen<(string Text, int Most)> Hostile { get; } =
        Gen.Select(
            Gen.OneOf(Gen.Int[0, Signs.Length - 1].Select(place => Signs[place]), Gen.String[0, 12])
                .Array[0, 60]
                .Select(parts => string.Concat(parts)),
            Gen.Int[1, 700]
        );

    /// <summary>Fails where a text holds a mention, a link or a block that is not escaped, or a character nobody sees.</summary>
    internal static void AssertQuiet(string markdown)
    {
        var bare = Url().Replace(Unescaped(markdown), "");
        Assert.DoesNotMatch(Live(), bare);
        Assert.DoesNotContain(
            markdown.EnumerateRunes(),
            rune =>
                System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
                || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200B or 0xFEFF
        );
    }

    private static string Unescaped(string markdown) => Escaped().Replace(markdown, "·");

    [GeneratedRegex(@"\\.", RegexOptions.Singleline, 1_000)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"https?://[^\s<>]*", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Url();

    [GeneratedRegex(@"[*_~`|<>\[\]()@\\]|^[#\-+]|^[0-9]+\.", RegexOptions.None, 1_000)]
    private static partial Regex Live();
}
