using NewsBot.Core.Comments;

namespace NewsBot.Core.Tests.Comments;

public sealed class CommentTextTests
{
    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u2060\n\u200b\u200d")]
    [InlineData("\u3164")]
    [InlineData("\u2800 \u2800")]
    [InlineData("\ufe0f\u00ad\u034f")]
    [InlineData("\u202e\u2066\u2069")]
    public void A_comment_nobody_sees_is_empty(string typed) => Assert.Equal("", CommentText.Clean(typed));

    [Theory]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("❤️")]
    [InlineData("…")]
    [InlineData("می‌خواهم")]
    public void What_is_seen_stays_whole(string typed) => Assert.Equal(typed, CommentText.Clean(typed));
}
