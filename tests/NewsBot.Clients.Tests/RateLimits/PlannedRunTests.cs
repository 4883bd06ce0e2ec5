using CsCheck;
using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Tests.RateLimits;

/// <summary>Whole runs under limits known beforehand, against a server that tells nothing but refusals, in virtual time.</summary>
public sealed class PlannedRunTests
{
    private const int Burst = 3;
    private const int PerMinute = 300;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(250)]
    public void Two_hundred_messages_over_ten_channels_take_hardly_longer_than_the_optimum(int oneWayMs)
    {
        var server = new PacedServer(Step, Burst, PerMinute);
        var oneWay = TimeSpan.FromMilliseconds(oneWayMs);
        var run = new VirtualRun(Table(), server.Arrive, () => oneWay);
        for (var call = 0; call < 200; call++)
        {
            run.Ask(Post(call % 10), TimeSpan.Zero);
        }

        var end = run.Play();

        Assert.Equal(200, run.Done.Count);
        Assert.Equal(0, server.Refused);
        Assert.True(end <= server.Optimum(10, 20) * 1.05 + (oneWay * 2), $"{end} of {server.Optimum(10, 20)}");
    }

    [Fact]
    public void A_thousand_messages_over_fifty_channels_keep_to_the_minute_of_the_workspace()
    {
        var random = new Random(3);
        var server = new PacedServer(Step, Burst, PerMinute);
        var run = new VirtualRun(Table(), server.Arrive, () => TimeSpan.FromMilliseconds(random.Next(5, 80)));
        for (var call = 0; call < 1_000; call++)
        {
            run.Ask(Post(call % 50), TimeSpan.Zero);
        }

        var end = run.Play();

        Assert.Equal(1_000, run.Done.Count);
        Assert.Equal(0, server.Refused);
        Assert.True(end <= server.Optimum(50, 20) * 1.05, $"{end} of {server.Optimum(50, 20)}");
    }

    [Fact]
    public void Calls_that_arrive_unevenly_are_not_refused_either() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 5], Gen.Int[1, 30], Gen.Int[0, 900], Gen.Int)
            .Sample(
                (channels, burst, each, jitterMs, seed) =>
                {
                    var random = new Random(seed);
                    var server = new PacedServer(Step, burst, 40);
                    var run = new VirtualRun(
                        Table(burst, 40),
                        server.Arrive,
                        () => TimeSpan.FromMilliseconds(5 + random.Next((jitterMs / 2) + 1))
                    );
                    for (var call = 0; call < channels * each; call++)
                    {
                        run.Ask(Post(call % channels), TimeSpan.FromMilliseconds(random.Next(30_000)));
                    }

                    run.Play();

                    Assert.Equal(channels * each, run.Done.Count);
                    Assert.Equal(0, server.Refused);
                },
                iter: 300
            );

    [Fact]
    public void A_server_that_is_stricter_than_the_plan_is_obeyed()
    {
        var server = new PacedServer(Step * 2, 1, 20);
        var run = new VirtualRun(Table(), server.Arrive, () => TimeSpan.FromMilliseconds(20));
        for (var call = 0; call < 60; call++)
        {
            run.Ask(Post(call % 3), TimeSpan.Zero);
        }

        var end = run.Play();

        Assert.Equal(60, run.Done.Count);
        Assert.True(end < TimeSpan.FromMinutes(4), $"{end}");
    }

    [Fact]
    public void A_refusal_for_a_shared_limit_holds_up_all_who_share_it()
    {
        var table = Table();
        var first = Send(table, Post(1), TimeSpan.Zero);
        table.End(first, Refusal(Posts(PerMinute)), Seconds(0.1));

        table.Enqueue(Post(2), Seconds(0.2));

        Assert.Null(table.TryTake(Seconds(0.2), out var wakeAt));
        Assert.InRange(wakeAt!.Value, Seconds(30.1), Seconds(30.2));
    }

    [Fact]
    public void A_refusal_of_one_channel_holds_up_no_other()
    {
        var table = Table();
        var first = Send(table, Post(1), TimeSpan.Zero);
        table.End(first, Refusal(shared: null), Seconds(0.1));

        table.Enqueue(Post(1), Seconds(0.2));
        var other = table.Enqueue(Post(2), Seconds(0.2));

        Assert.Same(other, table.TryTake(Seconds(0.2), out _));
        Assert.Null(table.TryTake(Seconds(0.2), out _));
    }

    [Fact]
    public void A_wait_is_told_before_the_call_is_made()
    {
        var table = Table();
        var fresh = table.WaitFor(Post(1), TimeSpan.Zero);
        for (var call = 0; call < 3; call++)
        {
            table.End(Send(table, Post(1), TimeSpan.Zero), new LimitSignal { IsAnswer = true }, TimeSpan.Zero);
        }

        var after = table.WaitFor(Post(1), TimeSpan.Zero);
        table.Enqueue(Post(1), TimeSpan.Zero);
        table.Enqueue(Post(1), TimeSpan.Zero);
        var behind = table.WaitFor(Post(1), TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, fresh);
        Assert.InRange(after, Seconds(1), Seconds(1.1));
        Assert.InRange(behind, Seconds(3), Seconds(3.1));
        Assert.Equal(TimeSpan.Zero, table.WaitFor(Post(2), TimeSpan.Zero));
        Assert.Equal(0, table.PlannedLeft(Post(1), TimeSpan.Zero));
        Assert.Equal(3, table.PlannedLeft(Post(2), TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(5, 180)]
    public void A_wait_for_a_window_counts_those_that_take_its_places_first(int ahead, double seconds)
    {
        var pace = new WindowPace(2, TimeSpan.FromMinutes(1));
        var table = Table();
        foreach (var ticket in new[] { Send(table, Post(1), default), Send(table, Post(2), default) })
        {
            pace.Take(ticket, TimeSpan.Zero);
            pace.End(ticket, TimeSpan.Zero);
        }

        Assert.Equal(Seconds(seconds), pace.ReadyAt(ahead, TimeSpan.Zero));
    }

    [Fact]
    public void Paces_that_are_not_used_any_more_are_forgotten()
    {
        var table = Table();
        var now = TimeSpan.Zero;
        for (var channel = 0; channel < 5_000; channel++)
        {
            now += Seconds(1);
            table.End(Send(table, Post(channel), now), new LimitSignal { IsAnswer = true }, now);
        }

        Assert.InRange(table.PlannedCount, 1, 600);
    }

    private static LimitTable Table(int burst = Burst, int perMinute = PerMinute) =>
        new(
            int.MaxValue,
            kind => [new PlannedLimit($"post {kind.Major}", 1, Step) { Burst = burst }, Posts(perMinute)]
        );

    private static PlannedLimit Posts(int perMinute) => new("posts", perMinute, TimeSpan.FromMinutes(1));

    private static LimitSignal Refusal(PlannedLimit? shared) =>
        new() { Refusal = new LimitRefusal(LimitScope.User, Seconds(30)) { Planned = shared } };

    private static CallTicket Send(LimitTable table, CallKind kind, TimeSpan now)
    {
        var ticket = table.Enqueue(kind, now);
        Assert.Same(ticket, table.TryTake(now, out _));
        return ticket;
    }

    private static CallKind Post(int channel) =>
        new("chat.postMessage", channel.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            IsOutsideGlobal = true,
            HasNoBucket = true,
        };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
