using NewsBot.WebSub;

namespace NewsBot.Tests.WebSub;

/// <summary>When hubs are asked again, and what of a lease is believed.</summary>
public sealed class HubPatienceTests
{
    [Theory]
    [InlineData(1, "00:05:00")]
    [InlineData(2, "00:10:00")]
    [InlineData(8, "10:40:00")]
    [InlineData(9, "21:20:00")]
    [InlineData(10, "1.00:00:00")]
    [InlineData(long.MaxValue, "1.00:00:00")]
    public void The_pause_doubles_up_to_a_day(long attempts, string pause) =>
        Assert.Equal(TimeSpan.Parse(pause, null), HubPatience.Between(attempts));

    [Theory]
    [InlineData("864000", "10.00:00:00")]
    [InlineData("0", "00:01:00")]
    [InlineData("1", "00:01:00")]
    [InlineData("999999999999", "30.00:00:00")]
    public void A_lease_is_believed_within_bounds(string seconds, string lease) =>
        Assert.Equal(TimeSpan.Parse(lease, null), HubPatience.Lease(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData(" 60")]
    [InlineData("9999999999999")]
    [InlineData("ten days")]
    public void A_lease_that_is_no_number_is_none(string seconds) => Assert.Null(HubPatience.Lease(seconds));

    [Theory]
    [InlineData("10.00:00:00", "7.12:00:00")]
    [InlineData("00:01:00", "00:05:00")]
    public void A_lease_is_renewed_while_a_quarter_of_it_is_left_but_not_without_pause(string lease, string renewal) =>
        Assert.Equal(TimeSpan.Parse(renewal, null), HubPatience.Renewal(TimeSpan.Parse(lease, null)));
}
