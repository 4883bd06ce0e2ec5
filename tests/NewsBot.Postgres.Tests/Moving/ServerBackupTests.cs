using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Cli;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Tests.Storage;
using Npgsql;

namespace NewsBot.Postgres.Tests.Moving;

/// <summary>The built program's backup of a newsroom on a server, and what a restore makes of it.</summary>
public sealed class ServerBackupTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-keep-").FullName;
    private string _address = "";

    private string Data => Path.Combine(_folder, "data");

    private string BackupFile => Path.Combine(_folder, "newsroom.backup");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.GetAsync();
        _address = server.MakeEmpty($"t{Path.GetFileName(_folder).ToLowerInvariant()}");
        await FilledNewsroom.MakeAsync(Path.Combine(Data, "newsbot.db"), Token);
        var moved = await RunAsync("migrate", "--from", "sqlite", "--to", "postgres");
        Assert.True(moved.Code == 0, moved.Error);
        // A newsroom that starts begins the record of erasures.
        var started = await OnServerAsync("latest");
        Assert.True(started.Code == 0, started.Error);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_backup_made_while_others_write_is_one_moment_and_comes_back_on_either_kind_of_database()
    {
        using var enough = new CancellationTokenSource();
        var writing = WritePairsAsync(enough.Token);
        var made = await OnServerAsync("backup", BackupFile);
        await enough.CancelAsync();
        var written = await writing;
        Assert.True(made.Code == 0, made.Error);
        Assert.True(written > 0);
        Assert.Empty(await DatabaseFile.CheckAsync(BackupFile, Token));
        Assert.Equal(0, await PairsBrokenAsync());
        var kept = Rows(BackupFile);

        await AskAsync<long>("UPDATE story SET headline = 'changed since'; SELECT 1");
        var restored = await OnServerAsync("restore", BackupFile);
        Assert.True(restored.Code == 0, restored.Error);
        await OnServerAsync("backup", BackupFile, "--force");
        Assert.All(kept, table => Assert.Equal(table.Value, Rows(BackupFile)[table.Key]));

        var other = Path.Combine(_folder, "other");
        Directory.CreateDirectory(other);
        File.Copy(Path.Combine(Data, Erasures.FileName), Path.Combine(other, Erasures.FileName));
        var inFile = await ProgramRun.RunAsync("--data", other, "restore", BackupFile);
        Assert.True(inFile.Code == 0, inFile.Error);
        Assert.All(kept, table => Assert.Equal(table.Value, Rows(Path.Combine(other, "newsbot.db"))[table.Key]));
    }

    [Fact]
    public async Task What_was_there_is_kept_beside_and_who_was_erased_since_stays_erased()
    {
        await OnServerAsync("backup", BackupFile);
        var (member, since) = await MemberAsync();
        using (var database = new PostgresDatabase(_address, Data, TimeProvider.System))
        {
            await new Erasures(database).AppendAsync(member, since, Token);
        }

        await AskAsync<long>("UPDATE story SET headline = 'changed since'; SELECT 1");
        var restored = await OnServerAsync("restore", BackupFile);

        Assert.True(restored.Code == 0, restored.Error);
        Assert.Contains("1 member who had erased their data", restored.Out);
        Assert.Equal("erased", await AskAsync<string>($"SELECT name FROM member WHERE id = {member}"));
        Assert.Equal(0, await AskAsync<long>("SELECT COUNT(*) FROM story WHERE headline = 'changed since'"));
        var aside = Assert.Single(Directory.GetFiles(Data, "newsbot-before-restore-*.db"));
        Assert.Contains(aside, restored.Out);
        Assert.Empty(await DatabaseFile.CheckAsync(aside, Token));
        Assert.All(Rows(aside)["story"], story => Assert.Contains("changed since", story));
        Assert.Empty(Directory.GetFiles(Data, "restore.db*"));
    }

    [Fact]
    public async Task While_a_newsroom_runs_or_without_the_record_of_erasures_nothing_is_restored()
    {
        await OnServerAsync("backup", BackupFile);
        await AskAsync<long>("UPDATE story SET headline = 'changed since'; SELECT 1");
        using (var server = new PostgresDatabase(_address, Data, TimeProvider.System))
        {
            await using var running = await server.OpenAsync(Token);
            var busy = await OnServerAsync("restore", BackupFile);
            Assert.Equal(1, busy.Code);
            Assert.Contains("Stop it first", busy.Error);
        }

        File.Delete(Path.Combine(Data, Erasures.FileName));
        var refused = await OnServerAsync("restore", BackupFile);
        Assert.Equal(1, refused.Code);
        Assert.Contains("--without-erasures", refused.Error);
        Assert.Equal(
            await AskAsync<long>("SELECT COUNT(*) FROM story"),
            await AskAsync<long>("SELECT COUNT(*) FROM story WHERE headline = 'changed since'")
        );
    }

    [Fact]
    public async Task A_restore_that_fails_in_the_middle_leaves_the_server_as_it_was()
    {
        await OnServerAsync("backup", BackupFile);
        await AskAsync<long>(
            "UPDATE story SET headline = 'changed since'; ALTER TABLE story ADD CHECK (headline = 'changed since'); SELECT 1"
        );
        var stories = await AskAsync<long>("SELECT COUNT(*) FROM story");

        var failed = await OnServerAsync("restore", BackupFile);

        Assert.Equal(1, failed.Code);
        Assert.Contains("PostgreSQL refused", failed.Error);
        Assert.Equal(stories, await AskAsync<long>("SELECT COUNT(*) FROM story WHERE headline = 'changed since'"));
        Assert.Equal(
            1,
            await AskAsync<long>(
                "INSERT INTO comment_event (channel_id, message_id, kind, stamp, at) SELECT id, 'm', 'create', 1, 1 FROM channel LIMIT 1 RETURNING id - (SELECT MAX(id) FROM comment_event)"
            )
        );
    }

    [Fact]
    public async Task A_database_without_a_newsroom_has_no_backup()
    {
        var server = await PostgresServer.GetAsync();
        var empty = server.MakeEmpty($"t{Path.GetFileName(_folder).ToLowerInvariant()}e");

        var made = await ProgramRun.RunAsync(
            "--data",
            Data,
            "--Storage:Provider=Postgres",
            $"--Storage:ConnectionString={empty}",
            "backup",
            BackupFile
        );

        Assert.Equal(1, made.Code);
        Assert.Contains("There is no newsroom in", made.Error);
        Assert.False(File.Exists(BackupFile));
    }

    // Two rows in one transaction, always: a backup with one of them was no moment of the newsroom.
    private async Task<int> WritePairsAsync(CancellationToken enough)
    {
        await using var connection = new NpgsqlConnection(_address);
        await connection.OpenAsync(CancellationToken.None);
        var pairs = 0;
        while (!enough.IsCancellationRequested)
        {
            await connection.ExecuteAsync(
                "INSERT INTO setting (name, value) VALUES (@One, 'x'); INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, @One, 'x', 1)",
                new { One = $"pair {pairs}" }
            );
            pairs++;
        }

        return pairs;
    }

    private async Task<long> PairsBrokenAsync()
    {
        await using var connection = DatabaseFile.Connection(BackupFile, SqliteOpenMode.ReadOnly);
        return await connection.ExecuteScalarAsync<long>(
            "SELECT (SELECT COUNT(*) FROM setting WHERE name LIKE 'pair %') - (SELECT COUNT(*) FROM word WHERE word LIKE 'pair %')"
        );
    }

    private async Task<(long Id, long Since)> MemberAsync()
    {
        await using var connection = new NpgsqlConnection(_address);
        return await connection.QueryFirstAsync<(long, long)>(
            "SELECT id, first_seen_at FROM member WHERE erased_at IS NULL ORDER BY id LIMIT 1"
        );
    }

    private Task<ProgramRun> RunAsync(params string[] words) =>
        ProgramRun.RunAsync(["--data", Data, $"--Storage:ConnectionString={_address}", .. words]);

    private Task<ProgramRun> OnServerAsync(params string[] words) =>
        RunAsync(["--Storage:Provider=Postgres", .. words]);

    private static Dictionary<string, List<string>> Rows(string file)
    {
        var columns = OldDatabase.Columns(file);
        columns.Remove("SchemaVersions");
        return OldDatabase.Rows(file, columns);
    }

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_address);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
