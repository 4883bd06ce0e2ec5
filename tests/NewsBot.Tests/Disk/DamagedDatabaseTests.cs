using System.Net;

namespace NewsBot.Tests.Disk;

/// <summary>The built program on a database in which the disk has ruined a page.</summary>
public sealed class DamagedDatabaseTests : IAsyncLifetime
{
    private const string ThatItIs = "The database is damaged";

    private OneStoryNewsroom _newsroom = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("comment", "stories/1")]
    [InlineData("web_message", "chat/news")]
    public async Task A_ruined_page_stops_all_writing_is_said_and_is_over_once_the_page_is_back(
        string table,
        string page
    )
    {
        await _newsroom.Program.StopAsync();
        var before = await RuinAsync(table);
        _newsroom.Program.Start();
        await _newsroom.Program.ReadyAsync(Token);

        var (shown, words) = await GetAsync(page);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, shown);
        Assert.Contains(ThatItIs, words);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SayAsync("while it is ruined")).StatusCode);
        var (ready, reason) = await GetAsync("readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains(ThatItIs, reason);
        Assert.Contains(ThatItIs, (await GetAsync("status")).Text);
        Assert.Single(_newsroom.Lines(ThatItIs));

        await _newsroom.Program.KillAsync();
        await File.WriteAllBytesAsync(DatabaseFile, before, Token);
        _newsroom.Program.Start();
        await _newsroom.Program.ReadyAsync(Token);
        Assert.True((await SayAsync("after it was mended")).IsSuccessStatusCode);
        Assert.Equal(["before it was ruined", "after it was mended"], _newsroom.Comments);
        Assert.Equal(1, _newsroom.Cards);
    }

    public async ValueTask InitializeAsync()
    {
        _newsroom = await OneStoryNewsroom.StartAsync(folder: null, Token);
        Assert.True((await SayAsync("before it was ruined")).IsSuccessStatusCode);
    }

    public ValueTask DisposeAsync() => _newsroom.DisposeAsync();

    private string DatabaseFile => Path.Combine(_newsroom.Desk.Folder, "newsbot.db");

    /// <summary>Overwrites the first page of a table, when nobody has the file open.</summary>
    /// <returns>The file as it was.</returns>
    private async Task<byte[]> RuinAsync(string table)
    {
        _newsroom.Desk.Word("PRAGMA wal_checkpoint(TRUNCATE)");
        var size = (int)_newsroom.Desk.Number("PRAGMA page_size");
        var page = (int)_newsroom.Desk.Number("SELECT rootpage FROM sqlite_master WHERE name = @table", new { table });
        var whole = await File.ReadAllBytesAsync(DatabaseFile, Token);
        var ruined = whole.ToArray();
        ruined.AsSpan((page - 1) * size, size).Fill(0xFF);
        await File.WriteAllBytesAsync(DatabaseFile, ruined, Token);
        return whole;
    }

    private Task<HttpResponseMessage> SayAsync(string text) => _newsroom.SayAsync(text, Token);

    private Task<(HttpStatusCode Status, string Text)> GetAsync(string path) => _newsroom.GetAsync(path, Token);
}
