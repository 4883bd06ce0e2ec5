using NewsBot.Core.Sources;

namespace NewsBot.Core.Tests.Sources;

public sealed class RhythmTests
{
    private static readonly int[] NoHours = new int[24];

    [Theory]
    [InlineData("about 6 a day", 0, 0, 6, 6, 6)]
    [InlineData("about 1 a day", 1, 1, 1, 1, 1)]
    [InlineData("about 3 a week", 1, 0, 1, 0, 0)]
    [InlineData("nothing lately", 0, 0, 0, 0, 0)]
    public void How_often_is_said_in_the_unit_that_fits(string expected, params int[] days) =>
        Assert.Equal(expected, Rhythm.Words(days, NoHours));

    [Fact]
    public void What_comes_once_a_month_is_counted() =>
        Assert.Equal("1 in 28 days", Rhythm.Words([1, .. new int[27]], NoHours));

    [Fact]
    public void The_busy_hours_are_said_where_there_are_some()
    {
        var hours = new int[24];
        hours[22] = 4;
        hours[23] = 5;
        hours[0] = 4;
        hours[12] = 2;

        Assert.Equal("about 15 a day, most of them between 21:00 and 01:00 UTC", Rhythm.Words([15], hours));
        Assert.Equal("about 24 a day", Rhythm.Words([24], [.. Enumerable.Repeat(1, 24)]));
    }
}
