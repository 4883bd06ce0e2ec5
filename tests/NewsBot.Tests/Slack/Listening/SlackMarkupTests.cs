using System.Text.Json;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Comments;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>What people type in Slack, as our Markdown.</summary>
public sealed class SlackMarkupTests
{
    private static readonly SlackNames Names = new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["U1"] = "Kofi_A" },
        new Dictionary<string, string>(StringComparer.Ordinal) { ["C1"] = "news" }
    );

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a *bold* word, an _italic_ one, ~gone~", "a **bold** word, an *italic* one, ~~gone~~")]
    [InlineData("*_both_*", "***both***")]
    [InlineData("2*3*4 and snake_case_name", "2\\*3\\*4 and snake\\_case\\_name")]
    [InlineData("a &lt;b&gt; &amp; c", "a \\<b\\> \\& c")]
    [InlineData("&amp;lt; stays", "\\&lt; stays")]
    [InlineData("`a *b* &lt;c&gt;`", "`a *b* <c>`")]
    [InlineData("# no heading", "\\# no heading")]
    [InlineData("    no code", "no code")]
    [InlineData("---", "\\---")]
    [InlineData("one\ntwo", "one\ntwo")]
    [InlineData("&gt; quoted\nnot", "> quoted\nnot")]
    [InlineData("• one\n    ◦ two", "- one\n  - two")]
    [InlineData("[not](http-a-link)", "\\[not\\](http-a-link)")]
    public void Words_say_what_they_said(string typed, string expected) =>
        Assert.Equal(expected, SlackMarkup.Convert(typed, Names));

    [Theory]
    [InlineData("<@U1> and <@U2|x>", "@Kofi\\_A and @someone")]
    [InlineData("<#C1> and <#C2|secret>", "#news and #a-channel")]
    [InlineData("<!here> <!channel> <!everyone>", "@here @channel @everyone")]
    [InlineData("<!subteam^S1|@desk>", "@desk")]
    [InlineData("<!date^1392734382^{date_short}^https://a.example|Feb 18>", "18 February 2014, 14:39 UTC")]
    [InlineData("<!date^9999999999999999^{date}|one day>", "one day")]
    [InlineData("<https://a.example/b?c=1&amp;d=2>", "<https://a.example/b?c=1&d=2>")]
    [InlineData("<https://a.example|the bridge>", "[the bridge](<https://a.example/>)")]
    [InlineData("<javascript:alert(1)|press>", "press")]
    [InlineData("<mailto:a@b.example|a@b.example>", "a@b.example")]
    [InlineData(":tada: :+1::skin-tone-4: :our_own:", "🎉 👍 :our\\_own:")]
    public void What_stands_in_angles_and_colons_becomes_words(string typed, string expected) =>
        Assert.Equal(expected, SlackMarkup.Convert(typed, Names));

    [Fact]
    public void A_block_of_code_stays_as_it_was()
    {
        var converted = SlackMarkup.Convert("look:\n```if (a &lt; b) {\n  *c*\n}```\ndone", Names);

        Assert.Equal("look:\n````\nif (a < b) {\n  *c*\n}\n````\n\ndone", converted);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<@>")]
    [InlineData("<|>")]
    [InlineData("<!>")]
    [InlineData("<!date>")]
    [InlineData("```")]
    [InlineData("``````")]
    [InlineData("*_~*_~")]
    [InlineData("\uE000\uE001")]
    [InlineData("&gt;")]
    [InlineData(":skin-tone-2:")]
    public void Broken_markup_breaks_nothing(string typed)
    {
        var converted = SlackMarkup.Convert(typed, Names);

        Assert.DoesNotContain('\uE000', converted);
        Assert.DoesNotContain('\uE001', converted);
    }

    [Fact]
    public void A_bomb_of_links_and_marks_is_cut_and_takes_no_time_worth_speaking_of()
    {
        var bomb = string.Concat(Enumerable.Repeat("*a _b ~c <https://a.example/x|y> :tada: ", 2_000));
        var message = new Message(new SlackTs("1.000001"), User: "U1", Text: bomb);

        var markdown = SlackReader.Markdown(message, SlackReader.Typed(message), Names);

        Assert.InRange(markdown.Length, 1, CommentText.MaxChars);
    }

    [Fact]
    public void What_cannot_be_seen_but_can_do_harm_is_taken_out()
    {
        var message = new Message(new SlackTs("1.000001"), User: "U1", Text: "a\u202Eb\u0007c");

        Assert.Equal("abc", SlackReader.Markdown(message, SlackReader.Typed(message), Names));
    }

    [Fact]
    public void Rich_text_is_read_rather_than_its_text()
    {
        const string Blocks = """
            [{"type":"rich_text","block_id":"b","elements":[
              {"type":"rich_text_section","elements":[
                {"type":"text","text":"2*3*4 "},
                {"type":"text","text":" bold ","style":{"bold":true}},
                {"type":"user","user_id":"U1"},{"type":"text","text":" "},
                {"type":"channel","channel_id":"C1"},{"type":"text","text":" "},
                {"type":"emoji","name":"wave","unicode":"1f44b-1f3fd"},
                {"type":"link","url":"https://a.example/","text":"here"},
                {"type":"text","text":"x = 1","style":{"code":true}}]},
              {"type":"rich_text_list","style":"ordered","indent":0,"elements":[
                {"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},
                {"type":"rich_text_section","elements":[{"type":"text","text":"two"}]}]},
              {"type":"rich_text_quote","elements":[{"type":"text","text":"said\nso"}]},
              {"type":"rich_text_preformatted","elements":[{"type":"text","text":"a < b"}]}]}]
            """;
        var blocks = JsonSerializer.Deserialize<IReadOnlyList<Block>>(Blocks, SlackJson.Options);

        var markdown = SlackRichReader.Convert(blocks, Names);

        Assert.Equal(
            "2\\*3\\*4  **bold** @Kofi\\_A #news 👋[here](<https://a.example/>)`x = 1`\n"
                + "1. one\n2. two\n\n> said\n> so\n\n````\na < b\n````",
            markdown
        );
    }

    [Theory]
    [InlineData("""[{"type":"section","text":{"type":"mrkdwn","text":"x"}}]""")]
    [InlineData("""[{"type":"rich_text","elements":[{"type":"rich_text_future"}]}]""")]
    [InlineData(
        """[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"hologram"}]}]}]"""
    )]
    [InlineData("[]")]
    public void What_is_not_known_is_left_to_the_text(string blocks) =>
        Assert.Null(
            SlackRichReader.Convert(JsonSerializer.Deserialize<IReadOnlyList<Block>>(blocks, SlackJson.Options), Names)
        );
}
