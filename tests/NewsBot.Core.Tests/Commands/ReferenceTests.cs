using NewsBot.Core.Commands;

namespace NewsBot.Core.Tests.Commands;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("12", 12, null)]
    [InlineData("story-12", 12, null)]
    [InlineData("12#3", 12, 3)]
    [InlineData("12 #3", 12, 3)]
    [InlineData("http://127.0.0.1:5080/stories/12-big-news#c3", 12, 3)]
    [InlineData("http://127.0.0.1:5080/stories/12/comments/3", 12, 3)]
    [InlineData("https://news.example/stories/12-in-2026?order=time#c44", 12, 44)]
    [InlineData("/stories/12", 12, null)]
    public void A_story_and_its_comment_are_named_by_number_or_link(string text, int story, int? comment)
    {
        Assert.Equal(new StoryReference(story, comment), StoryReference.Parse(text));
    }

    [Theory]
    [InlineData("big news")]
    [InlineData("2026 in numbers")]
    [InlineData("https://example.org/stories-of-2026")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("12#\u0663")]
    [InlineData("\u07C0")]
    [InlineData("/stories/\u0661\u0662")]
    [InlineData("")]
    public void Everything_else_is_a_title_or_an_address(string text)
    {
        Assert.Equal(new StoryReference(null, null), StoryReference.Parse(text));
    }

    [Theory]
    [InlineData("90m", 90, "90 minutes")]
    [InlineData("2 hours", 120, "2 hours")]
    [InlineData("1 day, 12 h", 36 * 60, "36 hours")]
    [InlineData("1 week", 7 * 24 * 60, "1 week")]
    [InlineData("1.5h", 90, "90 minutes")]
    public void A_length_of_time_is_read_as_people_write_it(string text, int minutes, string words)
    {
        var length = LengthOfTime.Parse(text);

        Assert.Equal(TimeSpan.FromMinutes(minutes), length);
        Assert.Equal(words, LengthOfTime.Words(TimeSpan.FromMinutes(minutes)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("0m")]
    [InlineData("9999 weeks")]
    [InlineData("-5m")]
    [InlineData("5 parsecs")]
    public void What_is_no_length_of_time_is_not_guessed(string text)
    {
        Assert.Null(LengthOfTime.Parse(text));
    }
}
