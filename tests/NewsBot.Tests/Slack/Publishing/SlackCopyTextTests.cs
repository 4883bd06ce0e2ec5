using System.Text.Json;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Tests.Slack.Publishing;

/// <summary>What a copy looks like.</summary>
public sealed class SlackCopyTextTests
{
    private static readonly SlackView View = new("C01")
    {
        TeamUrl = "https://harbour.slack.com/",
        Thread = "1772452800.000100",
    };

    [Fact]
    public void What_it_answers_is_quoted_with_a_link_to_that_message_in_the_same_thread()
    {
        var comment = SlackCopyStage.Comment("Yes") with
        {
            Answers = new AnsweredComment(12, "Tomek", "Is it open?", "1772452801.000200", "https://news.example/12"),
            Page = "https://news.example/14",
        };

        var parts = Parts(comment);

        Assert.Equal(
            [ElementTypes.RichTextSection, ElementTypes.RichTextQuote, ElementTypes.RichTextSection],
            parts.Select(part => part.Type)
        );
        Assert.Equal("https://news.example/14", parts[0].Elements![0].Url);
        Assert.Equal(
            "https://harbour.slack.com/archives/C01/p1772452801000200?thread_ts=1772452800.000100&cid=C01",
            parts[1].Elements![0].Url
        );
        Assert.Equal("#12 Tomek: Is it open?", Words(parts[1]));
        Assert.Equal("Yes", Words(parts[2]));
    }

    [Fact]
    public void What_may_not_be_seen_there_is_quoted_by_its_number_alone()
    {
        var comment = SlackCopyStage.Comment("Yes") with { Answers = new AnsweredComment(12, "", "", null, null) };

        Assert.Equal("#12", Words(Parts(comment)[1]));
    }

    [Theory]
    [InlineData("x", 8_000)]
    [InlineData("**x** ", 1_400)]
    [InlineData("> x\n\n", 1_600)]
    [InlineData("[x](https://a.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) ", 100)]
    [InlineData("😀", 4_000)]
    public void The_longest_comment_fits_into_one_message(string piece, int count)
    {
        var comment = SlackCopyStage.Comment(string.Concat(Enumerable.Repeat(piece, count)), new string('n', 300)) with
        {
            Answers = new AnsweredComment(12, new string('a', 300), new string('e', 3_000), null, null),
            Files = [.. Enumerable.Range(0, 30).Select(i => new string('f', 300))],
            Page = "https://news.example/stories/7/comments/14",
        };

        var parts = Parts(comment);

        var all = parts.SelectMany(part => part.Elements!).ToList();
        Assert.InRange(all.Sum(one => (one.Text?.Text.Length ?? 0) + (one.Url?.Length ?? 0)), 1, SlackRenderer.MaxText);
        Assert.InRange(
            SlackRenderer.Text(new PostBody.Copy(new StoryId(7), 14) { Comment = comment }).Length,
            1,
            4_000
        );
    }

    [Fact]
    public void A_comment_longer_than_a_message_is_cut_with_a_link_to_the_rest()
    {
        var comment = SlackCopyStage.Comment(new string('x', 9_000)) with { Page = "https://news.example/14" };

        var last = Parts(comment)[^1].Elements!.Single();

        Assert.Equal(("the rest is on its page", "https://news.example/14"), (last.Text!.Text, last.Url));
    }

    [Fact]
    public void A_name_read_from_the_right_does_not_turn_what_stands_beside_it()
    {
        var text = JsonSerializer.Serialize(
            SlackCopyText.Copy(
                new PostBody.Copy(new StoryId(7), 14) { Comment = SlackCopyStage.Comment("Yes", "ליאור\u202E") },
                View with
                {
                    IsNameInText = true,
                }
            ),
            SlackJson.Options
        );

        Assert.Contains(
            "\u2068ליאור\u2069",
            System.Text.RegularExpressions.Regex.Unescape(text),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Links_to_our_own_pages_and_scripts_in_a_comment_are_words_only()
    {
        var parts = Parts(SlackCopyStage.Comment("[a](/settings) [b](javascript:x) [c](https://c.example/)"));

        Assert.Equal(
            ["https://c.example/"],
            parts.SelectMany(part => part.Elements!).Select(one => one.Url).OfType<string>()
        );
    }

    private static IReadOnlyList<Element> Parts(CopiedComment comment) =>
        Assert.Single(SlackCopyText.Copy(new PostBody.Copy(new StoryId(7), 14) { Comment = comment }, View)).Elements!;

    private static string Words(Element part) => string.Concat(part.Elements!.Select(one => one.Text?.Text));
}
