using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Tests.RateLimits;

public sealed class LimitTableTests
{
    private const int PerSecond = 50;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_hidden_limit_of_one_kind_holds_up_no_other_kind_of_the_same_bucket()
    {
        var table = new LimitTable(PerSecond);
        var rename = Post(1) with { Variant = "name" };
        var ticket = Send(table, rename, TimeSpan.Zero);
        table.End(ticket, Headers(5, 4) with { Refusal = User(600) }, Seconds(0.1));

        table.Enqueue(rename, Seconds(0.2));
        var other = table.Enqueue(Post(1), Seconds(0.2));

        Assert.Same(other, table.TryTake(Seconds(0.2), out _));
        Assert.Null(table.TryTake(Seconds(0.2), out var wakeAt));
        Assert.InRange(wakeAt!.Value, Seconds(600), Seconds(601));
    }

    [Fact]
    public void The_first_call_on_an_unknown_route_goes_alone_whatever_its_channel()
    {
        var table = new LimitTable(PerSecond);
        table.Enqueue(Post(1), TimeSpan.Zero);
        table.Enqueue(Post(2), TimeSpan.Zero);

        var first = table.TryTake(TimeSpan.Zero, out _)!;
        Assert.Null(table.TryTake(TimeSpan.Zero, out var wakeAt));
        Assert.Null(wakeAt);

        table.End(first, Headers(5, 4), Seconds(0.1));
        Assert.NotNull(table.TryTake(Seconds(0.1), out _));
    }

    [Fact]
    public void A_failed_first_call_lets_the_next_find_out()
    {
        var table = new LimitTable(PerSecond);
        var first = Send(table, Post(1), TimeSpan.Zero);
        table.Enqueue(Post(1), TimeSpan.Zero);
        table.Enqueue(Post(1), TimeSpan.Zero);

        table.End(first, LimitSignal.None, Seconds(1));

        Assert.NotNull(table.TryTake(Seconds(1), out _));
        Assert.Null(table.TryTake(Seconds(1), out _));
    }

    [Fact]
    public void Known_buckets_are_used_in_parallel_up_to_what_is_left()
    {
        var table = new LimitTable(PerSecond);
        table.End(Send(table, Post(1), TimeSpan.Zero), Headers(5, 4), Seconds(0.1));
        for (var call = 0; call < 6; call++)
        {
            table.Enqueue(Post(1), Seconds(0.1));
        }

        Assert.Equal(4, Drain(table, Seconds(0.1)).Count);
        Assert.Null(table.TryTake(Seconds(0.1), out var wakeAt));
        Assert.InRange(wakeAt!.Value, Seconds(5.1), Seconds(5.2));
    }

    [Fact]
    public void A_route_without_limits_is_used_in_parallel()
    {
        var table = new LimitTable(PerSecond);
        table.End(Send(table, Post(1), TimeSpan.Zero), new LimitSignal { IsAnswer = true }, Seconds(0.1));
        for (var call = 0; call < 10; call++)
        {
            table.Enqueue(Post(call), Seconds(0.1));
            table.Enqueue(Post(1), Seconds(0.1));
        }

        Assert.True(Drain(table, Seconds(0.1)).Count >= 11);
    }

    [Fact]
    public void Routes_with_the_same_bucket_share_it()
    {
        var table = new LimitTable(PerSecond);
        var edit = new CallKind("PATCH /channels/{channel}/messages/{message}", "1");
        table.End(Send(table, Post(1), TimeSpan.Zero), Headers(2, 1), Seconds(0.1));
        table.End(Send(table, edit, Seconds(0.2)), Headers(2, 0), Seconds(0.3));

        table.Enqueue(Post(1), Seconds(0.4));

        Assert.Null(table.TryTake(Seconds(0.4), out var wakeAt));
        Assert.InRange(wakeAt!.Value, Seconds(5), Seconds(5.4));
    }

    [Fact]
    public void A_global_refusal_holds_up_everything_but_interactions()
    {
        var table = new LimitTable(PerSecond);
        var refusal = new LimitSignal { IsAnswer = true, Refusal = new LimitRefusal(LimitScope.Global, Seconds(3)) };
        table.End(Send(table, Post(1), TimeSpan.Zero), refusal, Seconds(0.1));
        table.Enqueue(Post(2), Seconds(0.2));
        var answer = table.Enqueue(
            new CallKind("POST /interactions", "1/t") { IsOutsideGlobal = true, HasNoBucket = true },
            Seconds(0.2)
        );

        Assert.Same(answer, table.TryTake(Seconds(0.2), out _));
        Assert.Null(table.TryTake(Seconds(0.2), out var wakeAt));
        Assert.Equal(Seconds(3.1), wakeAt);
    }

    [Fact]
    public void A_refusal_shared_with_others_holds_up_that_kind_only_and_teaches_nothing()
    {
        var table = new LimitTable(PerSecond);
        var refusal = Headers(5, 4) with { Refusal = new LimitRefusal(LimitScope.Shared, Seconds(2)) };
        table.End(Send(table, Post(1), TimeSpan.Zero), refusal, Seconds(0.1));

        table.Enqueue(Post(1), Seconds(0.2));
        table.Enqueue(Post(2), Seconds(0.2));

        Assert.Equal("2", Drain(table, Seconds(0.2)).Single().Queue.Kind.Major);
        Assert.Equal("1", Drain(table, Seconds(2.2)).Single().Queue.Kind.Major);
    }

    [Fact]
    public void Idle_kinds_are_forgotten_and_busy_ones_are_not()
    {
        var table = new LimitTable(PerSecond);
        var waiting = table.Enqueue(Post(999_999), TimeSpan.Zero);
        for (var call = 0; call < 5_000; call++)
        {
            var now = Seconds(call);
            if (table.TryTake(now, out _) is { } ticket)
            {
                table.End(ticket, Headers(5, 4), now);
            }

            table.Enqueue(Post(call), now);
        }

        Assert.True(table.KindCount < 600, $"{table.KindCount}");
        Assert.Equal(0, waiting.Sequence);
    }

    private static CallKind Post(int channel) =>
        new("POST /channels/{channel}/messages", channel.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static CallTicket Send(LimitTable table, CallKind kind, TimeSpan now)
    {
        table.Enqueue(kind, now);
        return table.TryTake(now, out _)!;
    }

    private static List<CallTicket> Drain(LimitTable table, TimeSpan now)
    {
        var taken = new List<CallTicket>();
        while (table.TryTake(now, out _) is { } ticket)
        {
            taken.Add(ticket);
        }

        return taken;
    }

    private static LimitSignal Headers(int limit, int remaining) =>
        new()
        {
            IsAnswer = true,
            Bucket = "b1",
            Limit = limit,
            Remaining = remaining,
            ResetAfter = Window,
        };

    private static LimitRefusal User(double seconds) => new(LimitScope.User, Seconds(seconds));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
