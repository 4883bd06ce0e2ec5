using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsBot.Core.Flows;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Watching;

/// <summary>One trace follows a story from the poll to the page, and nothing of it is there while nobody listens.</summary>
public sealed partial class TracesTests
{
    private const string TraceOfCard = """
        SELECT trace_parent FROM post
        WHERE subject LIKE 'story:%' AND operation = 'create' AND channel_id = @Channel
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_trace_leads_from_the_poll_to_the_page_and_tells_a_collector_nothing_but_ids()
    {
        await using var collector = await FakeCollector.StartAsync(Token);
        using var recorded = new RecordedSpans();
        IReadOnlyList<Activity> spans;
        IReadOnlyList<string> canaries;
        await using (var watched = await WatchedNewsroom.StartAsync($"--Telemetry:OtlpEndpoint={collector.Address}"))
        {
            canaries = watched.Canaries;
            await watched.PublishAsync();
            var cause = ActivityContext.Parse(
                (await watched.Newsroom.WordAsync(TraceOfCard, new { Channel = watched.DiscordChannel }))!,
                null
            );
            using var page = await OpenAsync(watched);
            await watched.ReplyAsync();
            await ChangedAsync(page);
            // The span ends a moment after the page has heard.
            spans = await RunningNewsroom.UntilAsync(() =>
            {
                var found = recorded.Of(cause.TraceId);
                return Task.FromResult(found.Any(span => span.OperationName == "page.refresh") ? found : null);
            });
        }

        AssertIsOneStory(spans);
        var (traces, metrics) = (collector.Taken("TraceService/Export"), collector.Taken("MetricsService/Export"));
        Assert.Contains("page.refresh", traces, StringComparison.Ordinal);
        Assert.Contains("newsbot.replies", metrics, StringComparison.Ordinal);
        Assert.All(
            canaries,
            canary => Assert.DoesNotContain(canary, traces + metrics, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task Nothing_is_written_down_while_nobody_listens()
    {
        await using var watched = await WatchedNewsroom.StartAsync();

        await watched.PublishAsync();
        await watched.ReplyAsync();

        Assert.Equal(0, await watched.Newsroom.NumberAsync("SELECT COUNT(*) FROM post WHERE trace_parent IS NOT NULL"));
    }

    [Fact]
    public async Task What_is_logged_within_a_span_carries_its_trace()
    {
        using var scopes = new HeardScopes();
        await using var app = NewsBotHost.Build(
            ["--data", Path.GetTempPath()],
            builder => builder.Services.AddSingleton<ILoggerProvider>(scopes)
        );
        using var recorded = new RecordedSpans();
        using var span = Traces.Start("poll");

        LogSomething(app.Services.GetRequiredService<ILogger<TracesTests>>());

        Assert.Contains($"TraceId:{span!.TraceId}", scopes.Last, StringComparison.Ordinal);
        Assert.Contains($"SpanId:{span.SpanId}", scopes.Last, StringComparison.Ordinal);
    }

    private static void AssertIsOneStory(IReadOnlyList<Activity> spans)
    {
        var poll = Assert.Single(spans, span => span.OperationName == "poll");
        var story = Assert.Single(spans, span => span.OperationName == "story");
        var reply = Assert.Single(spans, span => span.OperationName == "reply");
        var sent = spans.Where(span => span.OperationName == "post.send").ToList();
        Assert.Equal(default, poll.ParentSpanId);
        Assert.Equal(poll.SpanId, story.ParentSpanId);
        Assert.Equal(story.SpanId, reply.ParentSpanId);
        Assert.Equal(
            ["discord", "web"],
            sent.Where(span => span.ParentSpanId == story.SpanId).Select(Platform).Order(StringComparer.Ordinal)
        );
        Assert.Contains(sent, span => span.ParentSpanId == reply.SpanId && Platform(span) == "web");
        Assert.Equal(1L, reply.GetTagItem("comment.number"));
    }

    private static string Platform(Activity span) => (string)span.GetTagItem("platform")!;

    private static async Task<StreamReader> OpenAsync(WatchedNewsroom watched)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/live?story={watched.Story}");
        var page = new StreamReader(await watched.Newsroom.Http.GetStreamAsync(new Uri(path, UriKind.Relative), Token));
        Assert.Equal("retry: 3000", await page.ReadLineAsync(Token));
        return page;
    }

    private static async Task ChangedAsync(StreamReader page)
    {
        while (await page.ReadLineAsync(Token) is { } line && line != "event: changed") { }
    }

    [LoggerMessage(LogLevel.Error, "Something")]
    private static partial void LogSomething(ILogger logger);

    private sealed class HeardScopes : ILoggerProvider, ILogger, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        /// <summary>All that stood around the last line.</summary>
        public string Last { get; private set; } = "";

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            Last = "";
            _scopes.ForEachScope((scope, _) => Last += $"{scope} ", 0);
        }

        public void Dispose() { }
    }
}
