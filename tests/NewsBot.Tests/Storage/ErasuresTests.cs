using Microsoft.Data.Sqlite;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Disk;

namespace NewsBot.Tests.Storage;

/// <summary>The record of erased members is on disk before anybody is told that they are erased.</summary>
[Collection(nameof(DiskIsFull))]
public sealed class ErasuresTests : IDisposable
{
    private readonly SmallDisk _disk = SmallDisk.Make(8);

    private string File => Path.Combine(_disk.Folder, "newsbot.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _disk.Dispose();
    }

    [Fact]
    public async Task A_line_that_broke_off_spoils_neither_itself_nor_the_next()
    {
        using var database = await DatabaseAsync();
        var erasures = new Erasures(database);
        await erasures.AppendAsync(1, 5, Token);
        var right = await System.IO.File.ReadAllLinesAsync(erasures.File, Token);
        await System.IO.File.AppendAllTextAsync(erasures.File, "0123456789abc", Token);

        await erasures.AppendAsync(1, 5, Token);

        var lines = await System.IO.File.ReadAllLinesAsync(erasures.File, Token);
        Assert.Equal([.. right, "0123456789abc", right[^1]], lines);
    }

    [Fact]
    public async Task Where_it_cannot_be_written_the_erasure_is_refused_with_the_remedy_and_the_record_is_as_it_was()
    {
        using var database = await DatabaseAsync();
        var erasures = new Erasures(database);
        await erasures.AppendAsync(1, 5, Token);
        // To the end of a block, so that one more line needs another one.
        await System.IO.File.AppendAllTextAsync(
            erasures.File,
            new string('#', 4_095 - (int)new FileInfo(erasures.File).Length) + "\n",
            Token
        );
        var before = await System.IO.File.ReadAllBytesAsync(erasures.File, Token);
        _disk.Fill(Environment.ProcessId);

        var error = await Assert.ThrowsAsync<StorageTroubleException>(() => erasures.AppendAsync(2, 6, Token));

        Assert.Contains("nothing was erased", error.Message);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(erasures.File, Token));
        _disk.MakeRoom(Environment.ProcessId);
        await erasures.AppendAsync(2, 6, Token);
        Assert.True(new FileInfo(erasures.File).Length > before.Length);
    }

    [Fact]
    public async Task A_backup_onto_a_full_disk_leaves_nothing_behind_and_says_what_to_do()
    {
        var data = Directory.CreateTempSubdirectory("newsbot-full-").FullName;
        var backup = Path.Combine(_disk.Folder, "newsroom.backup");
        try
        {
            var made = await ProgramRun.RunAsync("--data", data, "latest");
            Assert.True(made.Code == 0, made.Error);
            var first = await ProgramRun.RunAsync("--data", data, "backup", backup);
            Assert.True(first.Code == 0, first.Error);
            var before = await System.IO.File.ReadAllBytesAsync(backup, Token);
            await GrowAsync(Path.Combine(data, "newsbot.db"));

            var run = await ProgramRun.RunAsync("--data", data, "backup", backup, "--force");

            Assert.Equal(1, run.Code);
            Assert.Contains("Make room on that disk", run.Error);
            Assert.DoesNotContain("   at ", run.Error);
            Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(backup, Token));
            Assert.Equal([backup], Directory.GetFiles(_disk.Folder));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private async Task<Database> DatabaseAsync()
    {
        using (await NewsroomBuilder.CreateAsync(File, DateTimeOffset.UnixEpoch, Token)) { }

        return new SqliteDatabase(File);
    }

    // More than the small disk holds.
    private static async Task GrowAsync(string file)
    {
        using var database = new SqliteDatabase(file);
        await database.WriteAsync(
            connection => Settings.WriteAsync(connection, "large", new string('x', 12_000_000)),
            Token
        );
    }
}
