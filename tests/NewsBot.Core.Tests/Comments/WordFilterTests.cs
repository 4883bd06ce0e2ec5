using NewsBot.Core.Comments;

namespace NewsBot.Core.Tests.Comments;

public sealed class WordFilterTests
{
    [Theory]
    [InlineData(" Viagra ", "viagra")]
    [InlineData("link:https://www.Example.org/a?b", "link:example.org")]
    [InlineData("LINK:example.org", "link:example.org")]
    [InlineData("ab", "ab")]
    [InlineData("a", null)]
    [InlineData("   ", null)]
    [InlineData("link:", null)]
    [InlineData("link:nothing", null)]
    public void An_entry_is_kept_in_one_way_however_it_was_typed(string text, string? expected)
    {
        Assert.Equal(expected, WordFilter.EntryOf(text));
    }

    [Fact]
    public void A_longer_entry_than_a_word_is_none()
    {
        Assert.NotNull(WordFilter.EntryOf(new string('x', WordFilter.MaxEntry)));
        Assert.Null(WordFilter.EntryOf(new string('x', WordFilter.MaxEntry + 1)));
    }

    [Theory]
    [InlineData("see https://example.org/x", "links to `example.org`")]
    [InlineData("EXAMPLE.ORG", "links to `example.org`")]
    [InlineData("no VIÁGRA here", "contains the word `viagra`")]
    [InlineData("nothing of the kind", null)]
    public void A_reply_waits_for_a_word_or_a_site_on_the_list(string text, string? why)
    {
        Assert.Equal(why, WordFilter.Why(["link:example.org", "viagra"], LinkRule.LetThrough, isNew: false, [text]));
    }
}
