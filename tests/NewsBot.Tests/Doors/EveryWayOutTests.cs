namespace NewsBot.Tests.Doors;

/// <summary>Where the addresses there are lead a browser, and what they leave in it: none is named here.</summary>
public sealed class EveryWayOutTests(EveryRoute routes) : IClassFixture<EveryRoute>
{
    [Fact]
    public async Task No_address_leads_to_another_site_whatever_it_is_asked_to_lead_back_to()
    {
        string[] names = ["back", "return", "returnUrl", "return_to", "next", "redirect", "redirect_uri", "url", "to"];
        foreach (var route in routes.All().Where(route => !route.IsUnsafe))
        {
            foreach (var address in SessionTests.Elsewhere)
            {
                var query = string.Join('&', names.Select(name => $"{name}={Uri.EscapeDataString(address)}"));
                using var answer = await routes.SendAsync(route.Method, $"{route.Path}?{query}");
                var led = answer.Headers.Location;
                Assert.True(
                    led is null
                        || (
                            !led.IsAbsoluteUri
                            && led.OriginalString.StartsWith('/')
                            && led.OriginalString is not ['/', '/' or '\\', ..]
                        )
                        || led.Host is EveryRoute.Host or "127.0.0.1",
                    $"{route} led to {led} for {address}"
                );
                Assert.False(answer.Headers.Contains("Refresh"), $"{route} leads elsewhere by a header");
            }
        }
    }

    [Fact]
    public async Task No_cookie_is_for_other_sites_or_scripts()
    {
        var seen = 0;
        foreach (var route in routes.All().Where(route => !route.IsUnsafe))
        {
            using var answer = await routes.SendAsync(route.Method, route.Path);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
            {
                // What takes one away holds nothing.
                if (cookie.Contains("=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal))
                {
                    continue;
                }

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
}
