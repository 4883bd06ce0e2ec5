using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Crash;

namespace NewsBot.Tests.Disk;

/// <summary>The built program's backup, taken while it runs and is written to, and taken back in in another place.</summary>
public sealed class RestoreTests : IAsyncLifetime
{
    private const string Secret = "opensesame-7751";

    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-restore-").FullName;
    private KilledNewsroom? _newsroom;

    private string Old => Path.Combine(_folder, "old");

    private string New => Path.Combine(_folder, "new");

    private string BackupFile => Path.Combine(_folder, "newsroom.backup");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_is_the_same_after_a_restore_in_another_place()
    {
        await LivedIn.LiveAsync(Old);
        await LivedIn.KeepLoginAsync(Old, Secret);
        await LivedIn.StillAsync(Old);
        var before = await CrawlAsync(Old);
        Assert.True(before.Count > 60, string.Join('\n', before.Keys));

        var backup = await ProgramRun.RunAsync("--data", Old, "backup", BackupFile);
        Assert.True(backup.Code == 0, backup.Error);
        Directory.CreateDirectory(New);
        File.Copy(Path.Combine(Old, Erasures.FileName), Path.Combine(New, Erasures.FileName));
        var restored = await ProgramRun.RunAsync("--data", New, "restore", BackupFile);
        Assert.True(restored.Code == 0, restored.Error);

        var after = await CrawlAsync(New);
        Assert.Equal(before.Keys, after.Keys);
        foreach (var (path, content) in before)
        {
            Assert.Equal(content, after[path]);
        }

        Assert.Equal(Secret, await LivedIn.LoginAsync(New));
        await LedgerRules.HoldAsync(Path.Combine(New, "newsbot.db"), Token);
    }

    [Fact]
    public async Task A_backup_taken_while_everybody_writes_is_one_moment_of_the_newsroom()
    {
        await LivedIn.LiveAsync(Old);
        var newsroom = Open(Old);
        await newsroom.ReadyAsync(Token);
        var card = LivedIn.Cards(Old)[0];
        using var enough = new CancellationTokenSource();
        var writing = Enumerable
            .Range(0, 4)
            .Select(writer => WriteAsync(newsroom, card, writer, enough.Token))
            .ToList();

        for (var i = 0; i < 3; i++)
        {
            var file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{i}.backup"));
            var backup = await ProgramRun.RunAsync("--data", Old, "backup", file);
            Assert.True(backup.Code == 0, backup.Error);
            await LedgerRules.HoldAsync(file, Token);
        }

        await enough.CancelAsync();
        var written = (await Task.WhenAll(writing)).Sum();
        Assert.True(written > 10, $"Only {written} replies were written meanwhile.");
        var refused = await ProgramRun.RunAsync("--data", Old, "backup", Path.Combine(_folder, "0.backup"));
        Assert.Equal(1, refused.Code);
        Assert.Contains("--force", refused.Error);
        var busy = await ProgramRun.RunAsync("--data", Old, "restore", Path.Combine(_folder, "0.backup"));
        Assert.Equal(1, busy.Code);
        Assert.Contains("Stop it first", busy.Error);
        await newsroom.StopAsync();
        await LedgerRules.HoldAsync(Path.Combine(Old, "newsbot.db"), Token);
    }

    [Fact]
    public async Task What_was_erased_since_the_backup_stays_erased_and_without_the_record_nothing_is_restored()
    {
        await LivedIn.LiveAsync(Old);
        await ProgramRun.RunAsync("--data", Old, "backup", BackupFile);
        await LivedIn.EraseAsync(Old, "Ada");
        Directory.CreateDirectory(New);

        var refused = await ProgramRun.RunAsync("--data", New, "restore", BackupFile);
        Assert.Equal(1, refused.Code);
        Assert.Contains("There is no erasures.log", refused.Error);
        Assert.Contains("--without-erasures", refused.Error);
        Assert.False(File.Exists(Path.Combine(New, "newsbot.db")));

        await ProgramRun.RunAsync("--data", New, "latest");
        var foreign = await ProgramRun.RunAsync("--data", New, "restore", BackupFile);
        Assert.Equal(1, foreign.Code);
        Assert.Contains("belongs to another database", foreign.Error);

        File.Copy(Path.Combine(Old, Erasures.FileName), Path.Combine(New, Erasures.FileName), overwrite: true);
        var restored = await ProgramRun.RunAsync("--data", New, "restore", BackupFile);
        Assert.True(restored.Code == 0, restored.Error);
        Assert.Contains("1 member who had erased their data", restored.Out);
        Assert.Equal(0, await LivedIn.NumberAsync(New, "SELECT COUNT(*) FROM member WHERE name = 'Ada'"));
        Assert.Equal(0, await LivedIn.NumberAsync(New, "SELECT COUNT(*) FROM comment WHERE body LIKE '%by Ada%'"));
        await LedgerRules.HoldAsync(Path.Combine(New, "newsbot.db"), Token);

        File.Delete(Path.Combine(New, Erasures.FileName));
        var without = await ProgramRun.RunAsync("--data", New, "restore", BackupFile, "--without-erasures");
        Assert.True(without.Code == 0, without.Error);
        Assert.Equal(1, await LivedIn.NumberAsync(New, "SELECT COUNT(*) FROM member WHERE name = 'Ada'"));
        Assert.True(File.Exists(Path.Combine(New, Erasures.FileName)));
    }

