using NewsBot.Web.Views;

namespace NewsBot.Tests.Pages;

public sealed class PageWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Inês Carvalho", "IC")]
    [InlineData("saga_w", "SW")]
    [InlineData("Øyvind", "Ø")]
    [InlineData("ליאור בן־חורין", "לב")]
    [InlineData("", "?")]
    [InlineData("🦭", "🦭")]
    [InlineData("Marguerite de la Fontaine-Vasseur", "MF")]
    public void Initials_are_at_most_two_letters(string name, string initials)
    {
        Assert.Equal(initials, Wording.Initials(name));
    }

    [Fact]
    public void Times_are_written_as_people_say_them()
    {
        Assert.Equal("just now", Wording.Ago(Now.AddSeconds(-20), Now));
        Assert.Equal("40 min ago", Wording.Ago(Now.AddMinutes(-40), Now));
        Assert.Equal("1 hour ago", Wording.Ago(Now.AddMinutes(-61), Now));
        Assert.Equal("Sunday, 11:00", Wording.Ago(Now.AddHours(-25), Now));
        Assert.Equal("23 October 2026", Wording.Ago(Now.AddMonths(-1), Now));
        Assert.Equal("22 Nov, 12:00", Wording.Clock(Now.AddDays(-1), Now));
        Assert.Equal("in 9 min", Wording.In(Now.AddMinutes(9.5), Now));
    }

    [Fact]
    public void Whole_threads_share_a_page_and_only_a_giant_one_is_broken()
    {
        var roots = Enumerable.Range(1, 150).Select(number => (number, 0));
        var giant = Enumerable.Range(151, 450).Select(number => (number, number == 151 ? 0 : 151));
        var ordered = CommentPages.Order([.. roots, .. giant], CommentSort.Thread);

        var starts = CommentPages.Starts(ordered);

        Assert.Equal([0, 150, 350, 550], starts);
        Assert.Equal(1, CommentPages.PageOf(ordered, 150));
        Assert.Equal(4, CommentPages.PageOf(ordered, 600));
        Assert.Null(CommentPages.PageOf(ordered, 601));
        Assert.Equal([0], CommentPages.Starts([]));
    }

    [Fact]
    public void Marks_become_elements_and_everything_else_is_escaped()
    {
        Assert.Equal("a <mark>b&lt;</mark> &amp; c", SearchWords.ToHtml("a \u0001b<\u0002 & c"));
        Assert.Equal("<mark>open</mark>", SearchWords.ToHtml("\u0001open"));
        Assert.Equal("stray", SearchWords.ToHtml("stray\u0002"));
    }

    [Fact]
    public void The_lag_of_a_day_is_its_middle_and_its_95th_of_a_hundred()
    {
        var posts = Enumerable
            .Range(1, 100)
            .Select(second => (Now.AddMinutes(-5).AddSeconds(-second), Now.AddMinutes(-5)));

        var lag = StatusReport.Lag([.. posts], Now);

        Assert.Equal(50, lag.Half);
        Assert.Equal(95, lag.Most);
        Assert.Equal(24, lag.Hours.Count);
        Assert.Equal(50, lag.Hours[^1].Half);
        Assert.Null(lag.Hours[0].Half);
    }

    [Fact]
    public void A_cursor_reads_back_and_nonsense_is_none()
    {
        var cursor = new StoryCursor(1_764_000_000_000, 12);

        Assert.Equal(cursor, StoryCursor.Parse(cursor.ToString()));
        Assert.Null(StoryCursor.Parse("12"));
        Assert.Null(StoryCursor.Parse("-1--2"));
        Assert.Null(StoryCursor.Parse(null));
    }
}
