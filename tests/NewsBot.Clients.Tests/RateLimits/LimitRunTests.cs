using CsCheck;
using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Tests.RateLimits;

/// <summary>Whole runs against a model of the server, in virtual time.</summary>
public sealed class LimitRunTests
{
    private const int PerSecond = 50;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(40)]
    public void Two_hundred_messages_over_ten_channels_take_hardly_longer_than_the_optimum(int oneWayMs)
    {
        var server = new ServerModel(5, Window, PerSecond);
        var oneWay = TimeSpan.FromMilliseconds(oneWayMs);
        var run = new VirtualRun(new LimitTable(PerSecond), server.Arrive, () => oneWay);
        for (var call = 0; call < 200; call++)
        {
            run.Ask(Post(call % 10), TimeSpan.Zero);
        }

        var end = run.Play();

        // Twenty messages in a channel are four windows of five; the last window opens after three lengths.
        var optimum = (Window * 3) + (oneWay * 2);
        Assert.Equal(200, run.Done.Count);
        Assert.Equal(0, server.BucketRefusals + server.GlobalRefusals);
        Assert.True(end <= optimum * 1.05, $"{end} of {optimum}");
    }

    [Fact]
    public void Calls_that_arrive_unevenly_are_not_refused_either() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 12], Gen.Int[1, 30], Gen.Int[0, 400], Gen.Int)
            .Sample(
                (channels, limit, each, jitterMs, seed) =>
                {
                    var random = new Random(seed);
                    var server = new ServerModel(limit, Window, PerSecond);
                    var run = new VirtualRun(
                        new LimitTable(PerSecond),
                        server.Arrive,
                        () => TimeSpan.FromMilliseconds(5 + random.Next(jitterMs + 1))
                    );
                    for (var call = 0; call < channels * each; call++)
                    {
                        run.Ask(Post(call % channels), TimeSpan.FromMilliseconds(random.Next(20_000)));
                    }

                    run.Play();

                    Assert.Equal(channels * each, run.Done.Count);
                    Assert.Equal(0, server.BucketRefusals);
                    Assert.Equal(0, server.GlobalRefusals);
                },
                iter: 300
            );

    [Fact]
    public void Never_more_than_fifty_calls_reach_the_server_in_any_second()
    {
        var random = new Random(7);
        var server = new ServerModel(1_000, Window, PerSecond);
        var run = new VirtualRun(
            new LimitTable(PerSecond),
            server.Arrive,
            () => TimeSpan.FromMilliseconds(random.Next(1, 120))
        );
        for (var call = 0; call < 500; call++)
        {
            run.Ask(Post(call % 50), TimeSpan.Zero);
        }

        var end = run.Play();

        Assert.Equal(500, run.Done.Count);
        Assert.Equal(0, server.GlobalRefusals);
        Assert.True(end < TimeSpan.FromSeconds(12), $"{end}");
    }

    [Fact]
    public void A_hidden_limit_refuses_one_call_and_is_known_then()
    {
        var server = new ServerModel(5, TimeSpan.FromSeconds(2), PerSecond) { Hidden = (30, TimeSpan.FromSeconds(60)) };
        var run = new VirtualRun(new LimitTable(PerSecond), server.Arrive, () => TimeSpan.FromMilliseconds(30));
        for (var call = 0; call < 150; call++)
        {
            run.Ask(Post(1), TimeSpan.Zero);
        }

        var end = run.Play();

        Assert.Equal(150, run.Done.Count);
        Assert.Equal(1, server.HiddenRefusals);
        Assert.Equal(0, server.BucketRefusals);
        Assert.True(end < TimeSpan.FromSeconds(60 * 4 + 15), $"{end}");
    }

    [Fact]
    public void A_bucket_that_changes_its_name_is_learned_anew_without_refusals()
    {
        var server = new ServerModel(5, Window, PerSecond) { Name = now => now < Seconds(7) ? "b1" : "b2" };
        var run = new VirtualRun(new LimitTable(PerSecond), server.Arrive, () => TimeSpan.FromMilliseconds(20));
        for (var call = 0; call < 40; call++)
        {
            run.Ask(Post(call % 2), TimeSpan.Zero);
        }

        run.Play();

        Assert.Equal(40, run.Done.Count);
        Assert.Equal(0, server.BucketRefusals);
    }

    [Fact]
    public void Calls_of_a_channel_are_sent_in_the_order_asked()
    {
        var server = new ServerModel(3, Window, PerSecond);
        var run = new VirtualRun(new LimitTable(PerSecond), server.Arrive, () => TimeSpan.FromMilliseconds(20));
        for (var call = 0; call < 30; call++)
        {
            run.Ask(Post(1), TimeSpan.Zero);
        }

        run.Play();

        var sent = run.Done.OrderBy(done => done.SentAt).ThenBy(done => done.Sequence).Select(done => done.Sequence);
        Assert.Equal(Enumerable.Range(0, 30).Select(number => (long)number), sent);
    }

    private static CallKind Post(int channel) =>
        new("POST /channels/{channel}/messages", channel.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
