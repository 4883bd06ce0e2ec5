using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Fetching;

namespace NewsBot.Tests.Fetching;

public sealed class HostBudgetTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly HostBudget _budget;

    public HostBudgetTests() =>
        _budget = new HostBudget(
            Options.Create(
                new FetchingOptions
                {
                    MaxPerHost = 2,
                    MaxParallel = 3,
                    HostSpacing = TimeSpan.FromSeconds(1),
                }
            ),
            _time
        );

    public void Dispose() => _budget.Dispose();

    [Fact]
    public async Task Two_requests_to_one_host_keep_their_distance()
    {
        using var first = await EnterAsync("a.example");
        var second = EnterAsync("A.example");

        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var turn = await second;
        Assert.Null(turn.Rest);
    }

    [Fact]
    public async Task A_third_request_waits_until_one_is_over()
    {
        var first = await EnterAsync("a.example");
        _time.Advance(TimeSpan.FromSeconds(1));
        using var second = await EnterAsync("a.example");
        _time.Advance(TimeSpan.FromSeconds(1));
        var third = EnterAsync("a.example");

        Assert.False(third.IsCompleted);
        first.Dispose();
        using var turn = await third;
        Assert.Null(turn.Rest);
    }

    [Fact]
    public async Task All_hosts_together_have_a_limit()
    {
        var first = await EnterAsync("a.example");
        using var second = await EnterAsync("b.example");
        using var third = await EnterAsync("c.example");
        var fourth = EnterAsync("d.example");

        Assert.False(fourth.IsCompleted);
        first.Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task A_host_rests_as_long_as_it_asked_and_then_serves_again()
    {
        _budget.Rest("a.example", TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromMinutes(4));

        using (var resting = await EnterAsync("a.example"))
        {
            Assert.Equal(TimeSpan.FromMinutes(6), resting.Rest);
        }

        _time.Advance(TimeSpan.FromMinutes(6));
        using var awake = await EnterAsync("a.example");
        Assert.Null(awake.Rest);
    }

    [Fact]
    public async Task A_pause_of_days_keeps_the_host_for_an_hour_only()
    {
        _budget.Rest("a.example", TimeSpan.FromDays(3));

        using var turn = await EnterAsync("a.example");

        Assert.Equal(TimeSpan.FromHours(1), turn.Rest);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_gives_its_place_back()
    {
        using (await EnterAsync("a.example"))
        {
            using var cancelled = new CancellationTokenSource();
            var waiting = _budget.EnterAsync("a.example", cancelled.Token);
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        using var one = await EnterAsync("a.example");
        _time.Advance(TimeSpan.FromSeconds(1));
        using var two = await EnterAsync("a.example");
        Assert.Null(two.Rest);
    }

    [Fact]
    public async Task The_memory_stays_bounded_even_where_every_host_rests()
    {
        for (var index = 0; index < 20_000; index++)
        {
            _budget.Rest($"{index}.example", TimeSpan.FromMinutes(30));
        }

        (await EnterAsync("a.example")).Dispose();

        Assert.InRange(_budget.Known, 1, 4_096);
    }

    private Task<HostTurn> EnterAsync(string host) => _budget.EnterAsync(host, TestContext.Current.CancellationToken);
}
