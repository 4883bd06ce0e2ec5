using NewsBot.Testing.Load;

namespace NewsBot.Tests.Load;

public sealed class LoadPlanTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);

    [Fact]
    public void The_same_seed_makes_the_same_world()
    {
        var (one, other) = (new LoadPlan(200, 30, seed: 7), new LoadPlan(200, 30, seed: 7));

        Assert.Equal(one.Subscriptions(), other.Subscriptions());
        Assert.Equal(
            one.Day(Length, Interval, 0.8).SelectMany(day => day),
            other.Day(Length, Interval, 0.8).SelectMany(day => day)
        );
        Assert.NotEqual(one.Subscriptions(), new LoadPlan(200, 30, seed: 8).Subscriptions());
    }

    // By hand: what is made in one process must be made in the next.
    [Fact]
    public void A_seed_is_made_of_two_in_every_process_alike() => Assert.Equal(1_067_793_930, LoadNews.Mix(1, 0));

    [Fact]
    public void A_few_outlets_are_read_nearly_everywhere_and_each_by_somebody()
    {
        var pairs = new LoadPlan(1_000, 500, seed: 1).Subscriptions();

        var readers = pairs.CountBy(pair => pair.Source).ToDictionary();
        Assert.Equal(1_000, readers.Count);
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
        Assert.True(readers[0] > 200, $"The first of all is read by {readers[0]} of 500 channels.");
        Assert.True(readers.Values.Count(count => count <= 3) > 500, "Most are read by a few channels.");
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public void So_many_polls_find_nothing_as_were_wanted(double unchanged)
    {
        var day = new LoadPlan(2_000, 100, seed: 1).Day(Length, Interval, unchanged);

        var polls = day.SelectMany(published =>
            Enumerable
                .Range(0, (int)(Length / Interval))
                .Select(poll => !published.Any(one => (int)(one.At / Interval) == poll))
        );
        Assert.InRange(polls.Average(isQuiet => isQuiet ? 1.0 : 0.0), unchanged - 0.03, unchanged + 0.05);
    }

    [Fact]
    public void More_is_published_at_noon_than_at_midnight()
    {
        var day = new LoadPlan(500, 100, seed: 1).Day(Length, Interval, 0.8);

        var all = day.SelectMany(published => published).Select(one => one.At / Length).ToList();
        var (noon, midnight) = (all.Count(at => at is > 0.4 and < 0.6), all.Count(at => at is < 0.1 or > 0.9));
        Assert.InRange((double)noon / midnight, 2.5, 5);
    }

    [Fact]
    public void A_great_event_is_reported_by_several_outlets_within_two_minutes()
    {
        var day = new LoadPlan(500, 100, seed: 1).Day(Length, Interval, 0.8);

        var events = day.SelectMany(published => published)
            .Where(one => one.Event > 0)
            .GroupBy(one => one.Event)
            .ToList();
        Assert.Equal(120, events.Count);
        Assert.All(
            events,
            reports =>
            {
                Assert.InRange(reports.Count(), 1, 12);
                Assert.True(reports.Max(one => one.At) - reports.Min(one => one.At) <= TimeSpan.FromMinutes(2));
            }
        );
        Assert.True(events.Average(reports => reports.Count()) > 3);
    }
}