    [Fact]
    public async Task A_damaged_cut_off_or_foreign_backup_is_refused_and_the_database_is_untouched()
    {
        await LivedIn.LiveAsync(Old);
        await ProgramRun.RunAsync("--data", Old, "backup", BackupFile);
        var present = Path.Combine(Old, "newsbot.db");
        var bytes = await File.ReadAllBytesAsync(BackupFile, Token);
        var before = await File.ReadAllBytesAsync(present, Token);

        await RefusedAsync(bytes[..(bytes.Length / 2)]);
        await RefusedAsync([.. bytes.Select((one, at) => at is > 8_192 and < 120_000 ? (byte)0x5a : one)]);
        await RefusedAsync(bytes[..50]);
        await RefusedAsync([]);
        await RefusedAsync([.. new byte[100], .. bytes[100..]]);
        var foreign = Path.Combine(_folder, "foreign.db");
        await using (var connection = NewsBot.Cli.DatabaseFile.Connection(foreign, SqliteOpenMode.ReadWriteCreate))
        {
            await connection.ExecuteAsync("CREATE TABLE story (id INTEGER PRIMARY KEY)");
        }

        await RefusedAsync(await File.ReadAllBytesAsync(foreign, Token));
        Assert.Equal(before, await File.ReadAllBytesAsync(present, Token));
        Assert.Equal(
            ["erasures.log", "newsbot.db"],
            Directory.GetFiles(Old).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
        );

        async Task RefusedAsync(byte[] wrong)
        {
            var file = Path.Combine(_folder, "wrong.backup");
            await File.WriteAllBytesAsync(file, wrong, Token);
            var run = await ProgramRun.RunAsync("--data", Old, "restore", file);
            Assert.True(run.Code == 1, run.Out + run.Error);
            Assert.StartsWith(file, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Killed_at_any_moment_a_backup_or_restore_leaves_what_can_be_used()
    {
        await LivedIn.LiveAsync(Old);
        var present = Path.Combine(Old, "newsbot.db");
        var began = TimeProvider.System.GetTimestamp();
        await ProgramRun.RunAsync("--data", Old, "backup", BackupFile);
        var whole = TimeProvider.System.GetElapsedTime(began);
        var other = BackupFile + ".other";
        File.Copy(BackupFile, other);
        await LivedIn.RunAsync(Old, "INSERT INTO setting (name, value) VALUES ('which', 'the present one')");
        var random = new Random(20_261_126);
        var (killed, restored) = (0, 0);
        for (var i = 0; i < 6; i++)
        {
            var pause = whole * (0.2 + (1.3 * random.NextDouble()));
            string[] words = i % 3 == 0 ? ["backup", other, "--force"] : ["restore", BackupFile];
            // A start cut off in the middle is part of what is tried; when is chance.
            killed += await ProgramRun.KillAsync(
                ["--data", Old, .. words],
                () => Task.Delay(pause, TimeProvider.System, Token)
            )
                ? 1
                : 0;

            await LedgerRules.HoldAsync(other, Token);
            var run = await ProgramRun.RunAsync("--data", Old, "status");
            Assert.True(run.Code == 0, run.Error);
            await LedgerRules.HoldAsync(present, Token);
            var isPresent = await LivedIn.NumberAsync(Old, "SELECT COUNT(*) FROM setting WHERE name = 'which'") == 1;
            restored += isPresent ? 0 : 1;
            Assert.True(
                await LivedIn.NumberAsync(Old, "SELECT COUNT(*) FROM comment") == 3,
                $"{i}: {words[0]} after {pause}"
            );
            await LivedIn.RunAsync(
                Old,
                "INSERT INTO setting (name, value) VALUES ('which', 'the present one') ON CONFLICT (name) DO NOTHING"
            );
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} killed, {restored} restored");
        Assert.True(killed > 0);
        var last = await ProgramRun.RunAsync("--data", Old, "restore", BackupFile);
        Assert.True(last.Code == 0, last.Error);
        Assert.Equal(0, await LivedIn.NumberAsync(Old, "SELECT COUNT(*) FROM setting WHERE name = 'which'"));
    }

    [Fact]
    public async Task A_restore_cut_off_between_two_files_is_completed_by_the_next_start()
    {
        await LivedIn.LiveAsync(Old);
        var present = Path.Combine(Old, "newsbot.db");
        File.Move(present, RestoredFile.Waiting(present));

        var run = await ProgramRun.RunAsync("--data", Old, "status");

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(3, await LivedIn.NumberAsync(Old, "SELECT COUNT(*) FROM comment"));
        Assert.False(File.Exists(RestoredFile.Waiting(present)));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_newsroom is { } newsroom)
        {
            await newsroom.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<SortedDictionary<string, string>> CrawlAsync(string folder)
    {
        var newsroom = Open(folder);
        await newsroom.ReadyAsync(Token);
        // What it still had to do when it was stopped is done first.
        SortedDictionary<string, string> before;
        var pages = await PageCrawl.AllAsync(newsroom.Http, Token);
        do
        {
            before = pages;
            pages = await PageCrawl.AllAsync(newsroom.Http, Token);
        } while (!pages.SequenceEqual(before));

        await newsroom.StopAsync();
        return pages;
    }

    private KilledNewsroom Open(string folder)
    {
        _newsroom = new KilledNewsroom(folder);
        _newsroom.Start();
        return _newsroom;
    }

    private static async Task<int> WriteAsync(
        KilledNewsroom newsroom,
        string card,
        int writer,
        CancellationToken enough
    )
    {
        var written = 0;
        while (!enough.IsCancellationRequested)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"w{writer} {written}");
            if (await newsroom.ReplyAsync(new Reply("Bo", text, card), CancellationToken.None) is null)
            {
                break;
            }

            written++;
        }

        return written;
    }
}
