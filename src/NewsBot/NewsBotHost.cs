using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Chat.Web;
using NewsBot.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Feeds;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Fetching;
using NewsBot.Processes;
using NewsBot.Scheduling;
using NewsBot.Starter;
using NewsBot.Storage;
using NewsBot.Summarising;
using NewsBot.Telemetry;
using NewsBot.Web;
using NewsBot.Web.Api;
using NewsBot.Web.Pages;
using NewsBot.Web.Security;
using NewsBot.Web.SignIn;
using NewsBot.WebSub;
using Quartz;

namespace NewsBot;

/// <summary>Composition root: the only file that knows every part.</summary>
internal static class NewsBotHost
{
    /// <summary>Builds the newsroom; nothing is opened or written yet.</summary>
    /// <param name="args">Settings as <c>--Section:Key=value</c>, and <c>--data DIR</c>.</param>
    /// <param name="configure">Last changes to the services, for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                // Settings are read once; a watcher would look at every write to a database below the working directory.
                Args = [.. SettingArguments.Expand(args), "--hostBuilder:reloadConfigOnChange=false"],
                ApplicationName = "newsbot",
            }
        );
        AddNewsBot(builder);
        configure?.Invoke(builder);
        // A start that fails is told in a sentence; the host would show where in the code it happened as well.
        var hasStarted = false;
        builder.Logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host",
            level => hasStarted && level >= LogLevel.Warning
        );
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<StorageHealth>().Stop);
        MapNewsBot(app);
        return app;
    }

    /// <summary>Adds every service. One-shot commands use them without the jobs and the listener.</summary>
    public static void AddNewsBot(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // What an operator has to know stands on the status page; the log speaks of what is broken.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        LogLines.Use(services);
        GracefulStop.Add(services);
        KeepSecretsOutOfLogs(builder);
        services.AddSingleton<SharedClock>();
        services.TryAddSingleton<TimeProvider>(provider => provider.GetRequiredService<SharedClock>());
        AddSettings(services);
        services.AddProcesses();
        services.AddSingleton(provider =>
            provider
                .GetRequiredService<IOptions<StorageOptions>>()
                .Value.Open(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<StorageHealth>())
        );
        services.AddSingleton<StorageHealth>();
        services.AddSingleton<Migrator>();
        AddStores(services);
        services.AddFetching();
        services.AddSummarising();
        services.AddSingleton<PollFeeds>();
        services.AddSingleton<PublishDigests>();
        services.AddSingleton<SendPosts>();
        services.AddWebSub();
        services.AddCommands();
        AddChat(services);
        services.AddDiscord(builder.Configuration);
        services.AddSlack(builder.Configuration);
        AddWeb(builder);
        builder.AddTelemetry();
        AddJobs(services, builder.Configuration);
        StartupCheck.Add(services);
    }

    // What the platform's own code tells of requests, however wordy the log is asked to be: the addresses of webhooks and
    // interactions hold their tokens, those that people come back to from signing in a code.
    private static void KeepSecretsOutOfLogs(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpClientDefaults(static http => http.RemoveAllLoggers());
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Result", LogLevel.Warning);
    }

    private static void AddSettings(IServiceCollection services)
    {
        Add<StorageOptions, StorageOptionsValidator>(services, StorageOptions.Section);
        Add<ProcessOptions, ProcessOptionsValidator>(services, ProcessOptions.Section);
        services.AddSingleton<IValidateOptions<ProcessOptions>, AloneValidator>();
        Add<WebOptions, WebOptionsValidator>(services, WebOptions.Section);
        Add<WebChatOptions, WebChatOptionsValidator>(services, WebChatOptions.Section);
        services.AddSingleton<IValidateOptions<WebChatOptions>, OpenChatValidator>();
        Add<DiscordOptions, DiscordOptionsValidator>(services, DiscordOptions.Section);
        Add<SlackOptions, SlackOptionsValidator>(services, SlackOptions.Section);
        // The built-in chat is there until another platform is; who wants both says so.
        services
            .AddOptions<WebChatOptions>()
            .PostConfigure<IConfiguration>(
                (chat, settings) =>
                    chat.Enabled = settings[$"{WebChatOptions.Section}:Enabled"] is null
                        ? !DiscordOptions.IsOnIn(settings) && !SlackOptions.IsOnIn(settings)
                        : chat.Enabled
            );
        Add<PollingOptions, PollingOptionsValidator>(services, PollingOptions.Section);
        Add<SummarisingOptions, SummarisingOptionsValidator>(services, SummarisingOptions.Section);
        Add<TelemetryOptions, TelemetryOptionsValidator>(services, TelemetryOptions.Section);
        Add<StarterOptions>(services, StarterOptions.Section);
        Add<CommunitySettings, CommunitySettingsValidator>(services, CommunitySettings.SectionName);
        // These bring their own registration along.
        services.AddSingleton(new SettingSection(FetchingOptions.Section, typeof(FetchingOptions)));
    }

    private static void Add<TOptions, TValidator>(IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        Add<TOptions>(services, section);
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }

    private static void Add<TOptions>(IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddSingleton(new SettingSection(section, typeof(TOptions)));
        services
            .AddOptions<TOptions>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
    }

    private static void AddStores(IServiceCollection services)
    {
        services.AddSingleton<IFeedStore, FeedStore>();
        services.AddSingleton<RecentReports>();
        services.AddSingleton<KnownTexts>();
        services.AddSingleton<IStoryStore, StoryStore>();
        services.AddSingleton<IPostStore, PostStore>();
        services.AddSingleton<DigestStore>();
        services.AddSingleton<IDigestStore>(provider => provider.GetRequiredService<DigestStore>());
        services.AddSingleton<MemberStore>();
        services.AddSingleton<PictureStore>();
        services.AddSingleton<CleanUp>();
        services.AddSingleton<FreePages>();
        services.AddSingleton<WorkspacePurge>();
        services.AddSingleton<NamedCommunities>();
        services.AddSingleton<ThreadIndexes>();
        services.AddSingleton<StoryReader>();
        services.AddSingleton<ChannelReader>();
        services.AddSingleton<LayOutNewsroom>();
        services.AddSingleton(provider => new SampleNewsroomStart(
            Settings.CreatedInstant(provider.GetRequiredService<Database>())
        ));
    }

    private static void AddChat(IServiceCollection services)
    {
        services.AddSingleton<WebAuthors>();
        services.AddSingleton<WebMessages>();
        services.AddSingleton<WebCommands>();
        services.AddSingleton<WebListener>();
        services.AddSingleton<IPublisher, WebPublisher>();
    }

    private static void AddWeb(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        ConnectionLimits.Add(builder);
        RequestTurns.KeepThreads();
        builder.WebHost.UseUrls([
            builder.Configuration["Web:Url"] ?? new WebOptions().Url,
            // After the pages: whoever asks where those are takes the first.
            .. builder.Configuration["Telemetry:MetricsUrl"] is { Length: > 0 } metrics
                ? [metrics]
                : Array.Empty<string>(),
        ]);
        services.AddSingleton<LiveUpdates>();
        services.AddSingleton<PageAddresses>();
        services.AddPages();
        services.AddSignIn(builder.Configuration);
        services.AddProblemDetails();
        AddKeys(builder);
        services.AddTrustedProxies();
        services.AddRequestLimits();
        services.AddApiDescription();
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default)
        );
    }

    // Forms and secrets stay readable over a restart, and with a backup on another machine.
    private static void AddKeys(WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("NewsBot");
        builder
            .Services.AddOptions<KeyManagementOptions>()
            .Configure<Database>((keys, database) => keys.XmlRepository = new KeyRepository(database));
        // It warns that keys lie unencrypted; they lie beside what they protect, in a file of the operator's own.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A warning for each form without its proof would let anybody fill the log.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // So would one for each body that its sender cuts off.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
    }

    private static void AddJobs(IServiceCollection services, IConfiguration settings)
    {
        var (polls, posts) = (ProcessOptions.Has(settings, Role.Poll), ProcessOptions.Has(settings, Role.Post));
        services.AddSingleton<PostPump>();
        if (posts)
        {
            services.AddHostedService(provider => provider.GetRequiredService<PostPump>());
        }

        services.AddHostedService<StorageWatch>();
        services.AddHostedService<StartNewsroom>();
        services.AddHostedService<GiveBackMemory>();
        services.AddQuartz(quartz =>
        {
            if (polls)
            {
                Tick<PollFeedsJob>(quartz, TimeSpan.FromSeconds(2));
                Tick<AskHubsJob>(quartz, TimeSpan.FromSeconds(5));
                Tick<FetchPicturesJob>(quartz, TimeSpan.FromSeconds(2));
            }

            if (posts)
            {
                Tick<PublishDigestsJob>(quartz, TimeSpan.FromSeconds(2));
                Tick<WelcomeJob>(quartz, TimeSpan.FromSeconds(1));
            }

            Tick<JoinCommunitiesJob>(quartz, TimeSpan.FromSeconds(5));
            Tick<CleanUpJob>(quartz, TimeSpan.FromHours(1));
        });
        services.AddQuartzHostedService(quartz => quartz.AwaitApplicationStarted = true);
    }

    private static void Tick<TJob>(IQuartzBuilder quartz, TimeSpan interval)
        where TJob : IJob =>
        quartz.ScheduleJob<TJob>(trigger =>
            trigger
                .WithIdentity(typeof(TJob).Name)
                .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever())
        );

    private static void MapNewsBot(WebApplication app)
    {
        app.UseMiddleware<SafeHeaders>();
        app.Use(TellAtOnceAsync);
        MetricsDoor.Use(app);
        app.UseForwardedHeaders();
        app.UseMiddleware<PublicScheme>();
        // Who is refused is refused before anything is done for them.
        app.UseMiddleware<RequestGuard>();
        app.UseRateLimiter();
        app.UseMiddleware<RequestTurns>();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                StatusCodeSelector = error =>
                    error is StorageTroubleException
                        ? StatusCodes.Status503ServiceUnavailable
                        : RequestFaults.StatusOf(error) ?? StatusCodes.Status500InternalServerError,
                SuppressDiagnosticsCallback = RequestFaults.IsNoNews,
                ExceptionHandler = ApiProblems.TellAsync,
            }
        );
        app.UseStatusCodePages(answer =>
            ApiProblems.Of(answer.HttpContext.Response.StatusCode).ExecuteAsync(answer.HttpContext)
        );
        app.UsePages();
        app.UseSignIn();
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/readyz", Readiness.CheckAsync);
        if (!ProcessOptions.Has(app.Configuration, Role.Web))
        {
            return;
        }

        app.MapOpenApi();
        app.MapApi();
        app.MapSampleNewsroom();
        app.MapSignIn();
        app.MapPages();
        PushEndpoint.Map(app);
        DiscordInteractionEndpoint.Map(app);
        SlackEndpoints.Map(app);
        SlackOAuth.Map(app);
    }

    // Whoever waits for an answer is told that nothing can be stored, and does not wait until it can.
    private static async Task TellAtOnceAsync(HttpContext context, RequestDelegate next)
    {
        StorageHealth.FailAtOnce();
        await next(context);
    }
}
