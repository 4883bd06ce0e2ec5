using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>Dates as the wild has them.</summary>
public sealed class FeedDatesTests
{
    [Theory]
    [InlineData("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z")]
    [InlineData("Tue, 01 Jan 2004 19:48:21 EST", "2004-01-02T00:48:21Z")]
    [InlineData("01 Jan 04 19:48 +0200", "2004-01-01T17:48:00Z")]
    [InlineData("1 Jan 2004 19:48:21 -05:30", "2004-01-02T01:18:21Z")]
    [InlineData("Thursday, January 1, 2004 7:48 PM PST", "2004-01-02T03:48:00Z")]
    [InlineData("Thu, 31 Jun 2004 19:48:21 GMT", null)]
    [InlineData("Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21Z")]
    [InlineData("Thu Jan 1 19:48:21 CET 2004", "2004-01-01T18:48:21Z")]
    [InlineData("Thu, 01 Jan 2004 19:48:21 GMT+1", "2004-01-01T18:48:21Z")]
    [InlineData("Thu, 01-Jan-04 19:48:21 UTC", "2004-01-01T19:48:21Z")]
    [InlineData("Thu, 1 Jan 2004", "2004-01-01T00:00:00Z")]
    [InlineData("Thu, 01 Jan 2004 24:00:00 GMT", "2004-01-02T00:00:00Z")]
    [InlineData("Wed, 31 Dec 2003 23:59:60 Z", "2004-01-01T00:00:00Z")]
    [InlineData("2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z")]
    [InlineData("2003-12-31T10:14:55.123+08:00", "2003-12-31T02:14:55.123Z")]
    [InlineData("2003-12-31T10:14:55.1234567890Z", "2003-12-31T10:14:55.1234567Z")]
    [InlineData("2003-12-31t10:14z", "2003-12-31T10:14:00Z")]
    [InlineData("2003-12-31 10:14:55 -0800", "2003-12-31T18:14:55Z")]
    [InlineData("2003-12-31 10:14:55.0", "2003-12-31T10:14:55Z")]
    [InlineData("2003-12-31T10:14-0800", "2003-12-31T18:14:00Z")]
    [InlineData("20031231T101455Z", "2003-12-31T10:14:55Z")]
    [InlineData("20031231", "2003-12-31T00:00:00Z")]
    [InlineData("20031231101455", "2003-12-31T10:14:55Z")]
    [InlineData("2003-12-31", "2003-12-31T00:00:00Z")]
    [InlineData("2003-12", "2003-12-01T00:00:00Z")]
    [InlineData("2003", "2003-01-01T00:00:00Z")]
    [InlineData("2003-335", "2003-12-01T00:00:00Z")]
    [InlineData("03-12-31", "2003-12-31T00:00:00Z")]
    [InlineData("31.12.2003 10:14", "2003-12-31T10:14:00Z")]
    [InlineData("12/31/2003 10:14:55 AM", "2003-12-31T10:14:55Z")]
    [InlineData("31/12/2003", "2003-12-31T00:00:00Z")]
    [InlineData("12:00 AM, 5 March 2020", "2020-03-05T00:00:00Z")]
    [InlineData("1756800000", "2025-09-02T08:00:00Z")]
    [InlineData("2004년 5월 28일  오후 11:31:00", "2004-05-28T23:31:00Z")]
    [InlineData("2004-05-25 오전 11:23:17", "2004-05-25T11:23:17Z")]
    [InlineData("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z")]
    [InlineData("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z")]
    [InlineData("Di, 02 Sep 2025 14:00:00 MESZ", "2025-09-02T12:00:00Z")]
    [InlineData("2. März 2025, 14:05 Uhr", "2025-03-02T14:05:00Z")]
    [InlineData("Mar, 05 janv. 2021 08:00:00 +0100", "2021-01-05T07:00:00Z")]
    [InlineData("5 de septiembre de 2021", "2021-09-05T00:00:00Z")]
    [InlineData("вт, 02 сентября 2025 12:00 +0300", "2025-09-02T09:00:00Z")]
    [InlineData("2025年9月2日 14時05分", "2025-09-02T14:05:00Z")]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    [InlineData("2003-13-45", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("Thu, 01 Jan 2004 99:99:99 GMT", null)]
    public void Dates_are_read_in_every_form(string written, string? expected)
    {
        var read = FeedDates.TryParse(written, out var moment);

        Assert.Equal(expected is not null, read);
        if (expected is not null)
        {
            Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), moment);
        }
    }
}
