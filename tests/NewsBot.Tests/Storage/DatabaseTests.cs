using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Storage;

namespace NewsBot.Tests.Storage;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-").FullName;
    private readonly Database _database;

    public DatabaseTests() => _database = new SqliteDatabase(Path.Combine(_folder, "newsbot.db"));

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

    [Fact]
    public async Task A_disk_that_fails_one_write_fails_all_that_waited_with_it_and_each_is_told_why()
    {
        var (begun, first) = Hold();
        await begun;
        var good = Write("good");
        var full = _database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("ROLLBACK");
                // As SQLite does it: with this error the whole transaction is over.
                return await Task.FromException<int>(new SqliteException("database or disk is full", 13));
            },
            Token
        );
        first.SetResult();

        var told = await Assert.ThrowsAsync<StorageTroubleException>(() => full);
        Assert.StartsWith("The disk is full: ", told.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageTroubleException>(() => good);
        await Write("next");

        Assert.Equal(["first", "next"], await Lines());
    }

    [Fact]
    public async Task While_nothing_can_be_stored_what_runs_by_itself_waits_and_who_asks_is_told_at_once()
    {
        var health = new StorageHealth(TimeProvider.System, NullLogger<StorageHealth>.Instance);
        using var database = new SqliteDatabase(_database.Name, health);
        health.Failed(StorageTroubleKind.Full, database.File, new SqliteException("full", 13));

        var waits = database.WriteAsync(connection => Insert(connection, "kept"), Token);
        await Assert.ThrowsAsync<StorageTroubleException>(() => AskAsync(database));
        Assert.False(waits.IsCompleted);
        Assert.Empty(await Lines());
        health.Mended();
        await waits;

        Assert.Equal(["kept"], await Lines());
        Assert.Null(health.Trouble);
    }

    [Fact]
    public async Task A_write_that_met_the_full_disk_is_made_again_when_there_is_room()
    {
        var health = new StorageHealth(TimeProvider.System, NullLogger<StorageHealth>.Instance);
        using var database = new SqliteDatabase(_database.Name, health);
        var tries = 0;

        var written = database.WriteAsync(
            connection =>
                tries++ == 0
                    ? Task.FromException<int>(new SqliteException("database or disk is full", 13))
                    : Insert(connection, "once"),
            Token
        );
        while (health.Trouble is null)
        {
            await Task.Yield();
        }

        health.Mended();
        await written;

        Assert.Equal(2, tries);
        Assert.Equal(["once"], await Lines());
    }

    private static async Task AskAsync(Database database)
    {
        StorageHealth.FailAtOnce();
        await database.WriteAsync(connection => Insert(connection, "asked"), Token);
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

    private static Task<int> Insert(DbConnection connection, string text) =>
        connection.ExecuteAsync("INSERT INTO line (text) VALUES (@text)", new { text });

    private Task<List<string>> Lines() =>
        _database.ReadAsync(
            async connection => (await connection.QueryAsync<string>("SELECT text FROM line ORDER BY id")).AsList(),
            Token
        );
}
