using System.Reflection;
using NewsBot.Core.Feeds;

namespace NewsBot.Fetching;

/// <summary>Writes the headers of a request. Pure.</summary>
internal static class FetchHeaders
{
    private const string Feeds =
        "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
        + "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1";

    private const string Pages = "text/html, application/xhtml+xml, */*;q=0.1";
    private const string Pictures = "image/webp, image/jpeg, image/png, image/gif;q=0.8";

    private static readonly string Version = typeof(FetchHeaders)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion
        is { } version
        ? version.Split('+')[0]
        : "0";

    /// <summary>What we call ourselves.</summary>
    public static string UserAgent(FetchingOptions options)
    {
        if (options.UserAgent.Length > 0)
        {
            return options.UserAgent;
        }

        return options.Contact.Length > 0
            ? $"NewsBot/{Version} (+{options.Contact})"
            : $"NewsBot/{Version} (self-hosted feed reader)";
    }

    /// <summary>A GET of one address with the validators of the last answer.</summary>
    public static HttpRequestMessage Message(Uri url, FetchRequest request, FeedLogin? login, FetchingOptions options)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url);
        Set("User-Agent", UserAgent(options));
        Set("Accept", Accept(request.Kind));
        Set("Accept-Encoding", "gzip, deflate, br");
        Set("If-None-Match", request.ETag);
        Set("If-Modified-Since", request.LastModified);
        if (login is not null)
        {
            Set(login.Header, login.Value);
        }

        return message;

        // Validators go back byte by byte as they came; many servers write them against the rules.
        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private static string Accept(FetchKind kind) =>
        kind switch
        {
            FetchKind.Page => Pages,
            FetchKind.Picture => Pictures,
            _ => Feeds,
        };
}
