using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers;

/// <summary>What a fetcher has to survive.</summary>
internal static class HostilePaths
{
    private const long Huge = 200L * 1024 * 1024;
    private const int BombSize = 64 * 1024 * 1024;
    private const string Xml = "application/rss+xml";

    private static readonly byte[] Filler = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Repeat("<item><title>again and again</title></item>\n", 1_500))
    );

    private static readonly Lazy<byte[]> GzipBomb = new(() => Packed.Gzip(new byte[BombSize]));
    private static readonly Lazy<byte[]> BrotliBomb = new(() => Packed.Brotli(new byte[BombSize]));

    /// <summary>All of them.</summary>
    public static IEnumerable<FeedSitePath> All(TimeProvider time) =>
        [
            new("/hostile/200mb.rss", "200 MB, length not announced", context => FloodAsync(context, announced: false)),
            new(
                "/hostile/200mb-announced.rss",
                "200 MB, length announced",
                context => FloodAsync(context, announced: true)
            ),
            Bomb("/hostile/gzip-bomb.rss", "gzip", GzipBomb),
            Bomb("/hostile/brotli-bomb.rss", "br", BrotliBomb),
            new("/hostile/xml-bomb.rss", "entities that unfold to gigabytes", XmlBombAsync),
            new("/hostile/trickle.rss", "a byte every 50 ms, without end", context => TrickleAsync(context, time)),
            new("/hostile/broken-off.rss", "ends before its announced length", BreakOffAsync),
            Redirect("/hostile/redirect-loop", "/hostile/redirect-loop-2"),
            Redirect("/hostile/redirect-loop-2", "/hostile/redirect-loop"),
            new("/hostile/redirect-endless", "redirects on and on, never to the same address", RedirectOnAsync),
            Redirect("/hostile/redirect-private", "http://10.0.0.1/feed.rss"),
            Redirect("/hostile/redirect-metadata", "http://169.254.169.254/latest/meta-data/"),
            Redirect("/hostile/redirect-file", "file:///etc/passwd"),
            Redirect("/hostile/redirect-database", "http://127.0.0.1:6379/"),
            Redirect("/hostile/redirect-nowhere", ""),
        ];

    private static async Task FloodAsync(HttpContext context, bool announced)
    {
        context.Response.ContentType = Xml;
        context.Response.ContentLength = announced ? Huge : null;
        for (var sent = 0L; sent < Huge; )
        {
            var length = (int)Math.Min(Filler.Length, Huge - sent);
            await context.Response.Body.WriteAsync(Filler.AsMemory(0, length), context.RequestAborted);
            sent += length;
        }
    }

    private static FeedSitePath Bomb(string path, string encoding, Lazy<byte[]> packed) =>
        new(
            path,
            $"{BombSize / (1024 * 1024)} MB packed very small ({encoding})",
            context =>
            {
                context.Response.ContentType = Xml;
                context.Response.Headers.ContentEncoding = encoding;
                return context.Response.Body.WriteAsync(packed.Value, context.RequestAborted).AsTask();
            }
        );

    private static Task XmlBombAsync(HttpContext context)
    {
        var entities = string.Concat(
            Enumerable
                .Range(1, 9)
                .Select(level => $"<!ENTITY l{level} \"{string.Concat(Enumerable.Repeat($"&l{level - 1};", 10))}\">\n")
        );
        context.Response.ContentType = Xml;
        return context.Response.WriteAsync(
            $"<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY l0 \"ha\">\n{entities}]>\n"
                + "<rss version=\"2.0\"><channel><title>&l9;</title></channel></rss>",
            context.RequestAborted
        );
    }

    private static async Task TrickleAsync(HttpContext context, TimeProvider time)
    {
        context.Response.ContentType = Xml;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(" ", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, context.RequestAborted);
        }
    }

    private static async Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentType = Xml;
        context.Response.ContentLength = 10_000;
        await context.Response.WriteAsync("<rss version=\"2.0\"><channel>", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static Task RedirectOnAsync(HttpContext context)
    {
        _ = int.TryParse(context.Request.Query["n"], CultureInfo.InvariantCulture, out var step);
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = $"/hostile/redirect-endless?n={step + 1}";
        return Task.CompletedTask;
    }

    private static FeedSitePath Redirect(string path, string target) =>
        new(
            path,
            target.Length > 0 ? $"302 to {target}" : "302 without an address",
            context =>
            {
                context.Response.StatusCode = 302;
                if (target.Length > 0)
                {
                    context.Response.Headers.Location = target;
                }

                return Task.CompletedTask;
            }
        );
}
