using System.Globalization;
using System.Net;

namespace NewsBot.Tests.Doors;

/// <summary>Where the addresses there are lead a browser, and what they leave in it: none is named here.</summary>
public sealed class EveryWayOutTests : IAsyncLifetime
{
    private readonly EveryRoute _routes = new() { Settings = ["--Web:TrustedProxies:0=127.0.0.1"] };
    private int _clients;

    public ValueTask InitializeAsync() => _routes.InitializeAsync();

    public ValueTask DisposeAsync() => _routes.DisposeAsync();

    [Fact]
    public async Task No_address_leads_to_another_site_whatever_it_is_asked_to_lead_back_to()
    {
        string[] names = ["back", "return", "returnUrl", "return_to", "next", "redirect", "redirect_uri", "url", "to"];
        var led = 0;
        foreach (var route in _routes.All().Where(route => !route.IsUnsafe))
        {
            foreach (var address in SessionTests.Elsewhere)
            {
                var query = string.Join('&', names.Select(name => $"{name}={Uri.EscapeDataString(address)}"));
                using var answer = await SendAsync(route, $"{route.Path}?{query}");
                led += answer.Headers.Location is null ? 0 : 1;
                Assert.True(
                    answer.Headers.Location is not { } place || IsOurs(place),
                    $"{route} led to {answer.Headers.Location} for {address}"
                );
                Assert.False(answer.Headers.Contains("Refresh"), $"{route} leads elsewhere by a header");
            }
        }

        Assert.True(led > 50, $"Only {led} led anywhere.");
    }

    [Fact]
    public async Task No_cookie_is_for_other_sites_or_scripts()
    {
        var seen = 0;
        foreach (var route in _routes.All().Where(route => !route.IsUnsafe))
        {
            using var answer = await SendAsync(route, route.Path);
            var cookies = answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [];
            // What takes one away holds nothing.
            foreach (var cookie in cookies.Where(cookie => !cookie.Contains("=; expires=", StringComparison.Ordinal)))
            {
                seen++;
                var flags = cookie.Split("; ").Skip(1).Select(flag => flag.ToLowerInvariant()).ToList();
                Assert.True(
                    flags.Contains("secure")
                        && flags.Contains("httponly")
                        && (flags.Contains("samesite=strict") || flags.Contains("samesite=lax"))
                        && !flags.Any(flag => flag.StartsWith("domain", StringComparison.Ordinal)),
                    $"{route} sets {cookie}"
                );
            }
        }

        Assert.True(seen > 2, $"Only {seen} cookies were found.");
    }

    // The platforms' own pages are at this machine here.
    private static bool IsOurs(Uri place) =>
        place.IsAbsoluteUri && place.Scheme is "http" or "https"
            ? place.Host is EveryRoute.Host or "127.0.0.1"
            : place.OriginalString is ['/'] or ['/', not '/' and not '\\', ..];

    // Each from somewhere else, as nobody who is told to ask less often could ask so much.
    private async Task<HttpResponseMessage> SendAsync(Route route, string path)
    {
        var client = new IPAddress([10, 9, (byte)(_clients >> 8), (byte)_clients++]).ToString();
        var answer = await _routes.SendAsync(route.Method, path, null, ("X-Forwarded-For", client));
        Assert.True(
            answer.StatusCode is not HttpStatusCode.TooManyRequests,
            string.Create(CultureInfo.InvariantCulture, $"{route} was too much as request {_clients}")
        );
        return answer;
    }
}
