using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Core.Feeds;
using NewsBot.Core.Summaries;
using NewsBot.Starter;
using NewsBot.Storage;

namespace NewsBot.Testing.Simulation;

/// <summary>
/// One life of the program: its own services by its own composition, from the opening of the database to a death at any
/// call or commit. What its background services would repeat are flows that the world starts one turn at a time.
/// </summary>
internal sealed partial class SimulatedProcess : IDisposable
{
    private readonly World _world;
    private readonly WebApplication _app;
    private readonly Database _database;
    private readonly StorageHealth _health;
    private readonly StorageWatch _watch;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<CancellationToken, Task>> _flows;

    public SimulatedProcess(World world, string address, IReadOnlyList<string> settings)
    {
        _world = world;
        Clock = new MachineClock(world.Clock, world.Machine);
        _app = Build(settings, address);
        _database = Services.GetRequiredService<Database>();
        _health = Services.GetRequiredService<StorageHealth>();
        _watch = ActivatorUtilities.CreateInstance<StorageWatch>(Services);
        _flows = Flows();
    }

    /// <summary>Its clock.</summary>
    public MachineClock Clock { get; }

    public CapturedLog Log { get; } = new();

    public bool IsDead { get; private set; }

    /// <summary>After how many more instants at which it could die it does; null for not at all.</summary>
    public int? DiesAfter { get; set; }

    public IServiceProvider Services => _app.Services;

    public Database Database => _database;

    /// <summary>The flows by name, in an order that stays.</summary>
    public IReadOnlyCollection<string> Names => _flows.Keys;

    /// <summary>Whether a flow, or any for null, waits for something.</summary>
    public bool IsBusy(string? name = null) =>
        _running.Any(flow => !flow.Value.IsCompleted && (name is null || flow.Key == name));

    /// <summary>What waits for something.</summary>
    public IEnumerable<string> Waiting => _running.Where(flow => !flow.Value.IsCompleted).Select(flow => flow.Key);

    /// <summary>Prepares the database, as the program does before it listens.</summary>
    public async Task PrepareAsync()
    {
        StorageHealth.FailAtOnce();
        await Services.GetRequiredService<Migrator>().MigrateAsync(_stop.Token);
        await Services.GetRequiredService<LayOutNewsroom>().RunAsync(_stop.Token);
    }

    /// <summary>Starts one turn of a flow, unless its last one is still under way.</summary>
    public void Start(string name)
    {
        if (!IsDead)
        {
            Start(name, _flows[name]);
        }
    }

    /// <summary>Starts something that is no flow.</summary>
    public void Start(string name, Func<CancellationToken, Task> flow)
    {
        if (!IsDead && !IsBusy(name))
        {
            _running[name] = _world.Steps.Start(() => RunAsync(name, flow));
        }
    }

    /// <summary>Whether this is the instant at which it dies, or it is dead already.</summary>
    public bool DiesNow(string where)
    {
        if (!IsDead && DiesAfter is { } left)
        {
            DiesAfter = left - 1;
            if (left <= 0)
            {
                _world.Trace.Add($"the process dies {where}");
                _world.Weather.Count("kill");
                Die();
            }
        }

        return IsDead;
    }

    /// <summary>From now on nothing of it does anything any more.</summary>
    public void Die()
    {
        IsDead = true;
        Clock.Die();
        _world.Gateway.Cut();
        _world.Inbox.IsOpen = false;
    }

    /// <summary>Asks it to stop, as an operator does.</summary>
    public void Stop() =>
        _running["stop"] = _world.Steps.Start(() =>
        {
            Halt();
            return Task.CompletedTask;
        });

    // Here, and not on a thread of the pool.
    private void Halt()
    {
        _health.Stop();
        _stop.Cancel();
    }

    /// <summary>
    /// Has the disk looked after while nothing can be stored. Where the database is damaged the operator ends the program, as
    /// it says; what was read wrongly is right once it is read anew.
    /// </summary>
    public void LookAfterDisk()
    {
        if (_health.Trouble is not { Kind: var kind } || IsDead)
        {
            return;
        }

        if (kind is not StorageTroubleKind.Damaged)
        {
            Start(Watch, WatchStorageAsync);
            return;
        }

        _world.Trace.Add("the operator ends the program, whose database is damaged");
        Die();
        SqliteConnection.ClearAllPools();
    }

    public void Dispose()
    {
        Die();
        _database.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(string name, Func<CancellationToken, Task> flow)
    {
        try
        {
            await flow(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _world.Trace.Add($"{name} stopped");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Its pump would write it into the log and go on with the next turn.
            _world.Trace.Add($"{name} broke: {error.GetType().Name} {error.Message}");
        }
    }

    // Without its pages: nobody asks for them here, and a process is started several times a second.
    private WebApplication Build(IReadOnlyList<string> settings, string address)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                Args = [.. SettingArguments.Expand([.. settings]), "--hostBuilder:reloadConfigOnChange=false"],
                ApplicationName = "newsbot",
            }
        );
        NewsBotHost.AddNewsBot(builder);
        Configure(builder, address);
        return builder.Build();
    }

    private void Configure(WebApplicationBuilder builder, string address)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(provider => new SqliteDatabase(
            _world.File,
            provider.GetRequiredService<StorageHealth>(),
            new CommitScheduler(this),
            address
        ));
        services.AddSingleton<IFetcher>(_world.Feeds);
        services.AddSingleton<IArticleReader>(_world.Feeds);
        Speak(services, DiscordRegistration.HttpClientName, _world.Discord.Handler());
        Speak(services, SlackRegistration.HttpClientName, _world.Slack.Handler());
        services.Configure<HttpClientFactoryOptions>(options => options.SuppressHandlerScope = true);
        _world.Sabotage?.Invoke(services);
    }

    private void Speak(IServiceCollection services, string name, HttpMessageHandler platform) =>
        services
            .AddHttpClient(name)
            .ConfigurePrimaryHttpMessageHandler(() => new FaultyNetwork(this, _world, name, platform));
}
