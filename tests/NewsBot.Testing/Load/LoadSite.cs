using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Testing.Load;

/// <summary>
/// All outlets of a <see cref="LoadPlan"/>, each at an address of 127.0.0.0/8 of its own, and beside them a Discord without
/// limits that takes what is posted.
/// </summary>
public sealed class LoadSite : IAsyncDisposable
{
    // Networks of 250 addresses, so that none ends with 0 or 255.
    private const int Each = 250;

    private readonly LoadPlan _plan;
    private readonly TimeSpan _latency;
    private readonly WebApplication _app;
    private readonly FakeDiscordServer _discord;
    private readonly List<LoadGuild> _guilds = [];
    private readonly LoadOutlet[] _outlets;
    private readonly LoadServed _served = new();

    private LoadSite(LoadPlan plan, int port, TimeSpan latency, FakeDiscordServer discord)
    {
        (_plan, _latency, _discord) = (plan, latency, discord);
        _outlets = [.. Enumerable.Range(0, plan.Sources).Select(source => new LoadOutlet(source))];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, port));
        _app = builder.Build();
        _app.MapGet("/f/{source:int}", FeedAsync);
        _app.MapGet("/a/{source:int}/{number:int}", ArticleAsync);
        _app.MapGet("/load/served", () => _served.Copy());
        _app.MapGet("/load/lags", (long since) => Lags(DateTimeOffset.FromUnixTimeMilliseconds(since)));
        _app.MapPost("/load/publish", (int count) => PublishAll(count));
        _app.MapPost(
            "/load/day",
            (double seconds, double interval, double unchanged) =>
                PublishDay(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(interval), unchanged)
        );
    }

    /// <summary>Of all outlets.</summary>
    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>Starts it.</summary>
    /// <param name="plan">Who there is.</param>
    /// <param name="port">At every address of this machine.</param>
    /// <param name="latency">How long each answer of an outlet takes at least, as over a network.</param>
    public static async Task<LoadSite> StartAsync(LoadPlan plan, int port, TimeSpan latency)
    {
        var discord = await FakeDiscordServer.StartAsync(
            new FakeDiscordOptions { Limits = FakeLimits.Unlimited() },
            CancellationToken.None
        );
        var site = new LoadSite(plan, port, latency, discord);
        for (var left = plan.Channels; left > 0; left -= LoadPlan.ChannelsEach)
        {
            site.AddGuild(Math.Min(left, LoadPlan.ChannelsEach));
        }

        await site._app.StartAsync();
        return site;
    }

    /// <summary>What a newsroom has to be told of it.</summary>
    public LoadPlaces Places => new(_discord.ApiBaseUrl, _discord.BotToken, _guilds);

    /// <summary>Address of an outlet's feed.</summary>
    public static string FeedUrl(int source, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root(source, port)}/f/{source}");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _discord.DisposeAsync();
    }

    private static string Root(int source, int port) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"http://127.{1 + (source / Each / Each)}.{1 + (source / Each % Each)}.{1 + (source % Each)}:{port}"
        );

    private void AddGuild(int channels)
    {
        var id = _discord.Driver.AddGuild(
            string.Create(CultureInfo.InvariantCulture, $"Community {_guilds.Count + 1}"),
            channels
        );
        lock (_discord.State.Sync)
        {
            _guilds.Add(
                new LoadGuild(
                    id,
                    [
                        .. _discord
                            .State.World.Channels.Values.Where(channel => channel.GuildId == id)
                            .Select(channel => channel.Id)
                            .Order(),
                    ]
                )
            );
        }
    }

    private async Task FeedAsync(HttpContext context, int source)
    {
        await WaitAsync(context);
        var known = context.Request.Headers.IfNoneMatch.ToString();
        var now = TimeProvider.System.GetUtcNow();
        var answer = _outlets[source].Ask(Root(source, context.Connection.LocalPort), known, now);
        _served.Count(answer);
        context.Response.Headers.ETag = answer.Tag;
        if (answer.Body is null)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/rss+xml";
        await WriteAsync(context, answer.Body);
    }

    private async Task ArticleAsync(HttpContext context, int source, int number)
    {
        await WaitAsync(context);
        _served.CountArticle();
        context.Response.ContentType = "text/html; charset=utf-8";
        var text = LoadNews
            .Text(source, number, 20)
            .Split(". ")
            .Chunk(4)
            .Select(part => $"<p>{string.Join(". ", part)}.</p>");
        await WriteAsync(
            context,
            $"<!doctype html><html lang=\"en\"><head><title>Article</title></head><body><nav><a href=\"/\">Home</a></nav><article>{string.Concat(text)}</article></body></html>"
        );
    }

    private Task WaitAsync(HttpContext context) =>
        _latency > TimeSpan.Zero
            ? Task.Delay(_latency, TimeProvider.System, context.RequestAborted)
            : Task.CompletedTask;

    private static async Task WriteAsync(HttpContext context, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private void PublishAll(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var outlet in _outlets.Take(count))
        {
            outlet.Publish(now, 0);
        }
    }

    private void PublishDay(TimeSpan length, TimeSpan interval, double unchanged)
    {
        var now = TimeProvider.System.GetUtcNow();
        var day = _plan.Day(length, interval, unchanged);
        for (var source = 0; source < _outlets.Length; source++)
        {
            foreach (var one in day[source])
            {
                _outlets[source].Publish(now + one.At, one.Event);
            }
        }
    }

    private LoadLags Lags(DateTimeOffset since)
    {
        List<(string Text, DateTimeOffset At)> messages = [];
        lock (_discord.State.Sync)
        {
            messages.AddRange(
                _discord
                    .State.World.Messages.Values.SelectMany(channel => channel.Values)
                    .Where(message => message.At >= since)
                    .Select(message =>
                        (
                            message.Content + message.Components.ToJsonString() + message.Embeds.ToJsonString(),
                            message.At
                        )
                    )
            );
        }

        var reports = _outlets.Select(outlet => outlet.Reports()).ToList();
        return LoadLags.Of(messages, reports, since);
    }
}

/// <summary>What a newsroom has to be told of a site.</summary>
/// <param name="DiscordApi">Where its Discord is.</param>
/// <param name="BotToken">The bot signs in with it.</param>
/// <param name="Guilds">The communities.</param>
public sealed record LoadPlaces(Uri DiscordApi, string BotToken, IReadOnlyList<LoadGuild> Guilds);

/// <summary>A community.</summary>
/// <param name="Id">Its id at Discord.</param>
/// <param name="Channels">The ids of its channels there.</param>
public sealed record LoadGuild(ulong Id, IReadOnlyList<ulong> Channels);
