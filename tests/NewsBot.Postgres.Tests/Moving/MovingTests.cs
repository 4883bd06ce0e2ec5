using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Cli;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Storage;
using Npgsql;

namespace NewsBot.Postgres.Tests.Moving;

/// <summary>The built program moves a newsroom from a file to a server and back.</summary>
public sealed partial class MovingTests
{
    [Fact]
    public async Task Every_row_of_every_table_is_the_same_on_the_server_and_back_in_a_file()
    {
        var before = Rows(OldFile);
        Assert.All(before, table => Assert.True(table.Value.Count > 0, $"{table.Key} is empty"));

        var there = await ToServerAsync();
        Assert.True(there.Code == 0, there.Out + there.Error);
        var back = await ToFileAsync();
        Assert.True(back.Code == 0, back.Out + back.Error);

        var after = Rows(NewFile);
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, table => Assert.Equal(table.Value, after[table.Key]));
        Assert.Equal(before, Rows(OldFile));
        Assert.All(before.Keys, table => Assert.Contains($"\n{table} ", "\n" + there.Out));
        Assert.Contains("Storage:Provider=Postgres", there.Out);
        Assert.Contains("--data", back.Out);
        // Both programs say of each table what it holds, and it is the same.
        Assert.Equal(Digests(there.Out), Digests(back.Out));
        Assert.Equal(before.Count, Digests(there.Out).Count);
    }

    [Fact]
    public async Task The_server_goes_on_where_the_file_ended()
    {
        await ToServerAsync();

        var next = await AskAsync<long>(
            "INSERT INTO comment_event (channel_id, message_id, kind, stamp, at) SELECT id, 'm', 'create', 1, 1 FROM channel LIMIT 1 RETURNING id - (SELECT MAX(id) FROM comment_event)"
        );
        Assert.Equal(1, next);
        Assert.Equal(0, await AskAsync<long>("SELECT COUNT(*) FROM pg_trigger WHERE tgenabled <> 'O'"));
        Assert.Equal(
            await AskFileAsync<long>(OldFile, "SELECT SUM(places * 1000 + shown) FROM story_comments"),
            await AskAsync<long>("SELECT CAST(SUM(places * 1000 + shown) AS BIGINT) FROM story_comments")
        );
        await AskAsync<long>(
            "WITH gone AS (DELETE FROM comment WHERE id = (SELECT MIN(id) FROM comment) RETURNING 1) SELECT COUNT(*) FROM gone"
        );
        Assert.True(
            await AskAsync<long>("SELECT CAST(SUM(places) AS BIGINT) FROM story_comments")
                < await AskFileAsync<long>(OldFile, "SELECT SUM(places) FROM story_comments")
        );
    }

    [Fact]
    public async Task Words_are_found_on_both_sides()
    {
        var word = await AskFileAsync<string>(
            OldFile,
            "SELECT SUBSTR(headline, 1, INSTR(headline, ' ') - 1) FROM story WHERE headline LIKE '% %' ORDER BY id"
        );
        await ToServerAsync();
        Assert.True(
            await AskAsync<long>(
                $"SELECT COUNT(*) FROM story WHERE search @@ searched('\"{word.ToLowerInvariant()}\"')"
            ) > 0,
            word
        );
        await ToFileAsync();

        var search = $"SELECT COUNT(*) FROM story_search WHERE story_search MATCH '\"{word}\"'";
        Assert.Equal(await AskFileAsync<long>(OldFile, search), await AskFileAsync<long>(NewFile, search));
        Assert.Equal("ok", await AskFileAsync<string>(NewFile, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task What_was_encrypted_is_readable_after_the_move()
    {
        string[] settings = ["--Storage:Provider=Postgres", Connection, "--data", OldFolder];
        await AskFileAsync<long>(OldFile, "DELETE FROM data_protection_key RETURNING 1");
        var kept = await CredentialAsync(["--data", OldFolder], "opensesame-7751");
        SqliteConnection.ClearAllPools();

        var there = await ToServerAsync();

        Assert.True(there.Code == 0, there.Error);
        Assert.Equal("opensesame-7751", await ReadAsync(settings, kept));
    }

    [Fact]
    public async Task A_character_that_PostgreSQL_cannot_store_is_replaced_and_told()
    {
        await AskFileAsync<long>(
            OldFile,
            "UPDATE entry SET title = 'a' || char(0) || 'b' WHERE id = (SELECT MIN(id) FROM entry) RETURNING id"
        );

        var there = await ToServerAsync();

        Assert.True(there.Code == 0, there.Error);
        Assert.Contains("entry.title in 1 row", there.Out);
        Assert.Equal("a\ufffdb", await AskAsync<string>("SELECT title FROM entry ORDER BY id LIMIT 1"));
    }

    [Fact]
    public async Task Who_runs_with_a_newsroom_does_not_go_along()
    {
        const string Tables = """
            CREATE TABLE IF NOT EXISTS process (id BIGINT PRIMARY KEY);
            CREATE TABLE IF NOT EXISTS sending (channel_id BIGINT PRIMARY KEY REFERENCES channel (id), process_id BIGINT NOT NULL REFERENCES process (id));
            SELECT 1
            """;
        using (var database = new PostgresDatabase(_address, _folder, TimeProvider.System))
        {
            await new Migrator(database).MigrateAsync(Token);
        }

        await AskAsync<long>(Tables);
        await AskFileAsync<long>(OldFile, Tables);
        await FilledNewsroom.FillAsync(OldFile, Token);
        Assert.True(await AskFileAsync<long>(OldFile, "SELECT COUNT(*) FROM sending") > 0);

        var there = await ToServerAsync();

        Assert.True(there.Code == 0, there.Error);
        Assert.Equal(0, await AskAsync<long>("SELECT (SELECT COUNT(*) FROM process) + (SELECT COUNT(*) FROM sending)"));
    }

    [Fact]
    public async Task A_move_that_is_killed_in_the_middle_leaves_the_server_empty_and_the_file_as_it_was()
    {
        var before = Rows(OldFile);
        using (var database = new PostgresDatabase(_address, _folder, TimeProvider.System))
        {
            await new Migrator(database).MigrateAsync(Token);
        }

        NpgsqlConnection.ClearAllPools();
        await AskAsync<long>("ALTER TABLE story ADD CONSTRAINT slowly CHECK (pg_sleep(600)::text = ''); SELECT 1");
        var wasKilled = await ProgramRun.KillAsync(
            Words("sqlite", "postgres", OldFolder),
            async () =>
            {
                while (
                    await AskAsync<long>(
                        "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
                    ) == 0
                )
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
                }
            }
        );
        Assert.True(wasKilled);
        await AskAsync<bool>(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
        );

        Assert.Equal(
            0,
            await AskAsync<long>(
                "SELECT (SELECT COUNT(*) FROM community) + (SELECT COUNT(*) FROM setting) + (SELECT COUNT(*) FROM feed)"
            )
        );
        Assert.Equal(before, Rows(OldFile));
        await AskAsync<long>("ALTER TABLE story DROP CONSTRAINT slowly; SELECT 1");
        var again = await ToServerAsync();
        Assert.True(again.Code == 0, again.Error);
    }

    [Fact]
    public async Task What_did_not_arrive_as_it_was_is_told_and_not_kept()
    {
        await using var source = await DatabaseFile.OpenAloneAsync(OldFile, Token);
        using var database = new PostgresDatabase(_address, _folder, TimeProvider.System);
        await new Migrator(database).MigrateAsync(Token);
        await using var target = (NpgsqlConnection)await database.OpenAsync(Token);
        await using var transaction = await target.BeginTransactionAsync(Token);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            NewsBot.Storage.Moving.MoveNewsroom.RunAsync(
                source,
                target,
                words =>
                {
                    if (words.StartsWith("Comparing community ", StringComparison.Ordinal))
                    {
                        target.Execute("UPDATE member SET name = name || ' ' WHERE id = (SELECT MAX(id) FROM member)");
                    }
                },
                Token
            )
        );

        Assert.Contains("The table member did not arrive as it was", error.Message);
    }

    [Fact]
    public async Task A_newsroom_is_moved_into_no_other_and_nothing_is_changed()
    {
        var first = await ToServerAsync();
        Assert.True(first.Code == 0, first.Error);
        var stories = await AskAsync<long>("SELECT COUNT(*) FROM story");

        var again = await ToServerAsync();
        var back = await RunAsync("postgres", "sqlite", OldFolder);

        Assert.Equal(1, again.Code);
        Assert.Contains("There is a newsroom in", again.Error);
        Assert.Equal(stories, await AskAsync<long>("SELECT COUNT(*) FROM story"));
        Assert.Equal(1, back.Code);
        Assert.Contains($"There is a database at {OldFile} already", back.Error);
    }

    [Fact]
    public async Task While_a_newsroom_runs_it_is_not_moved()
    {
        using (var running = new SqliteDatabase(OldFile))
        {
            await using var connection = await running.OpenAsync(Token);
            await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM story");
            var refused = await ToServerAsync();
            Assert.Equal(1, refused.Code);
            Assert.Contains("Stop it first", refused.Error);
            Assert.Equal(0, await AskAsync<long>("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"));
        }

        SqliteConnection.ClearAllPools();
        await ToServerAsync();
        using var server = new PostgresDatabase(_address, _folder, TimeProvider.System);
        await using var other = await server.OpenAsync(Token);

        var back = await ToFileAsync();

        Assert.Equal(1, back.Code);
        Assert.Contains("Stop it first", back.Error);
        Assert.False(File.Exists(NewFile));
    }

    [Fact]
    public async Task Another_version_on_either_side_is_told_and_nothing_is_changed()
    {
        OldDatabase.Unpack(OldDatabase.All[^1], NewFile);
        var older = await RunAsync("sqlite", "postgres", NewFolder);
        Assert.Equal(1, older.Code);
        Assert.Contains("newsbot migrate", older.Error);
        Assert.Equal(0, await AskAsync<long>("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"));

        await AskAsync<long>(
            "CREATE TABLE schemaversions (scriptname TEXT); INSERT INTO schemaversions VALUES ('NewsBot.Storage.Migrations.9999_later.postgres.sql'); SELECT 1"
        );
        var newer = await ToServerAsync();
        Assert.Equal(1, newer.Code);
        Assert.Contains("made by a newer NewsBot", newer.Error);
        Assert.Equal(1, await AskAsync<long>("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_server_with_a_password_takes_the_right_one_and_the_wrong_one_is_told_without_saying_it()
    {
        var guarded = _server.Guard(_address, "the-right-one-5521");
        string[] wrong =
        [
            "--data",
            OldFolder,
            $"--Storage:ConnectionString={guarded.Replace("right", "wrong", StringComparison.Ordinal)}",
            "migrate",
            "--from",
            "sqlite",
            "--to",
            "postgres",
        ];

        var refused = await ProgramRun.RunAsync(wrong);
        Assert.Equal(1, refused.Code);
        Assert.Contains("password authentication failed", refused.Error);
        Assert.Contains("Storage:ConnectionString", refused.Error);
        Assert.DoesNotContain("the-wrong-one", refused.Error + refused.Out);

        var taken = await ProgramRun.RunAsync(
            "--data",
            OldFolder,
            $"--Storage:ConnectionString={guarded}",
            "migrate",
            "--from",
            "sqlite",
            "--to",
            "postgres"
        );
        Assert.True(taken.Code == 0, taken.Error);
        var status = await ProgramRun.RunAsync(
            "--data",
            OldFolder,
            $"--Storage:ConnectionString={guarded}",
            "--Storage:Provider=Postgres",
            "latest"
        );
        Assert.True(status.Code == 0, status.Error);
    }

    [Theory]
    [InlineData("--from", "sqlite")]
    [InlineData("--to", "postgres")]
    [InlineData("--from", "postgres", "--to", "postgres")]
    [InlineData("--from", "sqlite", "--to", "mysql")]
    public async Task Both_sides_have_to_be_said(params string[] words)
    {
        var run = await ProgramRun.RunAsync(["--data", OldFolder, Connection, "migrate", .. words]);

        Assert.Equal(2, run.Code);
        Assert.Contains("postgres", run.Error);
    }
}
