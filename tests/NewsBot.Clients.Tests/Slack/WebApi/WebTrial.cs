using System.Web;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Clients.Tests.Http;

namespace NewsBot.Clients.Tests.Slack.WebApi;

/// <summary>A client, its server and a clock that moves only as long as somebody waits.</summary>
internal sealed class WebTrial : IAsyncDisposable
{
    public const string Token = "xoxb-token-that-must-not-be-shown";

    private readonly PlayedClock _clock;

    private WebTrial(PlayedClock clock, ScriptedServer server, Func<SlackWebApiOptions, SlackWebApiOptions> change)
    {
        _clock = clock;
        Server = server;
        Api = Make(change);
    }

    public ScriptedServer Server { get; }

    public SlackWebApi Api { get; }

    public ReceivedCall Last => Server.Received.Last();

    public DateTimeOffset Now => _clock.Time.GetUtcNow();

    /// <param name="change">Changes the options; null for those of a patient client.</param>
    public static async Task<WebTrial> StartAsync(Func<SlackWebApiOptions, SlackWebApiOptions>? change = null)
    {
        var clock = new PlayedClock(SlackWebApi.CreateHandler());
        return new WebTrial(
            clock,
            await ScriptedServer.StartAsync(clock.Time, "/api/"),
            change ?? (options => options)
        );
    }

    /// <summary>Another client of the same server, such as that of another workspace.</summary>
    public SlackWebApi Make(Func<SlackWebApiOptions, SlackWebApiOptions> change) =>
        new(
            change(
                new SlackWebApiOptions(Token, "NewsBot/1.0")
                {
                    BaseUrl = Server.Url,
                    // The clock runs on during real transfers.
                    Timeout = TimeSpan.FromDays(10),
                }
            ),
            _clock.Http,
            _clock.Time
        );

    /// <summary>An argument of the last call; null where it was absent.</summary>
    public string? Field(string name) => FieldOf(Last, name);

    public static string? FieldOf(ReceivedCall call, string name) => HttpUtility.ParseQueryString(call.Body)[name];

    /// <summary>Moves the clock on until the work is done.</summary>
    public async Task<T> PlayAsync<T>(Task<T> work)
    {
        await _clock.PlayAsync(work);
        return await work;
    }

    public Task PlayAsync(Task work) => _clock.PlayAsync(work);

    public void Advance(TimeSpan time) => _clock.Time.Advance(time);

    public async Task<SlackException> RefusedAsync(Task work) =>
        await Assert.ThrowsAsync<SlackException>(() => PlayAsync(work));

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        _clock.Dispose();
        await Server.DisposeAsync();
    }
}
