using System.Globalization;
using Microsoft.Extensions.Options;

namespace NewsBot.Web;

/// <summary>Where our own pages are.</summary>
internal sealed class PageAddresses(IOptions<WebOptions> options)
{
    /// <summary>A story's page, absolute: under the public address where there is one, else as the caller reached us.</summary>
    public string Story(HttpRequest request, long id, string slug) =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin(request)}{StoryPath(id, slug)}");

    /// <summary>The origin without a slash at its end.</summary>
    public string Origin(HttpRequest request) =>
        options.Value.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";

    /// <summary>Path of a story's page; the number alone leads there too.</summary>
    public static string StoryPath(long id, string slug) =>
        string.Create(CultureInfo.InvariantCulture, $"/stories/{id}-{Uri.EscapeDataString(slug)}");
}
