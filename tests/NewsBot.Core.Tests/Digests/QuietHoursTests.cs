using System.Globalization;
using CsCheck;
using NewsBot.Core.Digests;

namespace NewsBot.Core.Tests.Digests;

public sealed class QuietHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("22:00-7:00", "22:00-7:00")]
    [InlineData(" 22:00 – 07:00 ", "22:00-7:00")]
    [InlineData("10pm to 7am", "22:00-7:00")]
    [InlineData("from 22 until 6:30", "22:00-6:30")]
    [InlineData("12:00-13:00", "12:00-13:00")]
    public void Quiet_hours_are_read_and_said_in_one_canonical_way(string text, string canonical)
    {
        var quiet = Parse(text);

        Assert.Equal(canonical, quiet.ToString());
        Assert.Equal(quiet, Parse(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData("22:00")]
    [InlineData("22:00-25:00")]
    [InlineData("8:00-8:00")]
    [InlineData("always")]
    public void What_is_no_span_is_answered_with_how_one_looks(string text)
    {
        Assert.False(QuietHours.TryParse(text, out _, out var problem));

        Assert.Contains("“22:00-7:00”", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-06-01T20:00Z", "2026-06-02T05:00Z")]
    [InlineData("2026-06-02T04:59Z", "2026-06-02T05:00Z")]
    [InlineData("2026-06-02T05:00Z", "2026-06-02T05:00Z")]
    [InlineData("2026-06-02T12:00Z", "2026-06-02T12:00Z")]
    [InlineData("2026-03-28T22:00Z", "2026-03-29T05:00Z")]
    [InlineData("2026-10-24T22:00Z", "2026-10-25T06:00Z")]
    public void The_quiet_ends_at_the_local_time_also_when_clocks_change(string instant, string end) =>
        Assert.Equal(Instant(end), Parse("22:00-7:00").NextEnd(Instant(instant), Berlin));

    [Fact]
    public void The_end_is_never_quiet_and_never_earlier() =>
        Gen.Select(Gen.Int[0, 23], Gen.Int[1, 23], Gen.Int[0, 365 * 24 * 4])
            .Sample(
                (from, length, quarter) =>
                {
                    var quiet = new QuietHours(new TimeOnly(from, 30), new TimeOnly((from + length) % 24, 30));
                    var instant = Instant("2026-01-01T00:00Z").AddMinutes(15 * quarter);
                    var end = quiet.NextEnd(instant, Berlin);
                    return end >= instant
                        && quiet.Contains(instant, Berlin) == (end > instant)
                        && !quiet.Contains(end, Berlin);
                }
            );

    private static QuietHours Parse(string text)
    {
        Assert.True(QuietHours.TryParse(text, out var quiet, out var problem), problem);
        return quiet!;
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
