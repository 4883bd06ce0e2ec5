using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Core.Posts;

namespace NewsBot.Tests.Discord.Publishing;

public sealed class DiscordCopyTextTests
{
    private const string Page = "https://news.example/stories/7/comments/14";

    private static readonly DiscordCopyPlace Place = new(new Snowflake(1), new Snowflake(2), null);

    private static readonly CopiedComment Comment = new(
        "Inês",
        null,
        "Slack",
        "Hello",
        CopyState.Shown,
        null,
        null,
        []
    );

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("**bold**, *italic*, ~~gone~~ and `code *x*`", "**bold**, *italic*, ~~gone~~ and `code *x*`")]
    [InlineData("***both***", "***both***")]
    [InlineData("a**b***c*", "a**b**\u200B*c*")]
    [InlineData("snake_case_name 2 * 3", "snake\\_case\\_name 2 \\* 3")]
    [InlineData("one\ntwo\n\nthree", "one\ntwo\n\nthree")]
    [InlineData("# Title", "**Title**")]
    [InlineData("- a\n- b\n  - c", "- a\n- b\n  - c")]
    [InlineData("3. a\n4. b", "3. a\n4. b")]
    [InlineData("> said\n> twice\n\nNo", "> said\n> twice\nNo")]
    [InlineData("```\nvar x = \"**\";\n```", "```\nvar x = \"**\";\n```")]
    [InlineData("[words](https://x.example/a_b)", "[words](<https://x.example/a_b>)")]
    [InlineData(
        "[https://good.example](https://evil.example)",
        "[https\\://good.example](<https://evil.example/>) \\(evil.example\\)"
    )]
    [InlineData("see https://x.example/a_b_c ok", "see https://x.example/a_b_c ok")]
    [InlineData("[page](/stories/1)", "page")]
    [InlineData("[no](javascript:alert)", "no")]
    [InlineData("@everyone <@123> <#4> <:e:5> <t:6>", "\\@everyone \\<\\@123\\> \\<#4\\> \\<:e:5\\> \\<t:6\\>")]
    [InlineData("\\# no title", "\\# no title")]
    [InlineData("||not hidden||", "\\|\\|not hidden\\|\\|")]
    [InlineData("*(spoiler)*", "*\\(spoiler\\)*")]
    public void Markdown_reads_in_Discord_as_it_was_written(string markdown, string expected)
    {
        var text = DiscordCopyText.Content(14, Comment with { Markdown = markdown }, Place, hasName: false);

        Assert.Equal($"-# #14 · Slack\n{expected}", text);
    }

    [Fact]
    public void Number_name_answer_and_files_are_told_with_links()
    {
        var comment = Comment with
        {
            Page = Page,
            Answers = new AnsweredComment(12, "Bo [x](y)", "Where_is it?", "3", null),
            Files = ["plan.pdf", "a`b.png"],
        };

        var text = DiscordCopyText.Content(14, comment, Place with { Answered = new Snowflake(3) }, hasName: true);

        Assert.Equal(
            $"""
            -# [#14](<{Page}>) · **Inês** · Slack · answers [#12 Bo \[x\]\(y\)](<https://discord.com/channels/1/2/3>): “Where\_is it?”
            Hello
            -# 📎 plan.pdf, a\`b.png
            """.ReplaceLineEndings("\n"),
            text
        );
    }

    [Fact]
    public void An_answer_to_what_may_not_be_seen_is_told_by_its_number_alone()
    {
        var comment = Comment with { Answers = new AnsweredComment(12, "", "", null, null) };

        Assert.Equal(
            "-# #14 · Slack · answers #12\nHello",
            DiscordCopyText.Content(14, comment, Place, hasName: false)
        );
    }

    [Fact]
    public void What_is_answered_beside_the_card_is_linked_there()
    {
        var comment = Comment with { Answers = new AnsweredComment(12, "Bo", "", "3", null) };
        var place = Place with { Answered = new Snowflake(3), AnsweredIn = new Snowflake(9) };

        Assert.Contains("/channels/1/9/3>)", DiscordCopyText.Content(14, comment, place, hasName: false));
    }

    [Fact]
    public void Names_from_right_to_left_do_not_turn_the_line()
    {
        var text = DiscordCopyText.Content(14, Comment with { Author = "ליאור" }, Place, hasName: true);

        Assert.Equal("-# #14 · **\u2068ליאור\u2069** · Slack\nHello", text);
    }

    [Theory]
    [InlineData("word ")]
    [InlineData("*")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("**bold words** and ")]
    [InlineData("> quote\n\n")]
    [InlineData("@everyone ")]
    public void However_long_it_is_it_fits_and_leads_to_the_rest(string part)
    {
        var comment = Comment with
        {
            Markdown = string.Concat(Enumerable.Repeat(part, 8_000 / part.Length)),
            Page = Page,
        };

        var text = DiscordCopyText.Content(14, comment, Place, hasName: true);

        Assert.InRange(text.Length, 500, 2_000);
        Assert.EndsWith($"… [read the rest](<{Page}>)", text, StringComparison.Ordinal);
        Assert.False(text.Where((c, i) => char.IsHighSurrogate(c) && !char.IsLowSurrogate(text[i + 1])).Any());
    }

    [Fact]
    public void A_cut_in_code_closes_it()
    {
        var comment = Comment with { Markdown = $"```\n{new string('x', 5_000)}\n```" };

        var text = DiscordCopyText.Content(14, comment, Place, hasName: false);

        Assert.EndsWith("…\n```", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1_000, 2_000);
    }

    [Theory]
    [InlineData("-# #14 · Slack\nHello", 14)]
    [InlineData("-# [#14](<https://x>) · Slack\nHello", 14)]
    [InlineData("-# #14", 14)]
    [InlineData("Hello\n-# #14 · Slack", null)]
    [InlineData("-# #0", null)]
    [InlineData("-# #12345678901", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_copy_is_known_by_the_number_it_begins_with(string? content, int? number) =>
        Assert.Equal(number, DiscordCopyText.NumberOf(content));

    [Fact]
    public void Every_copy_is_known_by_its_number()
    {
        foreach (var page in new[] { null, Page })
        {
            foreach (var state in Enum.GetValues<CopyState>())
            {
                var comment = Comment with { Page = page, State = state };

                Assert.Equal(14, DiscordCopyText.NumberOf(DiscordCopyText.Content(14, comment, Place, hasName: true)));
            }
        }

        Assert.Equal(14, DiscordCopyText.NumberOf(DiscordCopyText.Plain(14, Comment, hasName: true)));
    }

    [Theory]
    [InlineData("Inês", "Inês")]
    [InlineData("  Ada \n Lovelace ", "Ada Lovelace")]
    [InlineData("Discordia and Clyde", "D\u200Aiscordia and C\u200Alyde")]
    [InlineData("dis\u200Bcord", "d\u200Aiscord")]
    [InlineData("EVERYONE", "E\u200AVERYONE")]
    [InlineData("everyone else", "everyone else")]
    [InlineData("here", "h\u200Aere")]
    [InlineData("a```b", "a'''b")]
    [InlineData("\u202E\u200B", "Somebody")]
    [InlineData("", "Somebody")]
    public void Names_are_such_as_a_webhook_may_bear(string author, string expected) =>
        Assert.Equal(expected, DiscordNames.Username(author));

    [Fact]
    public void A_name_of_forbidden_words_alone_still_fits() =>
        Assert.InRange(DiscordNames.Username(string.Concat(Enumerable.Repeat("clyde", 40))).Length, 1, 80);
}
