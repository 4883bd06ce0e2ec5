using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace NewsBot.Tests.Pages;

/// <summary>The system's own Chromium; nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Usual = "/usr/bin/chromium";

    private readonly ConcurrentDictionary<IPage, ConcurrentQueue<string>> _complaints = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? Usual;
        Assert.True(
            File.Exists(path),
            $"There is no Chromium at {path}. Install it with “apt-get install -y chromium”, or name another one in CHROMIUM."
        );
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = path,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a page in a browser of its own, with its own cookies.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = 900 },
                ColorScheme = scheme,
            }
        );
        var page = await context.NewPageAsync();
        var said = _complaints.GetOrAdd(page, _ => new ConcurrentQueue<string>());
        page.PageError += (_, error) => said.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                said.Enqueue(message.Text);
            }
        };
        await page.GotoAsync(address.AbsoluteUri, new() { WaitUntil = WaitUntilState.Load });
        return page;
    }

    /// <summary>A browser of its own, with its own cookies.</summary>
    public Task<IBrowserContext> ContextAsync(BrowserNewContextOptions options) => _browser!.NewContextAsync(options);

    /// <returns>What the browser's console said against these pages.</returns>
    public IReadOnlyList<string> Complaints(params IEnumerable<IPage> pages) =>
        [.. pages.SelectMany(page => _complaints[page])];
}
