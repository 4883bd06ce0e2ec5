using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using NewsBot.Core.Summaries;

namespace NewsBot.Fetching;

/// <summary>Wires this folder.</summary>
internal static class FetchingRegistration
{
    // Each has its own connections, so that one opened under a wide rule is never used under a narrow one.
    private const string Documents = "documents";
    private const string Pictures = "pictures";
    private const string OwnPages = "own-pages";
    private const string ShownLogins = "shown-logins";
    private const string Hubs = "hubs";
    private const string PlainHubs = "plain-hubs";

    /// <summary>The name of the client whose rules fit.</summary>
    public static string ClientFor(bool own, FetchKind kind, bool showsLogin)
    {
        if (own)
        {
            return OwnPages;
        }

        if (showsLogin)
        {
            return ShownLogins;
        }

        return kind == FetchKind.Picture ? Pictures : Documents;
    }

    /// <summary>The same for a hub.</summary>
    public static string HubClientFor(Uri hub) => hub.Scheme == Uri.UriSchemeHttps ? Hubs : PlainHubs;

    /// <summary>Adds <see cref="IFetcher"/>, <see cref="IArticleReader"/>, <see cref="PictureFetcher"/> and <see cref="OwnOrigins"/>.</summary>
    public static IServiceCollection AddFetching(this IServiceCollection services)
    {
        services
            .AddOptions<FetchingOptions>()
            .BindConfiguration(FetchingOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<FetchingOptions>, FetchingOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NameLookup>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton<OwnOrigins>();
        services.AddSingleton<HostBudget>();
        services.AddSingleton<IFetcher, HttpFetcher>();
        services.AddSingleton<IArticleReader, ArticleReader>();
        services.AddSingleton<PictureFetcher>();

        services.AddGuardedClient(
            Documents,
            provider =>
            {
                var networks = Networks(
                    provider.GetRequiredService<IOptions<FetchingOptions>>().Value.AllowedPrivateNetworks
                );
                return (_, address, port) =>
                    AddressRanges.IsPublic(address) || Array.Exists(networks, network => network.Holds(address, port));
            }
        );
        // A login goes without encryption only where the way is the operator's own.
        services.AddGuardedClient(
            ShownLogins,
            provider =>
            {
                var networks = Networks(
                    provider.GetRequiredService<IOptions<FetchingOptions>>().Value.AllowedPrivateNetworks
                );
                return (_, address, port) => Array.Exists(networks, network => network.Holds(address, port));
            },
            host =>
                $"A login is sent to {host} with https only, or within a network allowed under Fetching:AllowedPrivateNetworks. Use the address with https."
        );
        services.AddHubClients();
        services.AddGuardedClient(Pictures, _ => (_, address, _) => AddressRanges.IsPublic(address));
        services.AddGuardedClient(
            OwnPages,
            provider =>
            {
                var own = provider.GetRequiredService<OwnOrigins>();
                return (host, _, port) => own.Listen(host, port);
            }
        );
        return services;
    }

    // Any feed can name a hub, so what feeds may be fetched from does not count here.
    private static void AddHubClients(this IServiceCollection services)
    {
        services.AddGuardedClient(
            Hubs,
            provider =>
            {
                var networks = Networks(
                    provider.GetRequiredService<IOptions<FetchingOptions>>().Value.AllowedPrivateHubs
                );
                return (_, address, port) =>
                    AddressRanges.IsPublic(address) || Array.Exists(networks, network => network.Holds(address, port));
            },
            host =>
                $"{host} leads to a private or reserved network, where no hub is asked. If it is yours, allow it under Fetching:AllowedPrivateHubs."
        );
        // The secret of a subscription goes without encryption only where the way is the operator's own.
        services.AddGuardedClient(
            PlainHubs,
            provider =>
            {
                var networks = Networks(
                    provider.GetRequiredService<IOptions<FetchingOptions>>().Value.AllowedPrivateHubs
                );
                return (_, address, port) => Array.Exists(networks, network => network.Holds(address, port));
            },
            host =>
                $"The hub at {host} has no https, so it is asked only within a network allowed under Fetching:AllowedPrivateHubs."
        );
    }

    /// <summary>Adds a client that connects only where a rule allows.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rule">Host as asked for, address, port: whether it may be connected to.</param>
    /// <param name="refusal">What to say of a host where it may not.</param>
    public static IHttpClientBuilder AddGuardedClient(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, Func<string, IPAddress, int, bool>> rule,
        Func<string, string>? refusal = null
    ) =>
        services
            .AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(provider, rule(provider), refusal));

    private static SocketsHttpHandler Handler(
        IServiceProvider provider,
        Func<string, IPAddress, int, bool> allow,
        Func<string, string>? refusal
    )
    {
        var lookup = provider.GetRequiredService<NameLookup>();
        var connector = refusal is null
            ? new GuardedConnector(lookup, allow)
            : new GuardedConnector(lookup, allow) { Refusal = refusal };
        var certificates = new CertificateCheck(provider.GetRequiredService<TimeProvider>());
        return new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions
            {
                // A certificate may name addresses to get its issuer from; nobody would guard those requests.
                CertificateChainPolicy = new X509ChainPolicy
                {
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
                RemoteCertificateValidationCallback = (sender, certificate, _, errors) =>
                    errors == SslPolicyErrors.None ? true : throw certificates.Refusal(sender, certificate, errors),
            },
            // Redirects and unpacking are done under our own rules.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            // A proxy would connect in our place, and the address guard would see only the proxy.
            UseProxy = false,
            UseCookies = false,
            // In KiB: real servers stay below 16.
            MaxResponseHeadersLength = 64,
            // A body we do not want is cut off, not read to its end.
            MaxResponseDrainSize = 0,
            // Redirects to addresses in other scripts are sent as bare UTF-8.
            ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            // Names are looked up again now and then. A connection is worth keeping from a feed to its articles; feeds are
            // asked minutes apart, and there may be a hundred thousand.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
            // Trace headers are nobody else's business.
            ActivityHeadersPropagator = null,
        };
    }

    private static AllowedNetwork[] Networks(IEnumerable<string> networks) =>
        [
            .. networks.Select(text =>
                AllowedNetwork.TryParse(text, out var network)
                    ? network
                    : throw new InvalidOperationException("The options were not validated.")
            ),
        ];
}
