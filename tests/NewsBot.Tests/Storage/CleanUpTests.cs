using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Storage;
using NewsBot.Testing;

namespace NewsBot.Tests.Storage;

/// <summary>Much that has served its time goes at once, and nobody has to wait for it.</summary>
public sealed class CleanUpTests : IAsyncLifetime
{
    private const int Rows = 120_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-clean-").FullName;
    private readonly FakeTimeProvider _time = new(Now);
    private Database _database = null!;
    private CleanUp _cleanUp = null!;

    private string File => Path.Combine(_folder, "newsbot.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Others_write_between_its_steps_and_no_step_is_larger_than_agreed()
    {
        await FillAsync();

        var cleaning = _cleanUp.RunAsync(Token);
        var largest = 0L;
        var before = (long)Rows;
        for (var i = 0; i < 40; i++)
        {
            // Written after at most one step that was in line before it.
            var left = await _database.WriteAsync(PostAsync, Token);
            largest = Math.Max(largest, before - left);
            before = left;
        }

        Assert.False(cleaning.IsCompleted);
        Assert.True(before > Rows / 2, $"{before} rows are left");
        var (rows, steps) = await cleaning;

        Assert.Equal(Rows, rows);
        Assert.True(steps >= Rows / CleanUp.Batch, $"{steps} steps");
        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM slack_event"));
        Assert.Equal(40, await NumberAsync("SELECT COUNT(*) FROM setting WHERE name LIKE 'post %'"));
    }

    [Fact]
    public async Task What_is_older_than_the_settings_let_it_be_goes()
    {
        var options = new StorageOptions
        {
            KeepDecisions = TimeSpan.FromDays(3),
            KeepStatistics = TimeSpan.FromDays(20),
        };
        await _database.WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    """
                    INSERT INTO feed (id, url, interval_ms, next_poll_at) VALUES (1, 'https://a.example/feed', 900000, 0);
                    INSERT INTO entry (id, feed_id, title, title_key, content_hash, seen_at)
                    VALUES (1, 1, 'Bridge opens', 'bridge opens', 'a', 0);
                    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
                    INSERT INTO decision (entry_id, community_id, stage, passed, detail, at)
                    SELECT 1, 1, 'filter', 1, '', @Now - i * 86400000 FROM n;
                    INSERT INTO feed_day (feed_id, day)
                    SELECT 1, at / 86400000 FROM decision;
                    """,
                    new { Now = Now.Ms() }
                ),
            Token
        );

        await new CleanUp(_database, new FreePages(_database), Options.Create(options), _time).RunAsync(Token);

        Assert.Equal(3 + 1, await NumberAsync("SELECT COUNT(*) FROM decision"));
        Assert.Equal(20 + 1, await NumberAsync("SELECT COUNT(*) FROM feed_day"));
    }

    [Fact]
    public async Task The_file_is_smaller_afterwards()
    {
        await FillAsync();
        var before = new FileInfo(File).Length;

        await _cleanUp.RunAsync(Token);
        await FoldAsync();

        var after = new FileInfo(File).Length;
        Assert.True(after < before / 3, $"{before} bytes before, {after} after");
        Assert.Equal("ok", await WordAsync("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task The_file_of_an_older_version_shrinks_too_once_it_is_brought_up_to_date()
    {
        await FillAsync();
        await using (var connection = await _database.OpenAsync(Token))
        {
            await connection.ExecuteAsync("PRAGMA auto_vacuum = NONE");
            await connection.ExecuteAsync("VACUUM");
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>("PRAGMA auto_vacuum"));
        }

        SqliteConnection.ClearAllPools();
        await new Migrator(_database).MigrateAsync(rewrites: true, Token);
        await FoldAsync();
        var before = new FileInfo(File).Length;
        await _cleanUp.RunAsync(Token);
        await FoldAsync();

        Assert.True(new FileInfo(File).Length < before / 3);
    }

    [Fact]
    public async Task The_log_beside_the_file_does_not_stay_as_long_as_it_once_was()
    {
        await using (var reader = await _database.OpenAsync(Token))
        {
            // While somebody reads, the log can only grow.
            await reader.ExecuteAsync("BEGIN DEFERRED");
            await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM setting");
            await FillAsync();
            await reader.ExecuteAsync("COMMIT");
        }

        var log = new FileInfo(File + "-wal");
        var before = log.Length;
        await _cleanUp.RunAsync(Token);
        await _database.WriteAsync(PostAsync, Token);
        log.Refresh();

        Assert.True(before > 64 * 1024 * 1024, $"The log was only {before} bytes long.");
        Assert.True(log.Length < before / 2, $"{before} bytes before, {log.Length} after");
    }

    public async ValueTask InitializeAsync()
    {
        using (await NewsroomBuilder.CreateAsync(File, Now, Token)) { }

        _database = new SqliteDatabase(File);
        _cleanUp = new CleanUp(_database, new FreePages(_database), Options.Create(new StorageOptions()), _time);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private Task<int> FillAsync() =>
        _database.WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @Rows)
                    INSERT INTO slack_event (event_id, body, received_at) SELECT 'Ev' || i, @Body, i FROM n
                    """,
                    new { Rows, Body = new string('x', 600) }
                ),
            Token
        );

    private async Task<long> PostAsync(DbConnection connection)
    {
        await connection.ExecuteAsync(
            "INSERT INTO setting (name, value) VALUES ('post ' || (SELECT COUNT(*) FROM setting), 'x')"
        );
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM slack_event");
    }

    private async Task FoldAsync()
    {
        await using var connection = await _database.OpenAsync(Token);
        await connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private Task<long> NumberAsync(string sql) =>
        _database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql), Token);

    private Task<string?> WordAsync(string sql) =>
        _database.ReadAsync(connection => connection.ExecuteScalarAsync<string?>(sql), Token);
}
