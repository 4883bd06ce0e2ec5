using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Core.Feeds;
using NewsBot.Fetching;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.Fetching;

/// <summary>The real fetching room against the real fake site.</summary>
internal sealed class FetchingRig : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private FetchingRig(FakeFeedSite site, ServiceProvider provider)
    {
        Site = site;
        _provider = provider;
    }

    public FakeFeedSite Site { get; }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>Starts site and room.</summary>
    /// <param name="settings">Further settings of the section; the loopback network is allowed unless they say otherwise.</param>
    /// <param name="lookup">Replaces the name server; null for the real one.</param>
    public static async Task<FetchingRig> StartAsync(
        Dictionary<string, string?>? settings = null,
        NameLookup? lookup = null
    )
    {
        var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, TestContext.Current.CancellationToken);
        var all = new Dictionary<string, string?>
        {
            ["Fetching:HostSpacing"] = "00:00:00",
            ["Fetching:AllowedPrivateNetworks:0"] = "127.0.0.0/8",
        };
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        services.AddLogging();
        services.AddFetching();
        if (lookup is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(lookup));
        }

        return new FetchingRig(site, services.BuildServiceProvider());
    }

    public Task<FetchOutcome> FetchAsync(string path) => FetchAsync(Site.Url(path));

    public Task<FetchOutcome> FetchAsync(Uri url) => FetchAsync(FetchRequest.First(url));

    public Task<FetchOutcome> FetchAsync(FetchRequest request) =>
        Get<IFetcher>().FetchAsync(request, TestContext.Current.CancellationToken);

    public async Task<string> FailureAsync(Uri url) => Assert.IsType<FetchOutcome.Failed>(await FetchAsync(url)).Reason;

    public Task<string> FailureAsync(string path) => FailureAsync(Site.Url(path));

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Site.DisposeAsync();
    }

    /// <summary>A name server that knows one answer.</summary>
    public static NameLookup Always(params string[] addresses) =>
        (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
}
