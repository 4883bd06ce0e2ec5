using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Chat;
using NewsBot.Core.Stories;
using NewsBot.Testing.Newsrooms;
using NewsBot.Web;

namespace NewsBot.Tests.Discord.Listening;

public sealed class TrackingPumpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Less than the time between two looks.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(300);

    private readonly FakeTimeProvider _time = new();
    private readonly LiveUpdates _live = new();
    private readonly Looks _looks = new();

    [Fact]
    public async Task A_changed_setting_is_read_without_waiting_for_the_next_look()
    {
        using var pump = await StartAsync();

        _live.Publish(LiveUpdate.Everything);

        Assert.Equal(2, await LooksAfterAsync(Soon));
        await pump.StopAsync(Token);
    }

    [Fact]
    public async Task What_changes_on_a_page_is_no_setting()
    {
        using var pump = await StartAsync();

        _live.Publish(new LiveUpdate(null, new StoryId(1)));

        Assert.Equal(1, await LooksAfterAsync(Soon));
        await pump.StopAsync(Token);
    }

    [Fact]
    public async Task What_was_not_told_is_found_by_a_later_look()
    {
        using var pump = await StartAsync();

        Assert.Equal(2, await LooksAfterAsync(TimeSpan.FromSeconds(11)));
        await pump.StopAsync(Token);
    }

    private async Task<TrackingPump> StartAsync()
    {
        var pump = new TrackingPump([_looks], _live, _time, NullLogger<TrackingPump>.Instance);
        await pump.StartAsync(Token);
        await RunningNewsroom.UntilAsync(() => Task.FromResult(_looks.Count == 1 ? this : null));
        return pump;
    }

    // In steps: the pump has to come to its next wait between two of them.
    private async Task<int> LooksAfterAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
            _time.Advance(Step);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        return _looks.Count;
    }

    private sealed class Looks : ITracking
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task RefreshAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            return Task.CompletedTask;
        }
    }
}
