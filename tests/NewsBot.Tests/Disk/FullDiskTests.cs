using System.Globalization;
using System.Net;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Disk;

/// <summary>The built program on a disk that gets really full, and then has room again.</summary>
[Collection(nameof(DiskIsFull))]
public sealed class FullDiskTests : IAsyncLifetime
{
    // The database with its log takes some four; what is left is filled.
    private const int Megabytes = 48;

    private const string ThatItIs = "nothing new can be stored";

    private static readonly string[] Pages =
    [
        "/",
        "/status",
        "/stories/1",
        "/stories/1/comments.atom",
        "/feed.atom",
        "/sources/1",
        "/search?q=bridge",
        "/chat/news",
        "/api/v1/stories",
        "/api/v1/stories/1/comments",
        "/api/v1/channels/1/messages",
        "/sitemap.xml",
    ];

    private readonly SmallDisk _disk = SmallDisk.Make(Megabytes);
    private readonly List<string> _taken = [];
    private OneStoryNewsroom _newsroom = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_stops_the_intake_keeps_what_is_stored_says_so_once_and_is_over_by_itself()
    {
        var readable = await ReadAllAsync();
        var polls = await FillAsync();

        // The feed is due by now, and would be asked every two seconds.
        await RunningNewsroom.UntilAsync(async () =>
        {
            Assert.Equal(readable, await ReadAllAsync());
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SayAsync("while it is full")).StatusCode);
            return TimeProvider.System.GetUtcNow() > polls.DueAt.AddSeconds(6) ? "long enough" : null;
        });
        Assert.InRange(_newsroom.Desk.Site.Count("/gazette.rss"), polls.Before, polls.Before + 1);
        await AssertItSaysSoAsync();

        _disk.MakeRoom(_newsroom.Program.ProcessId);
        await RunningNewsroom.UntilAsync(async () =>
            await StatusOfAsync("readyz") == HttpStatusCode.OK ? "ready" : null
        );
        await TakeAsync("after it was full");
        await RunningNewsroom.UntilAsync(() => Task.FromResult(_newsroom.Cards == 2 ? "posted" : null));

        Assert.Equal(_taken, _newsroom.Comments);
        Assert.Equal(2, _newsroom.Desk.Number("SELECT COUNT(*) FROM story"));
        Assert.Single(_newsroom.Lines("The database can be written again"));
    }

    [Fact]
    public async Task Killed_while_the_disk_is_full_it_starts_with_all_it_had_said_it_stored()
    {
        await FillAsync();
        await _newsroom.Program.KillAsync();
        _disk.MakeRoom(Environment.ProcessId);

        _newsroom.Program.Start();
        await _newsroom.Program.ReadyAsync(Token);
        await TakeAsync("after it was full");
        await RunningNewsroom.UntilAsync(() => Task.FromResult(_newsroom.Cards == 2 ? "posted" : null));

        Assert.Equal(_taken, _newsroom.Comments);
        Assert.Equal("ok", _newsroom.Desk.Word("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_file_that_may_grow_no_longer_is_told_from_a_full_disk_and_is_over_by_itself()
    {
        SmallDisk.Limit(_newsroom.Program.ProcessId, "4096");
        await RefusedAsync();

        Assert.Contains(ThatItIs, await TextOfAsync("readyz"));
        Assert.Contains("The disk does not take what is written", await TextOfAsync("status"));
        await ReadAllAsync();

        SmallDisk.Limit(_newsroom.Program.ProcessId, "unlimited");
        await RunningNewsroom.UntilAsync(async () =>
            await StatusOfAsync("readyz") == HttpStatusCode.OK ? "ready" : null
        );
        await TakeAsync("after it was refused");
        Assert.Equal(_taken, _newsroom.Comments);
    }

    public async ValueTask InitializeAsync()
    {
        _newsroom = await OneStoryNewsroom.StartAsync(Path.Combine(_disk.Folder, "data"), Token);
        await TakeAsync("before it was full");
    }

    public async ValueTask DisposeAsync()
    {
        await _newsroom.DisposeAsync();
        _disk.Dispose();
    }

    /// <summary>Fills the disk while a feed with news becomes due, and writes until it is noticed.</summary>
    private async Task<(int Before, DateTimeOffset DueAt)> FillAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        _newsroom.Desk.Serve(
            "/gazette.rss",
            new FeedItem("Ferry line to the islands is closed for the winter", now.AddMinutes(-1)),
            new FeedItem(OneStoryNewsroom.Headline, now.AddMinutes(-9))
        );
        var due = now.AddSeconds(8);
        _newsroom.Desk.Run("UPDATE feed SET next_poll_at = @Due", new { Due = due.Ms() });
        var before = _newsroom.Desk.Site.Count("/gazette.rss");
        _disk.Fill(_newsroom.Program.ProcessId);
        await RefusedAsync();
        return (before, due);
    }

    // What the log has room for still is taken.
    private async Task RefusedAsync()
    {
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"filling {i} {new string('x', 6_000)}");
            using var answer = await SayAsync(text);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.Contains(ThatItIs, await answer.Content.ReadAsStringAsync(Token));
                return;
            }

            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            _taken.Add(text);
        }

        Assert.Fail("The disk never got full.");
    }

    private async Task AssertItSaysSoAsync()
    {
        Assert.Contains(ThatItIs, await TextOfAsync("readyz"));
        Assert.Contains("Nothing moves. The disk", await TextOfAsync("status"));
        Assert.Contains(ThatItIs, await TextOfAsync("status"));
        Assert.Single(_newsroom.Lines(ThatItIs));
        if (_disk.IsMounted)
        {
            var status = await ProgramRun.RunAsync("--data", _newsroom.Desk.Folder, "status");
            Assert.True(status.Code == 0, status.Out + status.Error);
            Assert.Contains("The disk is full: " + ThatItIs, status.Out);
            Assert.Contains("1 story", status.Out);
        }
    }

    private async Task<string> ReadAllAsync()
    {
        var said = new List<string>();
        foreach (var page in Pages)
        {
            said.Add($"{page} {(int)await StatusOfAsync(page)}");
        }

        Assert.DoesNotContain(said, line => line.EndsWith("500", StringComparison.Ordinal));
        return string.Join('\n', said);
    }

    private Task<HttpResponseMessage> SayAsync(string text) => _newsroom.SayAsync(text, Token);

    private async Task TakeAsync(string text)
    {
        using var answer = await SayAsync(text);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        _taken.Add(text);
    }

    private async Task<HttpStatusCode> StatusOfAsync(string path) => (await _newsroom.GetAsync(path, Token)).Status;

    private async Task<string> TextOfAsync(string path) => (await _newsroom.GetAsync(path, Token)).Text;
}
