using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

public sealed class PageCountTests
{
    private static readonly PageCount Nothing = new(0, 0, 0);

    [Fact]
    public void A_page_that_lists_far_fewer_three_times_in_a_row_is_worth_a_word()
    {
        var count = After(Nothing, 30, 30, 29, 4, 4);
        Assert.True(count.FewInRow < PageCount.WorthTelling);

        Assert.Equal(PageCount.WorthTelling, count.After(4).FewInRow);
        Assert.Equal(4, count.After(4).Last);
    }

    [Fact]
    public void One_full_list_makes_it_well_again() => Assert.Equal(0, After(Nothing, 30, 4, 4, 4, 30).FewInRow);

    [Fact]
    public void A_short_list_may_be_shorter() => Assert.Equal(0, After(Nothing, 5, 1, 1, 1, 1).FewInRow);

    [Fact]
    public void What_stays_few_becomes_usual()
    {
        var count = After(Nothing, [30, .. Enumerable.Repeat(9, 30)]);

        Assert.Equal(0, count.FewInRow);
    }

    private static PageCount After(PageCount start, params int[] polls) =>
        polls.Aggregate(start, (count, entries) => count.After(entries));
}
