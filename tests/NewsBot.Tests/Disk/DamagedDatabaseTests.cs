using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using NewsBot.Core.Channels;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Crash;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Disk;

/// <summary>The built program on a database in which the disk has ruined a page.</summary>
public sealed class DamagedDatabaseTests : IAsyncLifetime
{
    private const string ThatItIs = "The database is damaged";

    private NewsDesk _desk = null!;
    private KilledNewsroom _newsroom = null!;
    private ChannelId _channel;
    private string _card = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("comment", "stories/1")]
    [InlineData("web_message", "chat/news")]
    public async Task A_ruined_page_stops_all_writing_is_said_and_is_over_once_the_page_is_back(
        string table,
        string page
    )
    {
        await _newsroom.StopAsync();
        var before = await RuinAsync(table);
        _newsroom.Start();
        await _newsroom.ReadyAsync(Token);

        var (shown, words) = await GetAsync(page);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, shown);
        Assert.Contains(ThatItIs, words);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SayAsync("while it is ruined")).StatusCode);
        var (ready, reason) = await GetAsync("readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains(ThatItIs, reason);
        Assert.Contains(ThatItIs, (await GetAsync("status")).Text);
        Assert.Single(_newsroom.Said.Split('\n'), line => line.Contains(ThatItIs, StringComparison.Ordinal));

        await _newsroom.KillAsync();
        await File.WriteAllBytesAsync(DatabaseFile, before, Token);
        _newsroom.Start();
        await _newsroom.ReadyAsync(Token);
        Assert.True((await SayAsync("after it was mended")).IsSuccessStatusCode);
        Assert.Equal(
            ["before it was ruined", "after it was mended"],
            _desk.Words("SELECT body FROM comment ORDER BY number")
        );
        Assert.Equal(
            1,
            _desk.Number("SELECT COUNT(*) FROM web_message WHERE story_id IS NOT NULL AND post_key IS NOT NULL")
        );
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenWithSiteAsync();
        _channel = _desk.Channel("news", "instant", ("max_per_hour", 1_000), ("max_per_day", 1_000));
        _desk.Serve(
            "/gazette.rss",
            new FeedItem("Harbour bridge opens after nine years", TimeProvider.System.GetUtcNow().AddMinutes(-1))
        );
        _desk.Source("/gazette.rss", "Gazette", _channel);
        _desk.Run("UPDATE feed SET first_taken_at = 0, next_poll_at = 0");
        _newsroom = new KilledNewsroom(_desk.Folder);
        _newsroom.Start();
        await _newsroom.ReadyAsync(Token);
        _card = await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(_desk.Word("SELECT id FROM web_message WHERE story_id IS NOT NULL"))
        );
        Assert.True((await SayAsync("before it was ruined")).IsSuccessStatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _newsroom.DisposeAsync();
        await _desk.DisposeAsync();
    }

    private string DatabaseFile => Path.Combine(_desk.Folder, "newsbot.db");

    /// <summary>Overwrites the first page of a table, when nobody has the file open.</summary>
    /// <returns>The file as it was.</returns>
    private async Task<byte[]> RuinAsync(string table)
    {
        _desk.Word("PRAGMA wal_checkpoint(TRUNCATE)");
        var size = (int)_desk.Number("PRAGMA page_size");
        var page = (int)_desk.Number("SELECT rootpage FROM sqlite_master WHERE name = @table", new { table });
        var whole = await File.ReadAllBytesAsync(DatabaseFile, Token);
        var ruined = whole.ToArray();
        ruined.AsSpan((page - 1) * size, size).Fill(0xFF);
        await File.WriteAllBytesAsync(DatabaseFile, ruined, Token);
        return whole;
    }

    private Task<HttpResponseMessage> SayAsync(string text) =>
        _newsroom.Http.PostAsJsonAsync(
            string.Create(CultureInfo.InvariantCulture, $"api/v1/channels/{_channel.Value}/messages"),
            new
            {
                author = "Inês",
                text,
                replyTo = _card,
            },
            Token
        );

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await _newsroom.Http.GetAsync(new Uri(path, UriKind.Relative), Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }
}
