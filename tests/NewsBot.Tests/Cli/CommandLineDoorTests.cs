using Dapper;
using NewsBot.Cli;
using NewsBot.Storage;

namespace NewsBot.Tests.Cli;

/// <summary>The program's own door, in this process, with a data folder of its own.</summary>
public sealed class CommandLineDoorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-cli-").FullName;
    private string[]? _served;

    private string DatabaseFile => Path.Combine(_folder, "newsbot.db");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Without_a_verb_the_server_starts_with_its_settings()
    {
        var run = await RunAsync("--Web:Url=http://127.0.0.1:0");

        Assert.Equal(0, run.Code);
        Assert.Equal(["--data", _folder, "--Web:Url=http://127.0.0.1:0"], _served!);
    }

    [Fact]
    public async Task A_setting_may_have_its_value_in_the_next_word_and_no_value_is_ever_said_back()
    {
        var served = await RunAsync("--Chat:Discord:BotToken", "a-secret", "--Web:Url=http://127.0.0.1:0");
        var forgotten = await RunAsync("--Chat:Discord:BotToken", "--Web:Url", "http://127.0.0.1:0");

        Assert.Equal(0, served.Code);
        Assert.Equal(["--data", _folder, "--Chat:Discord:BotToken=a-secret", "--Web:Url=http://127.0.0.1:0"], _served!);
        Assert.Equal(2, forgotten.Code);
        Assert.Contains("--Chat:Discord:BotToken", forgotten.Error);
        Assert.DoesNotContain("127.0.0.1", forgotten.Error);
    }

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "help")]
    [InlineData(0, "help", "digest", "set")]
    [InlineData(0, "hide", "--help")]
    [InlineData(0, "digest", "set", "--help")]
    [InlineData(0, "digest", "-h")]
    [InlineData(0, "--version")]
    [InlineData(0, "latest")]
    [InlineData(0, "migrate")]
    [InlineData(1, "story", "9")]
    [InlineData(1, "import", "no-such-file.opml")]
    [InlineData(1, "restore", "no-such-file.db")]
    [InlineData(1, "me")]
    [InlineData(2, "frobnicate")]
    [InlineData(2, "backup")]
    [InlineData(2, "doctor", "--frobnicate")]
    [InlineData(2, "export", "--format", "pdf")]
    [InlineData(2, "edit", "x")]
    [InlineData(2, "docter")]
    public async Task The_exit_code_says_done_failed_or_wrong_usage(int code, params string[] words)
    {
        var run = await RunAsync(words);

        Assert.True(run.Code == code, $"{run.Code}: {run.Out}{run.Error}");
        Assert.Equal(code == 0, run.Out.Length > 0);
        Assert.Equal(code != 0, run.Error.Length > 0);
        Assert.Null(_served);
    }

    [Fact]
    public async Task A_wrong_setting_fails_with_its_name()
    {
        var run = await RunAsync("latest", "--Web:Url=nonsense");

        Assert.Equal(1, run.Code);
        Assert.Contains("Web:Url", run.Error);
    }

    [Fact]
    public async Task A_change_is_shown_first_and_made_with_yes()
    {
        Assert.Equal(0, (await RunAsync("channel", "create", "science", "--yes")).Code);
        var shown = await RunAsync("digest", "set", "weekdays 8:30, 17:00 Europe/Berlin", "--channel", "science");

        Assert.Equal(0, shown.Code);
        Assert.Contains("`newsbot confirm ", shown.Out);
        Assert.Null(await ValueAsync("SELECT schedule FROM channel"));
        var code = shown.Out.Split("newsbot confirm ")[1][..6];
        Assert.Equal(0, (await RunAsync("confirm", code)).Code);
        Assert.Contains("17:00", await ValueAsync("SELECT schedule FROM channel"));
        Assert.Contains("operator: `digest set`", (await RunAsync("audit")).Out);
    }

    [Fact]
    public async Task Lists_of_feeds_go_in_and_out_by_files()
    {
        var file = Path.Combine(_folder, "feeds.opml");
        await File.WriteAllTextAsync(
            file,
            """<opml version="2.0"><body><outline text="New" xmlUrl="https://new.example/feed"/></body></opml>""",
            Stop
        );
        await RunAsync("channel", "create", "news", "--yes");

        var shown = await RunAsync("import", file);
        Assert.Contains("Run it again with --yes", shown.Out);
        Assert.Equal("0", await ValueAsync("SELECT COUNT(*) FROM source"));
        Assert.Equal(0, (await RunAsync("import", file, "--yes")).Code);
        Assert.Equal("1", await ValueAsync("SELECT COUNT(*) FROM source"));

        Assert.Contains("https://new.example/feed", (await RunAsync("export")).Out);
        var saved = Path.Combine(_folder, "out.json");
        Assert.Equal(0, (await RunAsync("export", saved)).Code);
        Assert.Contains("\"newsbot\": 1", await File.ReadAllTextAsync(saved, Stop));
        Assert.Equal(1, (await RunAsync("export", saved)).Code);
        Assert.Equal(0, (await RunAsync("export", saved, "--force")).Code);
    }

    [Fact]
    public async Task A_backup_made_while_others_write_is_whole_and_comes_back()
    {
        await RunAsync("channel", "create", "news", "--yes");
        var backup = Path.Combine(_folder, "backups", "one.db");
        using var enough = new CancellationTokenSource();
        var writing = WriteAsync(DatabaseFile, enough.Token);

        var made = await RunAsync("backup", backup);
        await enough.CancelAsync();
        await writing;

        Assert.Equal(0, made.Code);
        Assert.Empty(await NewsBot.Cli.DatabaseFile.CheckAsync(backup, Stop));
        Assert.Equal(1, (await RunAsync("backup", backup)).Code);
        Assert.Equal(0, (await RunAsync("backup", backup, "--force")).Code);

        await RunAsync("channel", "create", "later", "--yes");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var restored = await RunAsync("restore", backup);
        Assert.True(restored.Code == 0, restored.Error);
        Assert.Equal("1", await ValueAsync("SELECT COUNT(*) FROM channel"));
        var aside = Assert.Single(Directory.GetFiles(_folder, "newsbot-before-restore-*.db"));
        Assert.Empty(await NewsBot.Cli.DatabaseFile.CheckAsync(aside, Stop));
    }

    [Fact]
    public async Task A_restore_forgets_again_whoever_was_erased_since_the_backup()
    {
        await RunAsync("migrate");
        await RunAsync("latest");
        using (var database = new SqliteDatabase(DatabaseFile))
        {
            await database.WriteAsync(
                connection =>
                    connection.ExecuteAsync(
                        "INSERT INTO member (id, community_id, name, first_seen_at) VALUES (7, 1, 'Rita', 5)"
                    ),
                Stop
            );
            await RunAsync("backup", Path.Combine(_folder, "b.db"));
            await new Erasures(database).AppendAsync(7, 5, Stop);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var run = await RunAsync("restore", Path.Combine(_folder, "b.db"));

        Assert.Contains("1 member who had erased their data", run.Out);
        Assert.Equal("erased", await ValueAsync("SELECT name FROM member WHERE id = 7"));
    }

    [Fact]
    public async Task A_restore_leaves_a_database_in_use_alone()
    {
        await RunAsync("latest");
        var backup = Path.Combine(_folder, "b.db");
        await RunAsync("backup", backup);
        using var database = new SqliteDatabase(DatabaseFile);
        await using var reader = await database.OpenAsync(Stop);
        await using var transaction = await reader.BeginTransactionAsync(Stop);
        await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM channel", transaction: transaction);

        var run = await RunAsync("restore", backup);

        Assert.Equal(1, run.Code);
        Assert.Contains("in use", run.Error);
        Assert.True(File.Exists(DatabaseFile));
    }

    [Theory]
    [InlineData("not a database at all, just some text that is long enough to be read", "not a database")]
    [InlineData("", "not one of NewsBot")]
    public async Task A_restore_refuses_what_is_no_backup(string content, string expected)
    {
        await RunAsync("latest");
        var file = Path.Combine(_folder, "x.db");
        await File.WriteAllTextAsync(file, content, Stop);

        var run = await RunAsync("restore", file);

        Assert.Equal(1, run.Code);
        Assert.Contains(expected, run.Error);
    }

    [Fact]
    public async Task A_backup_of_a_newer_version_is_refused()
    {
        await RunAsync("latest");
        var file = Path.Combine(_folder, "newer.db");
        await RunAsync("backup", file);
        await using (
            var connection = NewsBot.Cli.DatabaseFile.Connection(file, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite)
        )
        {
            await connection.ExecuteAsync(
                "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('NewsBot.Storage.Migrations.9999_later.sqlite.sql', '2030-01-01')"
            );
        }

        Assert.Contains("made by a newer NewsBot (it knows 9999_later", (await RunAsync("restore", file)).Error);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_wrong_with_a_new_newsroom_and_something_with_a_broken_one()
    {
        await RunAsync("latest");
        var well = await RunAsync("doctor", "--Web:Url=http://127.0.0.1:0");
        Assert.True(well.Code == 0, well.Out + well.Error);
        Assert.Contains("✔ Database: whole", well.Out);
        Assert.Contains("Nothing has to be fixed.", well.Out);

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(DatabaseFile + "-wal");
        await File.WriteAllTextAsync(DatabaseFile, "broken", Stop);
        var broken = await RunAsync("doctor", "--Web:Url=http://127.0.0.1:0");
        Assert.Equal(1, broken.Code);
        Assert.Contains("✖ Database", broken.Out);

        var wrong = await RunAsync("doctor", "--Polling:Frobnicate=1");
        Assert.Equal(1, wrong.Code);
        Assert.Contains("✖ Settings", wrong.Out);
    }

    private static async Task WriteAsync(string file, CancellationToken enough)
    {
        using var database = new SqliteDatabase(file);
        await Task.Yield();
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            await database.WriteAsync(
                connection =>
                    connection.ExecuteAsync(
                        "INSERT INTO setting (name, value) VALUES (@Name, 'x')",
                        new { Name = $"w{i}" }
                    ),
                CancellationToken.None
            );
            // Nobody writes without a breath: SQLite gives the lock to whoever asks first, and that would always be this loop.
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<string?> ValueAsync(string sql)
    {
        using var database = new SqliteDatabase(DatabaseFile);
        return await database.ReadAsync(connection => connection.ExecuteScalarAsync<string?>(sql), Stop);
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Output.Capture(output, error);
        var code = await CommandLineDoor.RunAsync(
            ["--data", _folder, .. words],
            args =>
            {
                _served = args;
                return Task.FromResult(0);
            }
        );
        return (code, output.ToString(), error.ToString());
    }
}
