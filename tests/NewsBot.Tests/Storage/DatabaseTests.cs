using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Storage;

namespace NewsBot.Tests.Storage;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-").FullName;
    private readonly Database _database;

    public DatabaseTests() => _database = new Database(Path.Combine(_folder, "newsbot.db"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await _database.WriteAsync(
            connection =>
                connection.ExecuteAsync("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)"),
            Token
        );

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Of_writes_that_wait_together_one_that_fails_takes_back_its_own_changes_only()
    {
        var (begun, first) = Hold();
        await begun;
        var good = Write("good");
        var bad = _database.WriteAsync(
            async connection =>
            {
                await Insert(connection, "half");
                return await Insert(connection, "good");
            },
            Token
        );
        var late = Write("late");
        first.SetResult();

        await good;
        await Assert.ThrowsAsync<SqliteException>(() => bad);
        await late;

        Assert.Equal(["first", "good", "late"], await Lines());
    }

    [Fact]
    public async Task A_write_nobody_waits_for_any_more_is_not_made()
    {
        using var stop = new CancellationTokenSource();
        var (begun, first) = Hold();
        await begun;
        var given = _database.WriteAsync(connection => Insert(connection, "given up"), stop.Token);
        await stop.CancelAsync();
        first.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Write("next");

        Assert.Equal(["first", "next"], await Lines());
    }

    [Fact]
    public async Task A_write_has_ended_only_when_others_can_read_it()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(async number =>
                {
                    await Write($"line {number}");
                    Assert.Contains($"line {number}", await Lines());
                })
        );
    }

    [Fact]
    public async Task After_a_write_that_ended_the_whole_transaction_others_go_on()
    {
        var broken = _database.WriteAsync(
            async connection =>
            {
                await Insert(connection, "taken back");
                return await connection.ExecuteAsync("ROLLBACK");
            },
            Token
        );

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        await Write("next");

        Assert.Equal(["next"], await Lines());
    }

    // A write that goes on until it is let go, so that others gather behind it.
    private (Task Begun, TaskCompletionSource Go) Hold()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _database.WriteAsync(
            async connection =>
            {
                begun.SetResult();
                await go.Task;
                return await Insert(connection, "first");
            },
            Token
        );
        return (begun.Task, go);
    }

    private Task<int> Write(string text) => _database.WriteAsync(connection => Insert(connection, text), Token);

    private static Task<int> Insert(SqliteConnection connection, string text) =>
        connection.ExecuteAsync("INSERT INTO line (text) VALUES (@text)", new { text });

    private Task<List<string>> Lines() =>
        _database.ReadAsync(
            async connection => (await connection.QueryAsync<string>("SELECT text FROM line ORDER BY id")).AsList(),
            Token
        );
}
