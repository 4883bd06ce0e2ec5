using System.Net;
using Microsoft.Extensions.Options;

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

    /// <summary>True where only programs of this machine can reach the listener and nothing is published.</summary>
    public bool IsThisMachineOnly =>
        PublicUrl is null && Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.IsLoopback;
}

/// <summary>Checks what an attribute cannot.</summary>
internal sealed class WebOptionsValidator : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options)
    {
        List<string> problems = [];
        if (!IsHttp(options.Url))
        {
            problems.Add("Web:Url has to be an address such as http://127.0.0.1:5080.");
        }

        if (options.PublicUrl is { } publicUrl && !IsHttp(publicUrl))
        {
            problems.Add("Web:PublicUrl has to be an address such as https://news.example.org, or be left out.");
        }

        problems.AddRange(
            options
                .TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _))
                .Select(proxy => $"Web:TrustedProxies holds “{proxy}”; write the proxy's IP address, such as 10.0.0.2.")
        );
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
