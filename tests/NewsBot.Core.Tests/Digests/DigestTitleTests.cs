using System.Globalization;
using NewsBot.Core.Digests;

namespace NewsBot.Core.Tests.Digests;

public sealed class DigestTitleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-06-01T06:30Z", "Monday morning in #phones")]
    [InlineData("2026-06-01T10:00Z", "Monday midday in #phones")]
    [InlineData("2026-06-01T13:00Z", "Monday afternoon in #phones")]
    [InlineData("2026-06-01T17:00Z", "Monday evening in #phones")]
    [InlineData("2026-06-01T21:00Z", "Monday night in #phones")]
    [InlineData("2026-06-01T23:30Z", "Monday night in #phones")]
    public void The_heading_names_the_part_of_the_local_day(string due, string heading)
    {
        Assert.Equal(heading, DigestTitle.Heading(Instant(due), Berlin, "phones"));
        Assert.Equal(heading, DigestTitle.Heading(Instant(due), Berlin, "#phones"));
    }

    [Theory]
    [InlineData("2026-06-01T06:30Z", "Since 08:30: 5 stories from 4 sources, 35 comments")]
    [InlineData("2026-05-31T15:00Z", "Since yesterday 17:00: 5 stories from 4 sources, 35 comments")]
    [InlineData("2026-05-29T15:00Z", "Since Friday 17:00: 5 stories from 4 sources, 35 comments")]
    [InlineData("2026-05-03T15:00Z", "Since 3 May 17:00: 5 stories from 4 sources, 35 comments")]
    [InlineData(null, "5 stories from 4 sources, 35 comments")]
    public void The_subtitle_says_since_when(string? since, string subtitle) =>
        Assert.Equal(
            subtitle,
            DigestTitle.Subtitle(
                since is null ? null : Instant(since),
                Instant("2026-06-01T10:00Z"),
                Berlin,
                new DigestCounts(5, 4, 35)
            )
        );

    [Fact]
    public void Where_no_zone_was_chosen_the_subtitle_names_utc() =>
        Assert.Equal(
            "Since 06:30 UTC: 1 story from 1 source",
            DigestTitle.Subtitle(
                Instant("2026-06-01T06:30Z"),
                Instant("2026-06-01T10:00Z"),
                TimeZoneInfo.Utc,
                new DigestCounts(1, 1, 0)
            )
        );

    [Theory]
    [InlineData(1, 1, 1, "1 story from 1 source, 1 comment")]
    [InlineData(2, 1, 0, "2 stories from 1 source")]
    public void One_is_singular_and_no_comments_are_not_mentioned(
        int stories,
        int sources,
        int comments,
        string subtitle
    ) =>
        Assert.Equal(
            subtitle,
            DigestTitle.Subtitle(
                null,
                Instant("2026-06-01T10:00Z"),
                Berlin,
                new DigestCounts(stories, sources, comments)
            )
        );

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
