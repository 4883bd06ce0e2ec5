using NewsBot.Core.Comments;

namespace NewsBot.Core.Tests.Comments;

public sealed class PermalinkTests
{
    [Theory]
    [InlineData("/stories/12/comments/3 I doubt it", 12, 3)]
    [InlineData("https://news.example/stories/12-two-bridges/comments/3\nI doubt it", 12, 3)]
    [InlineData("> http://127.0.0.1:5080/stories/12-two-bridges#c14\n\nI doubt it", 12, 14)]
    [InlineData("<https://news.example/stories/7#c1> yes", 7, 1)]
    public void A_quoted_permalink_at_the_beginning_names_the_comment(string text, long story, int number) =>
        Assert.Equal((story, number), ReplyPrefix.FindPermalink(text));

    [Theory]
    [InlineData("see /stories/12/comments/3")]
    [InlineData("/stories/12/comments/3")]
    [InlineData("/stories/12 is not a comment")]
    [InlineData("/stories/12/comments/3x and more")]
    [InlineData("javascript:/stories/12/comments/3 x")]
    public void Anything_else_names_none(string text) => Assert.Null(ReplyPrefix.FindPermalink(text));
}
