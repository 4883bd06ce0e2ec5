using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;
using NewsBot.Tests.Pages;
using NewsBot.Web;
using NewsBot.Web.Pages;

namespace NewsBot.Tests.Communities;

/// <summary>An open page hears only of what its viewer may see.</summary>
public sealed class LiveCrossingTests
{
    [Theory]
    [InlineData("public", true)]
    [InlineData("members", false)]
    [InlineData("off", false)]
    public async Task That_something_happens_is_told_only_where_it_may_be_seen(string publication, bool isTold)
    {
        var server = new PageServer
        {
            Settings = ["--Web:PublicUrl=https://news.example", "--Chat:Web:JoinSecret=a quiet word"],
        };
        await server.InitializeAsync();
        try
        {
            var channel = server.Newsroom.Channel("quay", publication);
            var story = server.Newsroom.Story(channel, [server.Newsroom.Source()]);
            var live = server.Services.GetRequiredService<LiveUpdates>();

            var heard = await ListenAsync(
                server,
                story,
                channel,
                isTold,
                () =>
                {
                    live.Publish(new LiveUpdate(null, new StoryId(story)));
                    live.Publish(new LiveUpdate(new ChannelId(channel), null));
                }
            );

            Assert.Equal(isTold, heard.Contains("changed", StringComparison.Ordinal));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<string> ListenAsync(
        PageServer server,
        long story,
        long channel,
        bool isTold,
        Action publish
    )
    {
        var time = new FakeTimeProvider();
        var page = ActivatorUtilities.CreateInstance<LivePages>(server.Services, time);
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var body = new HeardStream();
        var context = new DefaultHttpContext { RequestServices = server.Services, RequestAborted = closed.Token };
        context.Response.Body = body;
        var open = page.RunAsync(context, channel, [story]);
        if (!isTold)
        {
            // There is nothing to listen to for whoever may not see it.
            await open;
            Assert.Equal(StatusCodes.Status404NotFound, context.Response.StatusCode);
            return body.Text;
        }

        await body.UntilAsync("retry");
        publish();
        await body.UntilAsync("changed");

        // What was published before a heartbeat is looked at before the next one at the latest.
        for (var beats = 1; beats <= 3; beats++)
        {
            time.Advance(TimeSpan.FromSeconds(26));
            await body.UntilAsync(": still here", beats);
        }

        await closed.CancelAsync();
        await open;
        return body.Text;
    }

    private sealed class HeardStream : MemoryStream
    {
        private readonly SemaphoreSlim _written = new(0);

        public string Text => Encoding.UTF8.GetString(ToArray());

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            await base.WriteAsync(buffer, cancellationToken);
            _written.Release();
        }

        public async Task UntilAsync(string text, int times = 1)
        {
            while (Text.Split(text).Length <= times)
            {
                Assert.True(await _written.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            }
        }
    }
}
