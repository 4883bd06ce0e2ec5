using System.Globalization;
using System.Text.Json;
using CsCheck;
using NewsBot.Clients.Slack;

namespace NewsBot.Clients.Tests.Slack;

public sealed class SlackTsTests
{
    [Theory]
    [InlineData("1700000000.000100", "1700000000.000200")]
    [InlineData("999999999.999999", "1700000000.000000")]
    [InlineData("1700000000", "1700000000.000001")]
    [InlineData("1700000000.1", "1700000000.11")]
    [InlineData("1700000000.09", "1700000000.1")]
    [InlineData("", "1.000000")]
    [InlineData("zzz", "1.000000")]
    [InlineData("1.2.3", "1.000000")]
    [InlineData("a", "b")]
    public void Earlier_ones_come_first_and_what_is_none_before_all(string earlier, string later)
    {
        var (left, right) = (new SlackTs(earlier), new SlackTs(later));

        Assert.True(left < right && left <= right && right > left && right >= left);
        Assert.NotEqual(left, right);
    }

    [Fact]
    public void The_order_is_that_of_whole_numbers_of_microseconds() =>
        Gen.Select(Gen.Long[0, 9_999_999_999_999_999], Gen.Long[0, 9_999_999_999_999_999])
            .Sample(
                (left, right) =>
                    Assert.Equal(
                        left.CompareTo(right),
                        Math.Sign(new SlackTs(Text(left)).CompareTo(new SlackTs(Text(right))))
                    )
            );

    [Fact]
    public void Digits_that_a_floating_point_number_would_lose_are_kept()
    {
        var one = JsonSerializer.Deserialize<SlackTs>("1712345678.123456", SlackJson.Options);
        var other = JsonSerializer.Deserialize<SlackTs>("\"1712345678.123457\"", SlackJson.Options);
        var zeros = JsonSerializer.Deserialize<SlackTs>("1712345678.100000", SlackJson.Options);

        Assert.Equal("1712345678.123456", one.Text);
        Assert.True(one < other);
        Assert.Equal("1712345678.100000", zeros.Text);
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("{\"a\":1}", "")]
    [InlineData("[1]", "")]
    [InlineData("true", "")]
    [InlineData("\"\"", "")]
    public void What_is_no_timestamp_in_JSON_is_an_empty_one(string json, string text) =>
        Assert.Equal(text, JsonSerializer.Deserialize<SlackTs>(json, SlackJson.Options).Text);

    [Fact]
    public void An_instant_survives_the_way_there_and_back()
    {
        var instant = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_560);

        var ts = SlackTs.Of(instant);

        Assert.Equal("1772366400.123456", ts.Text);
        Assert.Equal(instant, ts.At);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-5.000000")]
    [InlineData("99999999999999999999.000000")]
    public void What_is_no_timestamp_has_no_time(string text) => Assert.Null(new SlackTs(text).At);

    [Theory]
    [InlineData("1700000000.000100", true)]
    [InlineData("1700000000", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("1700000000.00 ", false)]
    [InlineData("1e9", false)]
    public void Only_digits_and_a_point_are_taken_for_one(string? text, bool isTs)
    {
        Assert.Equal(isTs, SlackTs.TryParse(text, out var ts));
        Assert.Equal(isTs ? text : "", ts.Text);
    }

    [Fact]
    public void No_timestamp_is_equal_to_an_empty_one()
    {
        Assert.Equal(default, new SlackTs(""));
        Assert.Equal(default(SlackTs).GetHashCode(), new SlackTs("").GetHashCode());
        Assert.True(default(SlackTs).IsEmpty);
    }

    private static string Text(long micros) =>
        string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000}.{micros % 1_000_000:D6}");
}
