using CsCheck;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

public sealed class PollScheduleTests
{
    // A Tuesday.
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 20, 0, TimeSpan.Zero);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Fact]
    public void New_entries_bring_the_feed_back_sooner()
    {
        var plan = PollSchedule.Plan(Facts(PollEnding.Read) with { NewEntries = 3 });

        Assert.Equal(Quarter / 2, plan.Interval);
        Assert.Equal(Now + Quarter / 2, plan.NextPollAt);
    }

    [Theory]
    [InlineData(PollEnding.Read)]
    [InlineData(PollEnding.Unchanged)]
    public void A_quiet_feed_is_polled_slowly_less_often(PollEnding ending)
    {
        var plan = PollSchedule.Plan(Facts(ending));

        Assert.Equal(Quarter * 1.2, plan.Interval);
    }

    [Theory]
    [InlineData(PollEnding.Read)]
    [InlineData(PollEnding.Unchanged)]
    public void A_quiet_feed_whose_hub_tells_its_news_is_polled_every_few_hours_and_keeps_its_pace(PollEnding ending)
    {
        var plan = PollSchedule.Plan(Facts(ending) with { IsPushed = true });

        Assert.Equal(Quarter, plan.Interval);
        Assert.Equal(Now + Quarter, plan.NextPollAt);
        Assert.Equal(Now + PollSchedule.SafetyInterval, plan.NextIfPushedAt);
    }

    [Theory]
    [InlineData(PollEnding.Read, 1)]
    [InlineData(PollEnding.Failed, 0)]
    [InlineData(PollEnding.Throttled, 0)]
    [InlineData(PollEnding.Gone, 0)]
    public void A_hub_changes_nothing_where_a_poll_found_news_or_no_feed(PollEnding ending, int news)
    {
        var plan = PollSchedule.Plan(Facts(ending) with { IsPushed = true, NewEntries = news });

        Assert.Equal(PollSchedule.Plan(Facts(ending) with { NewEntries = news }), plan);
        Assert.Equal(plan.NextPollAt, plan.NextIfPushedAt);
    }

    [Fact]
    public void A_hub_does_not_stretch_the_interval_beyond_its_bound()
    {
        var plan = PollSchedule.Plan(Facts(PollEnding.Unchanged) with { MaxInterval = TimeSpan.FromHours(1) });

        Assert.Equal(Now.AddHours(1), plan.NextIfPushedAt);
    }

    [Fact]
    public void The_interval_stays_between_its_bounds()
    {
        var shortest = PollSchedule.Plan(Facts(PollEnding.Read, minutes: 6) with { NewEntries = 1 });
        var longest = PollSchedule.Plan(Facts(PollEnding.Read, minutes: 355));

        Assert.Equal(TimeSpan.FromMinutes(5), shortest.Interval);
        Assert.Equal(TimeSpan.FromHours(6), longest.Interval);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(24, 24)]
    [InlineData(24 * 365, 24)]
    public void What_is_fresh_is_not_asked_for_but_at_most_for_a_day(int freshHours, int expectedHours)
    {
        var fresh = PollSchedule.Plan(Facts(PollEnding.Read) with { FreshFor = TimeSpan.FromHours(freshHours) });
        var timed = PollSchedule.Plan(Facts(PollEnding.Read) with { TimeToLive = TimeSpan.FromHours(freshHours) });

        Assert.Equal(Now.AddHours(expectedHours), fresh.NextPollAt);
        Assert.Equal(Now.AddHours(expectedHours), timed.NextPollAt);
        Assert.Equal(Quarter * 1.2, fresh.Interval);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(24 * 30, 24 * 7)]
    public void A_throttled_feed_waits_as_long_as_the_server_asked_but_at_most_a_week(int askedHours, int expectedHours)
    {
        var facts = Facts(PollEnding.Throttled) with { RetryAfter = TimeSpan.FromHours(askedHours), FailuresInRow = 2 };

        var plan = PollSchedule.Plan(facts);

        Assert.Equal(Now.AddHours(expectedHours), plan.NextPollAt);
        Assert.Equal(2, plan.FailuresInRow);
        Assert.Equal(Quarter, plan.Interval);
    }

    [Fact]
    public void A_pause_shorter_than_the_interval_does_not_hurry()
    {
        var plan = PollSchedule.Plan(Facts(PollEnding.Throttled) with { RetryAfter = TimeSpan.FromSeconds(1) });

        Assert.Equal(Now + Quarter, plan.NextPollAt);
    }

    [Theory]
    [InlineData(PollEnding.Failed)]
    [InlineData(PollEnding.Throttled)]
    public void Failures_back_off_twofold_and_keep_the_learnt_interval(PollEnding ending)
    {
        var first = PollSchedule.Plan(Facts(ending));
        var third = PollSchedule.Plan(Facts(ending) with { FailuresInRow = 2 });

        Assert.Equal(Now + Quarter * 2, first.NextPollAt);
        Assert.Equal(1, first.FailuresInRow);
        Assert.Equal(Now + Quarter * 8, third.NextPollAt);
        Assert.Equal(Quarter, third.Interval);
    }

    [Theory]
    [InlineData(PollEnding.Failed, 0.0)]
    [InlineData(PollEnding.Failed, 1.0)]
    [InlineData(PollEnding.Gone, 0.0)]
    [InlineData(PollEnding.Gone, 1.0)]
    public void A_dead_feed_is_probed_every_week_for_ever(PollEnding ending, double jitter)
    {
        var plan = PollSchedule.Plan(Facts(ending) with { FailuresInRow = 100_000, Jitter = jitter });

        Assert.InRange(plan.NextPollAt - Now, TimeSpan.FromDays(6), TimeSpan.FromDays(7));
        Assert.Equal(100_001, plan.FailuresInRow);
    }

    [Fact]
    public void A_feed_that_recovers_returns_to_its_interval()
    {
        var plan = PollSchedule.Plan(Facts(PollEnding.Unchanged) with { FailuresInRow = 9 });

        Assert.Equal(0, plan.FailuresInRow);
        Assert.Equal(Now + Quarter * 1.2, plan.NextPollAt);
    }

    [Fact]
    public void Skipped_hours_move_the_poll_to_the_next_open_hour()
    {
        var plan = PollSchedule.Plan(Facts(PollEnding.Read) with { SkipHours = [12, 13, 14], Jitter = 0.5 });

        Assert.Equal(new DateTimeOffset(2026, 3, 10, 15, 5, 0, TimeSpan.Zero), plan.NextPollAt);
    }

    [Fact]
    public void Skipped_days_move_the_poll_to_the_next_open_day()
    {
        var plan = PollSchedule.Plan(
            Facts(PollEnding.Read) with
            {
                SkipDays = [DayOfWeek.Tuesday, DayOfWeek.Wednesday],
                SkipHours = [0, 1],
            }
        );

        Assert.Equal(new DateTimeOffset(2026, 3, 12, 2, 0, 0, TimeSpan.Zero), plan.NextPollAt);
    }

    [Fact]
    public void A_feed_that_leaves_out_every_hour_is_polled_all_the_same()
    {
        var plan = PollSchedule.Plan(Facts(PollEnding.Read) with { SkipHours = [.. Enumerable.Range(0, 24)] });

        Assert.Equal(Now + Quarter * 1.2, plan.NextPollAt);
    }

    [Fact]
    public void Jitter_only_adds()
    {
        var plan = PollSchedule.Plan(Facts(PollEnding.Read) with { FreshFor = TimeSpan.FromHours(10), Jitter = 1 });

        Assert.Equal(Now.AddHours(11), plan.NextPollAt);
    }

    [Fact]
    public void No_facts_however_odd_lead_to_a_poll_at_once_or_never()
    {
        var spans = Gen.TimeSpan;
        var skipped = Gen.Select(Gen.Int[-2, 30].Array[0, 30], Gen.Enum<DayOfWeek>().Array[0, 9]);
        Gen.Select(Gen.Enum<PollEnding>(), Gen.Select(spans, spans, spans), Gen.Bool, Gen.Int, Gen.Double, skipped)
            .Sample(
                (ending, lengths, wishes, count, jitter, skip) =>
                {
                    var (interval, timeToLive, wish) = lengths;
                    var min = TimeSpan.FromMinutes(5);
                    var facts = new PollFacts(ending, Now, interval, min, TimeSpan.FromHours(6))
                    {
                        NewEntries = count,
                        FailuresInRow = count,
                        FreshFor = wishes ? wish : null,
                        TimeToLive = timeToLive,
                        RetryAfter = wishes ? wish : null,
                        SkipHours = skip.Item1,
                        SkipDays = skip.Item2,
                        Jitter = jitter,
                    };

                    var plan = PollSchedule.Plan(facts);

                    var wait = plan.NextPollAt - Now;
                    return wait >= min
                        && wait <= TimeSpan.FromDays(9)
                        && plan.Interval >= min
                        && plan.Interval <= TimeSpan.FromHours(6);
                }
            );
    }

    private static PollFacts Facts(PollEnding ending, int minutes = 15) =>
        new(ending, Now, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(5), TimeSpan.FromHours(6));
}
