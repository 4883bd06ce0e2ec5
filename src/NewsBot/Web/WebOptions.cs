using System.Net;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;

namespace NewsBot.Web;

/// <summary>The <c>Web</c> section of the settings: where the pages are.</summary>
internal sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>Address to listen on. Default http://127.0.0.1:5080; port 0 takes a free one.</summary>
    public string Url { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Address under which everybody reaches the pages, where a proxy stands in front. Default none.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Addresses of proxies whose X-Forwarded-* headers are believed. Default none.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Pages and answers of the API one caller may read at once before he has to slow down, 1 to 100,000; not counted while only this machine can call. Default 600.</summary>
    public int ReadBurst { get; set; } = 600;

    /// <summary>Pages and answers of the API one caller may read a second in the long run, 1 to 10,000. Default 60.</summary>
    public int ReadsPerSecond { get; set; } = 60;

    /// <summary>Writes one caller may make at once before he has to slow down, 1 to 100,000. Default 600.</summary>
    public int WriteBurst { get; set; } = 600;

    /// <summary>Writes a second one caller may make in the long run, 1 to 10,000. Default 120.</summary>
    public int WritesPerSecond { get; set; } = 120;

    /// <summary>True where only programs of this machine can reach the listener and nothing is published.</summary>
    public bool IsThisMachineOnly =>
        PublicUrl is null && Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.IsLoopback;

    /// <summary>Whether a text is the address of a server, without a path.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}

/// <summary>Checks what an attribute cannot.</summary>
internal sealed class WebOptionsValidator : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options)
    {
        List<string> problems = [];
        if (!WebOptions.IsOrigin(options.Url) || !options.Url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(
                $"Web:Url is “{options.Url}”; write an address such as http://127.0.0.1:5080, without a path. For https put a proxy in front and set Web:PublicUrl."
            );
        }

        if (options.PublicUrl is { } publicUrl && !WebOptions.IsOrigin(publicUrl))
        {
            problems.Add(
                $"Web:PublicUrl is “{publicUrl}”; write an address such as https://news.example.org, without a path, or leave it out."
            );
        }

        problems.AddRange(
            SettingRange
                .Check("Web:WriteBurst", options.WriteBurst, 1, 100_000)
                .Concat(SettingRange.Check("Web:ReadBurst", options.ReadBurst, 1, 100_000))
                .Concat(SettingRange.Check("Web:ReadsPerSecond", options.ReadsPerSecond, 1, 10_000))
                .Concat(SettingRange.Check("Web:WritesPerSecond", options.WritesPerSecond, 1, 10_000))
                .Select(problem => problem.ErrorMessage!)
        );

        problems.AddRange(
            options
                .TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _))
                .Select(proxy => $"Web:TrustedProxies holds “{proxy}”; write the proxy's IP address, such as 10.0.0.2.")
        );
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
