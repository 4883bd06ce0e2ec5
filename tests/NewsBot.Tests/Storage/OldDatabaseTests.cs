using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Cli;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Disk;

namespace NewsBot.Tests.Storage;

/// <summary>What earlier versions left is brought up to date, and nothing of it is lost.</summary>
public sealed class OldDatabaseTests : IDisposable
{
    // Its rows, of the time before copies, became comments by another way.
    private static readonly string[] Replaced = ["slack_answer"];

    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-old-").FullName;

    private string DatabasePath => Path.Combine(_folder, "newsbot.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => [.. OldDatabase.All];

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void There_is_one_of_every_state_the_schema_was_in()
    {
        // Before 0001 there was none, and what is newest is what the other tests make.
        Assert.True(OldDatabase.All.Count >= 11, string.Join(' ', OldDatabase.All));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_brought_up_to_date_with_every_row_it_had(string name)
    {
        OldDatabase.Unpack(name, DatabasePath);
        var columns = OldDatabase.Columns(DatabasePath);
        var before = OldDatabase.Rows(DatabasePath);
        Assert.True(before["story"].Count > 3 && before["comment"].Count > 3 && before["member"].Count > 1);
        using (var database = new SqliteDatabase(DatabasePath))
        {
            await new Migrator(database).MigrateAsync(Token);
        }

        SqliteConnection.ClearAllPools();
        Assert.Empty(await DatabaseFile.CheckAsync(DatabasePath, Token));
        await LedgerRules.HoldAsync(DatabasePath, Token);
        var kept = OldDatabase.Columns(DatabasePath);
        Assert.Equal(Replaced.Intersect(columns.Keys), columns.Keys.Except(kept.Keys));
        var after = OldDatabase.Rows(
            DatabasePath,
            columns.Where(table => kept.ContainsKey(table.Key)).ToDictionary(StringComparer.Ordinal)
        );
        foreach (var (table, rows) in before.Where(table => kept.ContainsKey(table.Key)))
        {
            Assert.Equal(rows, after[table].Where(row => table != "SchemaVersions" || rows.Contains(row)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_program_starts_with_it_and_shows_every_story_with_its_comments(string name)
    {
        OldDatabase.Unpack(name, DatabasePath);
        var stories = Numbers("SELECT id FROM story ORDER BY id");
        var comments = Numbers("SELECT number FROM comment WHERE state = 'visible' ORDER BY story_id, number");
        await using var newsroom = await RunningNewsroom.StartAsync(
            TimeProvider.System,
            $"--data={_folder}",
            "--Starter:Enabled=false"
        );

        List<long> shown = [];
        foreach (var story in stories)
        {
            using var page = await newsroom.Http.GetAsync(new Uri($"stories/{story}", UriKind.Relative), Token);
            Assert.True(
                page.StatusCode is HttpStatusCode.OK or HttpStatusCode.MovedPermanently,
                $"{story}: {page.StatusCode}"
            );
            var list = await newsroom.GetAsync($"/api/v1/stories/{story}/comments?order=time");
            shown.AddRange(
                list.GetProperty("comments")
                    .EnumerateArray()
                    .Where(comment => comment.GetProperty("state").GetString() == "visible")
                    .Select(comment => comment.GetProperty("number").GetInt64())
                    .Order()
            );
        }

        Assert.Equal(comments, shown);
        foreach (var path in (string[])["", "status", "chat/news", "feed.atom", "search?q=the", "about"])
        {
            using var page = await newsroom.Http.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.True(page.StatusCode == HttpStatusCode.OK, $"{path}: {page.StatusCode}");
        }

        await newsroom.SayAsync("Ada", "Written after the change.", null);
        Assert.DoesNotContain(newsroom.Log.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_in_the_middle_of_being_brought_up_to_date_it_goes_on_with_the_next_start()
    {
        var right = Path.Combine(_folder, "right", "newsbot.db");
        OldDatabase.Unpack(OldDatabase.All[0], right);
        using (var database = new SqliteDatabase(right))
        {
            await new Migrator(database).MigrateAsync(Token);
        }

        SqliteConnection.ClearAllPools();
        var (done, cut) = (new HashSet<long>(), 0);
        for (var scripts = 2; scripts < 22; scripts += 3)
        {
            OldDatabase.Unpack(OldDatabase.All[0], DatabasePath);
            var enough = scripts;
            await ProgramRun.KillAsync(["--data", _folder, "migrate"], () => UntilAsync(() => Done() >= enough));
            done.Add(Done());
            cut += Done() < Done(right) ? 1 : 0;

            var run = await ProgramRun.RunAsync("--data", _folder, "migrate");
            Assert.True(run.Code == 0, run.Error);
            Assert.Equal(Schema(right), Schema(DatabasePath));
            Assert.Empty(await DatabaseFile.CheckAsync(DatabasePath, Token));
            foreach (var file in Directory.GetFiles(_folder))
            {
                File.Delete(file);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"cut off {cut} times after {string.Join(", ", done)} scripts");
        Assert.True(cut > 0);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone_by_every_command_with_both_versions_said()
    {
        OldDatabase.Unpack(OldDatabase.All[^1], DatabasePath);
        await using (var connection = DatabaseFile.Connection(DatabasePath, SqliteOpenMode.ReadWrite))
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('NewsBot.Storage.Migrations.9999_later.sqlite.sql', '2030-01-01');
                INSERT INTO setting (name, value) VALUES ('version', '77.1.2') ON CONFLICT (name) DO UPDATE SET value = excluded.value;
                """
            );
        }

        var before = OldDatabase.Rows(DatabasePath);
        foreach (
            var command in (string[][])
                [
                    [],
                    ["latest"],
                    ["migrate"],
                    ["status"],
                ]
        )
        {
            var run = await ProgramRun.RunAsync(["--data", _folder, "--Web:Url=http://127.0.0.1:0", .. command]);

            Assert.Equal(1, run.Code);
            Assert.Contains("made by a newer NewsBot 77.1.2 (it knows 9999_later", run.Error);
            Assert.Contains($"this is NewsBot {Settings.ThisVersion}", run.Error);
            Assert.Contains("newsbot restore", run.Error);
            Assert.DoesNotContain("   at ", run.Error);
        }

        Assert.Equal(before, OldDatabase.Rows(DatabasePath));
    }

    private long Done() => Done(DatabasePath);

    // Nothing can be read while the file is being made; that is no script yet.
    private static long Done(string file)
    {
        try
        {
            using var connection = DatabaseFile.Connection(file, SqliteOpenMode.ReadOnly);
            return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM SchemaVersions");
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }
    }

    private static List<string> Schema(string file)
    {
        using var connection = DatabaseFile.Connection(file, SqliteOpenMode.ReadWrite);
        return connection
            .Query<string>("SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master ORDER BY 1")
            .AsList();
    }

    private List<long> Numbers(string sql)
    {
        using var connection = DatabaseFile.Connection(DatabasePath, SqliteOpenMode.ReadWrite);
        return connection.Query<long>(sql).AsList();
    }
}
