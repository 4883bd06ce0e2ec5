using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsBot.Starter;
using NewsBot.Storage;

namespace NewsBot.Testing.Newsrooms;

/// <summary>The whole program in this process: a real listener on a free port of loopback, a real SQLite file in a folder of its own.</summary>
public sealed partial class RunningNewsroom : IAsyncDisposable
{
    private readonly string[] _settings;
    private readonly TimeProvider _time;
    private readonly List<HttpClient> _before = [];
    private WebApplication? _app;

    private RunningNewsroom(string folder, TimeProvider time, string[] settings)
    {
        Folder = folder;
        _looks = TestDatabase.Open(folder);
        _time = time;
        _settings = settings;
    }

    /// <summary>Where the data lies.</summary>
    public string Folder { get; }

    /// <summary>What it logs, over all its starts.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>Talks to the newsroom as a program of this machine.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>What makes another program the same newsroom; only one may run.</summary>
    public IReadOnlyList<string> Arguments => [$"--data={Folder}", .. TestDatabase.Settings(Folder), .. _settings];

    /// <summary>The newsroom's services, for looking behind the pages.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Starts a newsroom with a fresh database.</summary>
    /// <param name="settings">As on the command line, such as <c>--Starter:Enabled=false</c>.</param>
    public static Task<RunningNewsroom> StartAsync(params string[] settings) =>
        StartAsync(TimeProvider.System, settings);

    /// <summary>As <see cref="StartAsync(string[])"/>, by another clock. With <c>--data=DIR</c> it lies there.</summary>
    public static async Task<RunningNewsroom> StartAsync(TimeProvider time, params string[] settings)
    {
        const string Data = "--data=";
        var folder = Array.Find(settings, setting => setting.StartsWith(Data, StringComparison.Ordinal));
        var newsroom = new RunningNewsroom(
            folder is null ? Directory.CreateTempSubdirectory("newsbot-").FullName : folder[Data.Length..],
            time,
            [.. settings.Where(setting => setting != folder)]
        );
        await newsroom.StartAsync();
        return newsroom;
    }

    /// <summary>Stops the program and starts it again on the same data.</summary>
    /// <param name="whileStopped">What happens to the world meanwhile; null for nothing.</param>
    public async Task RestartAsync(Func<Task>? whileStopped = null)
    {
        await StopAsync();
        if (whileStopped is not null)
        {
            await whileStopped();
        }

        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_apart is { } apart)
        {
            await apart.DisposeAsync();
        }

        foreach (var http in _before.Append(Http))
        {
            http.Dispose();
        }

        _looks.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>GETs JSON; the status has to say success.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"GET {path} gave {response.StatusCode}: {text}");
    }

    /// <summary>Writes into the built-in chat.</summary>
    /// <param name="author">Who writes.</param>
    /// <param name="text">What.</param>
    /// <param name="replyTo">Id of the message it answers; null for none.</param>
    /// <param name="channel">Id of the channel.</param>
    public Task<HttpResponseMessage> PostAsync(
        string author,
        string text,
        string? replyTo = null,
        string channel = "1"
    ) =>
        Http.PostAsJsonAsync(
            new Uri($"/api/v1/channels/{channel}/messages", UriKind.Relative),
            new
            {
                author,
                text,
                replyTo,
            }
        );

    /// <summary>Writes into the built-in chat; it has to be taken.</summary>
    /// <returns>The message.</returns>
    public async Task<JsonElement> SayAsync(string author, string text, string? replyTo = null, string channel = "1")
    {
        using var response = await PostAsync(author, text, replyTo, channel);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK
            ? json
            : throw new InvalidOperationException($"{author} could not write: {json}");
    }

    /// <summary>Asks again and again until something is so.</summary>
    /// <param name="question">Gives null until it is so.</param>
    /// <typeparam name="T">What is waited for.</typeparam>
    /// <returns>The answer.</returns>
    /// <exception cref="TimeoutException">It was not so within half a minute.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> question)
        where T : class
    {
        // Far more than the slowest machine needs; only a broken newsroom takes so long.
        for (var i = 0; i < 300; i++)
        {
            if (await question() is { } answer)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException("It did not become so within half a minute.");
    }

    /// <summary>Waits for the first story card of a channel.</summary>
    /// <returns>The card's message.</returns>
    public async Task<JsonElement> FirstCardAsync(string channel = "1")
    {
        var cards = await UntilAsync(async () =>
        {
            var cards = await CardsAsync(channel);
            return cards.Count > 0 ? cards : null;
        });
        return cards[0];
    }

    /// <summary>The story cards among a channel's first messages.</summary>
    public async Task<IReadOnlyList<JsonElement>> CardsAsync(string channel = "1")
    {
        var page = await GetAsync($"/api/v1/channels/{channel}/messages?limit=200");
        return
        [
            .. page.GetProperty("messages")
                .EnumerateArray()
                .Where(message => message.GetProperty("storyId").ValueKind is JsonValueKind.String),
        ];
    }

    private async Task StartAsync()
    {
        _app = await BuildAsync(["--Web:Url=http://127.0.0.1:0", .. Arguments], _time, Log);
        await _app.StartAsync();
        var address = _app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        Speak(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) });
    }

    private static async Task<WebApplication> BuildAsync(string[] args, TimeProvider time, ILoggerProvider? log = null)
    {
        var app = NewsBotHost.Build(
            args,
            builder =>
            {
                builder.Services.AddSingleton(time);
                if (log is not null)
                {
                    builder.Services.AddSingleton(log);
                }
            }
        );
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        await app.Services.GetRequiredService<LayOutNewsroom>().RunAsync(CancellationToken.None);
        return app;
    }

    // Somebody may be in the middle of a request by the one before.
    private void Speak(HttpClient http)
    {
        if (Http is { } before)
        {
            _before.Add(before);
        }

        Http = http;
    }

    /// <summary>Stops the program; its database can still be asked.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
