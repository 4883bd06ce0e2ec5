using Dapper;
using Microsoft.Extensions.Configuration;
using NewsBot.Processes;
using NewsBot.Storage;

namespace NewsBot.Postgres.Tests.Processes;

/// <summary>Processes that share a database: who holds what, and what becomes of one that is not heard of.</summary>
public sealed class ThisProcessTests : IAsyncLifetime
{
    private SharedDatabase _shared = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lease_belongs_to_one_process_until_it_lets_go()
    {
        var (_, one) = await _shared.JoinAsync(Token);
        var (_, two) = await _shared.JoinAsync(Token);

        Assert.True(await one.TakeAsync("discord", Token));
        Assert.True(await one.TakeAsync("discord", Token));
        Assert.False(await two.TakeAsync("discord", Token));
        await one.LetGoAsync("discord", Token);

        Assert.True(await two.TakeAsync("discord", Token));
    }

    [Fact]
    public async Task What_a_process_held_is_free_at_once_when_it_ends()
    {
        var (_, one) = await _shared.JoinAsync(Token);
        var (_, two) = await _shared.JoinAsync(Token);
        await one.TakeAsync("slack", Token);

        await one.EndAsync(Token);

        Assert.True(await two.TakeAsync("slack", Token));
    }

    [Fact]
    public async Task A_process_that_was_declared_dead_can_write_nothing_and_finds_out()
    {
        var (database, one) = await _shared.JoinAsync(Token);
        var (_, two) = await _shared.JoinAsync(Token);
        await one.TakeAsync("discord", Token);
        await SharedDatabase.SilenceAsync(database, Token);

        Assert.Single(await two.BuryAsync(Token));

        await Assert.ThrowsAsync<DeadProcessException>(() =>
            database.WriteAsync(
                connection => connection.ExecuteAsync("INSERT INTO setting (name, value) VALUES ('stale', 'written')"),
                Token
            )
        );
        await Assert.ThrowsAsync<DeadProcessException>(() =>
            database.WriteBesideAsync(connection => connection.ExecuteAsync("SELECT 1"), Token)
        );
        Assert.Null(await database.ReadAsync(connection => Settings.ReadAsync(connection, "stale"), Token));
        Assert.False(await one.RenewAsync(Token));
        Assert.True(one.IsDead);
        Assert.True(await two.TakeAsync("discord", Token));
    }

    [Fact]
    public async Task A_process_that_is_heard_of_again_in_time_goes_on_as_before()
    {
        var (database, one) = await _shared.JoinAsync(Token);
        var (_, two) = await _shared.JoinAsync(Token);
        await one.TakeAsync("discord", Token);
        await SharedDatabase.SilenceAsync(database, Token);

        Assert.True(await one.RenewAsync(Token));

        Assert.Empty(await two.BuryAsync(Token));
        Assert.False(await two.TakeAsync("discord", Token));
    }

    [Fact]
    public async Task A_process_that_nobody_heard_of_for_long_may_begin_nothing()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var process = new ThisProcess(
            _shared.View(),
            Microsoft.Extensions.Options.Options.Create(new ProcessOptions()),
            time
        );
        await process.BeginAsync("{}", Token);
        Assert.True(process.MayAct);

        time.Advance(TimeSpan.FromSeconds(11));
        Assert.False(process.MayAct);
        Assert.True(process.IsHeard);

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(process.IsHeard);

        await process.RenewAsync(Token);
        Assert.True(process.MayAct);
    }

    [Fact]
    public async Task A_machine_whose_clock_is_off_by_an_hour_goes_by_that_of_the_database()
    {
        var clock = new SharedClock();
        var now = TimeProvider.System.GetUtcNow();

        clock.Set(now, now.AddHours(1));
        Assert.InRange(clock.Ahead, TimeSpan.FromMinutes(-60.1), TimeSpan.FromMinutes(-59.9));
        clock.Set(now, now.AddMilliseconds(40));
        Assert.Equal(TimeSpan.Zero, clock.Ahead);

        var process = new ThisProcess(
            _shared.View(),
            Microsoft.Extensions.Options.Options.Create(new ProcessOptions()),
            clock
        );
        clock.Set(now.AddHours(1), now);
        await process.BeginAsync("{}", Token);
        Assert.Equal(TimeSpan.Zero, clock.Ahead);
    }

    [Fact]
    public async Task Processes_that_were_told_different_settings_find_out_which()
    {
        var first = Prints(("Chat:Discord:BotToken", "secret-one"), ("Web:PublicUrl", "https://news.example"));
        var second = Prints(
            ("Chat:Discord:BotToken", "secret-two"),
            ("Web:PublicUrl", "https://news.example"),
            ("Process:Lease", "00:00:30"),
            // Where each listens and what it does is its own.
            ("Web:Url", "http://127.0.0.1:5081"),
            ("Process:Roles", "web")
        );
        var (_, one) = await _shared.JoinAsync(Token, first);
        var (_, two) = await _shared.JoinAsync(Token, second);

        var (_, keys) = Assert.Single(await two.DifferencesAsync(second, Token));
        Assert.Equal(["Chat:Discord:BotToken", "Process:Lease"], keys);
        Assert.Empty(await one.DifferencesAsync(second, Token));
        Assert.DoesNotContain("secret", second, StringComparison.Ordinal);
    }

    private static string Prints(params (string Key, string? Value)[] told) =>
        SharedSettings.Prints(
            new ConfigurationBuilder()
                .AddInMemoryCollection(told.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
                .Build()
        );

    public async ValueTask InitializeAsync() => _shared = await SharedDatabase.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _shared.Dispose();
        return ValueTask.CompletedTask;
    }
}
