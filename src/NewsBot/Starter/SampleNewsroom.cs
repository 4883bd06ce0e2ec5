using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace NewsBot.Starter;

/// <summary>
/// Serves the made-up outlets under one path, so that polling, extraction and pages can be tried without a network.
/// Nothing is kept in memory between two requests: the files lie in the program's own image.
/// </summary>
internal static class SampleNewsroom
{
    /// <summary>Everything the newsroom serves begins with this path.</summary>
    public const string Prefix = "/sample/";

    // One outlet carries inline scripts on purpose, as real ones do; they must stay dead here.
    private const string Policy =
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps all pages, feeds and pictures below <see cref="Prefix"/>.</summary>
    /// <param name="routes">The services must hold a <see cref="SampleNewsroomStart"/>.</param>
    public static void MapSampleNewsroom(this IEndpointRouteBuilder routes)
    {
        var sample = routes.MapGroup(Prefix).ExcludeFromDescription();
        sample.MapMethods("", Verbs, context => SendAsync(context, SamplePages.Index(Site(context))));
        sample.MapMethods("{outlet}", Verbs, SendHomeAsync);
        sample.MapMethods("{outlet}/{page}", Verbs, SendPageAsync);
        sample.MapMethods("pictures/{file}", Verbs, SendPictureAsync);
    }

    private static Task SendHomeAsync(HttpContext context)
    {
        var site = Site(context);
        return SendAsync(context, Outlet(context) is { } outlet ? SamplePages.Home(site, outlet) : null);
    }

    private static Task SendPageAsync(HttpContext context)
    {
        if (Outlet(context) is not { } outlet)
        {
            return SendAsync(context, null);
        }

        var site = Site(context);
        var page = RouteValue(context, "page");
        if (page == outlet.FeedFile)
        {
            return SendAsync(context, SampleFeeds.Feed(site, outlet));
        }

        if (page == "feed")
        {
            context.Response.Redirect(context.Request.PathBase + outlet.FeedPath);
            return Task.CompletedTask;
        }

        return SendAsync(context, SamplePages.Article(site, outlet, page));
    }

    private static Task SendPictureAsync(HttpContext context)
    {
        var bytes = StarterFiles.Bytes($"newsroom/pictures/{RouteValue(context, "file")}");
        var at = Site(context).CreatedAt;
        return SendAsync(context, bytes is null ? null : new SampleDocument(bytes, "image/webp", at));
    }

    private static Task SendAsync(HttpContext context, SampleDocument? document)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["X-Robots-Tag"] = "noindex";
        if (document is null)
        {
            return TypedResults.NotFound().ExecuteAsync(context);
        }

        // The same wish a small outlet makes: come back after five minutes at the earliest.
        headers.CacheControl = "public, max-age=300";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(document.Body))[..16]}\"");
        return TypedResults
            .Bytes(document.Body, document.ContentType, lastModified: document.LastModified, entityTag: tag)
            .ExecuteAsync(context);
    }

    private static SampleSite Site(HttpContext context)
    {
        var request = context.Request;
        var start = context.RequestServices.GetRequiredService<SampleNewsroomStart>().CreatedAt;
        var wholeSeconds = DateTimeOffset.FromUnixTimeSeconds(start.ToUnixTimeSeconds());
        return new SampleSite($"{request.Scheme}://{request.Host}{request.PathBase}", wholeSeconds);
    }

    private static SampleOutlet? Outlet(HttpContext context)
    {
        var slug = RouteValue(context, "outlet");
        return StarterSources.Outlets.FirstOrDefault(outlet => outlet.Slug == slug);
    }

    private static string RouteValue(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
