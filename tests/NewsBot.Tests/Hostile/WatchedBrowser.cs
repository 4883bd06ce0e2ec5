using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;
using NewsBot.Testing;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Hostile;

/// <summary>A browser that notes every script of the corpus that ran, every foreign request and every complaint.</summary>
internal sealed class WatchedBrowser : IAsyncDisposable
{
    // Runs before anything of a page does.
    private const string Watch = """
        addEventListener("securitypolicyviolation", (e) => complain(e.violatedDirective + " " + e.blockedURI + " in " + location.pathname), true);
        """;

    private readonly ConcurrentQueue<string> _seen = new();
    private readonly SemaphoreSlim _more = new(0);
    private readonly Uri _own;
    private readonly IBrowserContext _context;

    private WatchedBrowser(Uri own, IBrowserContext context)
    {
        _own = own;
        _context = context;
    }

    /// <summary>What no page may have done, in order.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <summary>Opens a browser with cookies of its own.</summary>
    /// <param name="chromium">Which browser.</param>
    /// <param name="own">The server; every other origin is foreign, and nothing sent there gets through.</param>
    /// <param name="keepsPolicy">False for a browser that knows nothing of a Content-Security-Policy.</param>
    public static async Task<WatchedBrowser> OpenAsync(Chromium chromium, Uri own, bool keepsPolicy)
    {
        var context = await chromium.ContextAsync(new() { BypassCSP = !keepsPolicy });
        var browser = new WatchedBrowser(own, context);
        await context.ExposeFunctionAsync<int, bool>(HostileScripts.Function, browser.Ran);
        await context.ExposeFunctionAsync<string, bool>("complain", browser.Complained);
        await context.AddInitScriptAsync(Watch);
        context.Request += (_, request) => browser.Note(request);
        context.Dialog += (_, dialog) => browser.See($"dialog: {dialog.Message}");
        await context.RouteAsync(
            url => !own.IsBaseOf(new Uri(url)) && url.StartsWith("http", StringComparison.Ordinal),
            route => route.AbortAsync()
        );
        return browser;
    }

    /// <summary>Waits until enough was seen.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<string>, bool> isEnough)
    {
        while (!isEnough(Seen))
        {
            await _more.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public Task<IPage> PageAsync() => _context.NewPageAsync();

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        _more.Dispose();
    }

    private bool Ran(int number)
    {
        See(string.Create(CultureInfo.InvariantCulture, $"ran {number}: {HostileScripts.All[number]}"));
        return true;
    }

    private bool Complained(string words)
    {
        See($"policy: {words}");
        return true;
    }

    private void See(string what)
    {
        _seen.Enqueue(what);
        _more.Release();
    }

    private void Note(IRequest request)
    {
        if (Uri.TryCreate(request.Url, UriKind.Absolute, out var url) && !_own.IsBaseOf(url) && url.Scheme != "about")
        {
            See($"request: {request.Url}");
        }
    }
}
