using System.Net.Sockets;
using System.Text;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Host;

/// <summary>SIGTERM to the program, as from a supervisor that kills what has not ended after ten seconds.</summary>
public sealed class StopTests
{
    // What Docker gives; Kubernetes and systemd give more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task It_ends_in_time_with_everything_under_way_and_the_next_start_posts_what_was_cut_off_once()
    {
        var token = TestContext.Current.CancellationToken;
        await using var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, token);
        await using var both = await SlackNewsroom.StartAsync(
            null,
            "--Chat:Web:Enabled=true",
            "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8"
        );
        var channel = await both.ChannelAsync(both.Slack.Channels.Public);
        await both.Newsroom.StopAsync();
        await using var program = new NewsroomProcess("newsbot.dll", both.Newsroom.Arguments);
        var reached = new TaskCompletionSource();
        both.Slack.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Timeout)
            {
                Method = "chat.postMessage",
                AfterEffect = true,
                Reached = reached,
            }
        );
        var story = await both.StoryAsync("Harbour bridge opens", channel);
        await AddFeedAsync(both.Newsroom, site.Url("/hostile/trickle.rss"));

        program.Start();
        await program.ReadyAsync(token);
        using var page = await program.Http.GetAsync(
            new Uri($"live?channel={channel}", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            token
        );
        using var upload = await HalfAnUploadAsync(program.Http.BaseAddress!, token);
        await reached.Task.WaitAsync(token);
        await RunningNewsroom.UntilAsync(() => Task.FromResult(site.Count("/hostile/trickle.rss") > 0 ? site : null));
        var code = await program.StopWithinAsync(Patience);

        Assert.True(code == 0, $"It ended with {code}:\n{program.Said}");
        Assert.True(page.IsSuccessStatusCode);
        Assert.False(program.Said.Contains("fail:", StringComparison.Ordinal), program.Said);

        program.Start();
        await program.ReadyAsync(token);
        await both.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state <> 'sent'", 0);

        Assert.Single(both.FindCards(story));
        Assert.Equal(0, await program.StopWithinAsync(Patience));
    }

    private static Task AddFeedAsync(RunningNewsroom newsroom, Uri url) =>
        newsroom.RunAsync(
            """
            INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, 3600000, 0);
            INSERT INTO source (community_id, feed_id, name, created_at) SELECT 1, MAX(id), 'Trickle', 0 FROM feed
            """,
            new { Url = url.AbsoluteUri }
        );

    // Somebody begins to send a body and falls silent.
    private static async Task<TcpClient> HalfAnUploadAsync(Uri address, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        var head =
            $"POST /api/v1/channels/1/messages HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
        return client;
    }
}
