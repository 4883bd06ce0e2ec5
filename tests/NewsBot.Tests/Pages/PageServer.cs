using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

/// <summary>The whole newsroom on a free port of this machine, with a database a builder fills and no sources to poll.</summary>
public sealed class PageServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-pages-").FullName;
    private WebApplication? _app;

    public NewsroomBuilder Newsroom { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>The newsroom's services, for looking behind the pages.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>What it logs.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>Settings besides the usual ones.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public async ValueTask InitializeAsync()
    {
        Newsroom = await NewsroomBuilder.CreateAsync(
            Path.Combine(_folder, "newsbot.db"),
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None
        );
        string[] args =
        [
            "--data",
            _folder,
            .. TestDatabase.Settings(_folder),
            "--Web:Url=http://127.0.0.1:0",
            "--Starter:Enabled=false",
            .. Settings,
        ];
        _app = NewsBotHost.Build(args, builder => builder.Logging.ClearProviders().AddProvider(Log));
        await _app.StartAsync();
        var server = _app.Services.GetRequiredService<IServer>();
        Address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        Newsroom.Dispose();
        Log.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser of its own: cookies are kept, redirects are not followed.</summary>
    public HttpClient Browser(bool follow = false) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = follow,
                CookieContainer = new CookieContainer(),
                AutomaticDecompression = DecompressionMethods.None,
            }
        )
        {
            BaseAddress = Address,
        };

    public async Task<IHtmlDocument> PageAsync(string path, HttpClient? browser = null)
    {
        using var own = Browser();
        using var answer = await (browser ?? own).GetAsync(path, TestContext.Current.CancellationToken);
        return await ParseAsync(answer);
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var context = BrowsingContext.New(Configuration.Default);
        return (IHtmlDocument)
            await context.OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);
    }

    /// <summary>Purges what its time is over for, as the hourly clean-up does.</summary>
    public Task PurgeAsync() =>
        _app!.Services.GetRequiredService<WorkspacePurge>().RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs a line as whoever sits at the machine, confirmed.</summary>
    public async Task<string> CommandAsync(string line, long? channel = null)
    {
        var reply = await AskAsync(line, channel);
        Assert.True(reply.Ending == CommandEnding.Done, $"{line} → {reply.Ending}: {reply.Markdown}");
        return reply.Markdown;
    }

    /// <summary>The same where it may be refused.</summary>
    internal Task<CommandReply> AskAsync(string line, long? channel = null) =>
        _app!
            .Services.GetRequiredService<RunCommand>()
            .RunAsync(
                new CommandRequest(
                    CommandRequest.Operator(new CommunityId(1)),
                    channel is { } id ? new ChannelId(id) : null,
                    line,
                    true
                ),
                TestContext.Current.CancellationToken
            );

    /// <summary>Changes something in one transaction, as the program itself would.</summary>
    internal Task WriteAsync(Func<System.Data.Common.DbConnection, Task> write) =>
        _app!.Services.GetRequiredService<Database>().WriteAsync(write, TestContext.Current.CancellationToken);

    /// <summary>One number out of the database.</summary>
    public long Count(string sql)
    {
        using var connection = _app!.Services.GetRequiredService<Database>().Open();
        return connection.ExecuteScalar<long>(sql);
    }

    /// <summary>Many numbers out of the database.</summary>
    internal IReadOnlyList<long> Numbers(string sql)
    {
        using var connection = _app!.Services.GetRequiredService<Database>().Open();
        return [.. connection.Query<long>(sql)];
    }

    /// <summary>Sends a form of a page as a browser without scripts would.</summary>
    public static Task<HttpResponseMessage> SubmitAsync(
        HttpClient browser,
        IHtmlFormElement form,
        params (string Name, string Value)[] typed
    )
    {
        var fields = form.QuerySelectorAll("input[name],textarea[name]")
            .ToDictionary(
                field => field.GetAttribute("name")!,
                field => field is IHtmlTextAreaElement area ? area.Value : field.GetAttribute("value") ?? ""
            );
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return browser.PostAsync(
            form.GetAttribute("action")!,
            new FormUrlEncodedContent(fields),
            TestContext.Current.CancellationToken
        );
    }
}
