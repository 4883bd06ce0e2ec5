using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;

namespace NewsBot.Fetching;

/// <summary>How documents are fetched from other people's servers.</summary>
internal sealed class FetchingOptions : IValidatableObject
{
    public const string Section = "Fetching";

    /// <summary>The whole User-Agent header; empty (default) for "NewsBot/version (+Contact)".</summary>
    public string UserAgent { get; set; } = "";

    /// <summary>An address or mail where the owner of a site reaches you; it goes into the User-Agent. Default empty.</summary>
    public string Contact { get; set; } = "";

    /// <summary>Longest time one fetch may take with all its redirects, 1 s to 2 min. Default 20 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Largest document after unpacking, in bytes, 64 KiB to 100 MiB. Default 10 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Private networks feeds and articles may come from, each "CIDR" or "CIDR:port". Default none. Pictures never do.</summary>
    public IList<string> AllowedPrivateNetworks { get; } = [];

    /// <summary>Whether hubs that feeds name are asked to send their news at once, where <c>Web:PublicUrl</c> has https. Default true.</summary>
    public bool WebSub { get; set; } = true;

    /// <summary>Private networks whose hubs may be asked, also without https, each "CIDR" or "CIDR:port". Default none.</summary>
    public IList<string> AllowedPrivateHubs { get; } = [];

    /// <summary>Requests to one host at the same time, 1 to 16. Default 2.</summary>
    public int MaxPerHost { get; set; } = 2;

    /// <summary>Requests at the same time in all, 1 to 256. Default 16.</summary>
    public int MaxParallel { get; set; } = 16;

    /// <summary>Time between the starts of two requests to one host, 0 to 1 min. Default 250 ms.</summary>
    public TimeSpan HostSpacing { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Holds every value against its range, and reads the networks once.</summary>
    /// <param name="validationContext">Not looked at.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        [
            .. SettingRange.Check("Fetching:Timeout", Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)),
            .. SettingRange.Check("Fetching:MaxBodyBytes", MaxBodyBytes, 64 * 1024, 100 * 1024 * 1024),
            .. SettingRange.Check("Fetching:MaxPerHost", MaxPerHost, 1, 16),
            .. SettingRange.Check("Fetching:MaxParallel", MaxParallel, 1, 256),
            .. SettingRange.Check("Fetching:HostSpacing", HostSpacing, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            .. CheckUserAgent(),
            .. CheckNetworks("AllowedPrivateNetworks", AllowedPrivateNetworks),
            .. CheckNetworks("AllowedPrivateHubs", AllowedPrivateHubs),
        ];

    private IEnumerable<ValidationResult> CheckUserAgent()
    {
        using var probe = new HttpRequestMessage();
        if (UserAgent.Length > 0 && !probe.Headers.UserAgent.TryParseAdd(UserAgent))
        {
            yield return new ValidationResult(
                "Fetching:UserAgent cannot be sent as a User-Agent header; write it like \"NewsBot/1.0 (+https://news.example.org)\"."
            );
        }

        if (Contact.Length > 0 && !ProductInfoHeaderValue.TryParse($"(+{Contact})", out _))
        {
            yield return new ValidationResult(
                "Fetching:Contact cannot stand in a User-Agent header; set a plain address such as https://news.example.org or a mail address."
            );
        }
    }

    private static IEnumerable<ValidationResult> CheckNetworks(string key, IEnumerable<string> networks) =>
        networks
            .Where(text => !AllowedNetwork.TryParse(text, out _))
            .Select(text => new ValidationResult(
                $"Fetching:{key} holds \"{text}\", which is not a network; write it like 192.168.1.0/24 or 127.0.0.1/32:8080."
            ));
}

/// <summary>Checks <see cref="FetchingOptions"/> at the start.</summary>
[OptionsValidator]
internal sealed partial class FetchingOptionsValidator : IValidateOptions<FetchingOptions>;
