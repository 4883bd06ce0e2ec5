using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace NewsBot.Testing.Servers;

/// <summary>
/// A real web server on loopback with every kind of feed a fetcher meets: decent, muddled and hostile ones. Besides its own
/// port it has three with wrong certificates and one that never ends its headers.
/// </summary>
public sealed partial class FakeFeedSite : IAsyncDisposable
{
    // What is posted by hand is small; a test hands its bytes over directly.
    private const int MaxSetBytes = 20 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly List<ListenOptions> _listeners = [];
    private readonly List<X509Certificate2> _certificates = [];
    private readonly ConcurrentDictionary<string, FakeAnswer> _set = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly Dictionary<string, FeedSitePath> _paths;

    private FakeFeedSite(int port, TimeProvider time)
    {
        _time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            Listen(kestrel, port, time.GetUtcNow());
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
        Newsroom = new FakeNewsroom("", time.GetUtcNow());
        _paths = OrdinaryPaths
            .All(this, time)
            .Concat(HostilePaths.All(time))
            .ToDictionary(path => path.Path, StringComparer.Ordinal);
    }

    /// <summary>Writes the feeds and articles.</summary>
    public FakeNewsroom Newsroom { get; private set; }

    /// <summary>The plain site, such as http://127.0.0.1:40123/.</summary>
    public Uri Root => Address(0, "http");

    /// <summary>The same site with a certificate signed by itself.</summary>
    public Uri SelfSigned => Address(1, "https");

    /// <summary>The same site with a certificate that ended on 2024-02-29.</summary>
    public Uri Expired => Address(2, "https");

    /// <summary>The same site with a certificate for another name, whose issuer is said to be found at /issuer.cer.</summary>
    public Uri WrongName => Address(3, "https");

    /// <summary>A server that sends headers without end.</summary>
    public Uri WithEndlessHeaders => Address(4, "http");

    /// <summary>All requests so far, in order, save those to /_admin.</summary>
    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <summary>Every fixed path with a note on what is there.</summary>
    public IEnumerable<(string Path, string Note)> Offers => _paths.Values.Select(path => (path.Path, path.Note));

    /// <summary>Starts a site.</summary>
    /// <param name="port">The plain port; the next four are the special ones. 0 takes any five.</param>
    /// <param name="time">Dates the articles and times the slow answers.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<FakeFeedSite> StartAsync(int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var site = new FakeFeedSite(port, time);
        try
        {
            await site._app.StartAsync(cancellationToken);
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }

        site.Newsroom = new FakeNewsroom(site.Root.AbsoluteUri.TrimEnd('/'), time.GetUtcNow());
        return site;
    }

    /// <summary>The absolute address of a path on the plain site.</summary>
    public Uri Url(string path) => new(Root, path);

    /// <summary>Sets what a path answers from now on; it may replace a fixed one.</summary>
    /// <param name="path">Starts with a slash, without query.</param>
    /// <param name="answer">What to answer.</param>
    public void Set(string path, FakeAnswer answer) => _set[path] = answer;

    /// <summary>Sets a path to a text.</summary>
    /// <param name="path">Starts with a slash, without query.</param>
    /// <param name="body">Sent as UTF-8.</param>
    /// <param name="contentType">The Content-Type header.</param>
    public void Set(string path, string body, string contentType = "application/rss+xml; charset=utf-8") =>
        Set(path, FakeAnswer.Text(body, contentType));

    /// <summary>Number of requests a path has had, whatever their query.</summary>
    public int Count(string path) => _requests.Count(request => request.Path.Split('?')[0] == path);

    public async ValueTask DisposeAsync()
    {
        // Endless answers end when their connection is cut, not when they are asked to.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _certificates.ForEach(certificate => certificate.Dispose());
    }

    /// <summary>Writes an answer, or a 304 where the request has its ETag.</summary>
    internal static async Task WriteAsync(HttpContext context, FakeAnswer answer)
    {
        var response = context.Response;
        if (answer.Conditional)
        {
            response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(answer.Body.Span))[..16]}\"";
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        var etag = response.Headers.ETag.ToString();
        if (answer.Conditional && etag.Length > 0 && context.Request.Headers.IfNoneMatch == etag)
        {
            response.Headers.ContentEncoding = default;
            response.StatusCode = 304;
            return;
        }

        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType.Length > 0 ? answer.ContentType : null;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    private void Listen(KestrelServerOptions kestrel, int port, DateTimeOffset now)
    {
        var ended = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);
        On(0, _ => { });
        On(1, listen => listen.UseHttps(Made("localhost", now.AddDays(-1), now.AddDays(30))));
        On(2, listen => listen.UseHttps(Made("localhost", ended.AddDays(-90), ended)));
        // Made when first asked for: only then is the address known that it names.
        var other = new Lazy<SslServerAuthenticationOptions>(() =>
            new SslServerAuthenticationOptions
            {
                // Offline, or the server itself would go and get its issuer.
                ServerCertificateContext = SslStreamCertificateContext.Create(
                    Kept(SelfMadeCertificate.Issued("other.example", Url("/issuer.cer"), now)),
                    additionalCertificates: null,
                    offline: true
                ),
            }
        );
        On(3, listen => listen.UseHttps((_, _, _, _) => ValueTask.FromResult(other.Value), new object()));
        On(4, listen => listen.Run(EndlessHeaders.ServeAsync));

        void On(int offset, Action<ListenOptions> set) =>
            kestrel.Listen(
                IPAddress.Loopback,
                port == 0 ? 0 : port + offset,
                listen =>
                {
                    _listeners.Add(listen);
                    set(listen);
                }
            );
    }

    private X509Certificate2 Made(string name, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        Kept(SelfMadeCertificate.Create(name, notBefore, notAfter));

    private X509Certificate2 Kept(X509Certificate2 certificate)
    {
        _certificates.Add(certificate);
        return certificate;
    }

    private Uri Address(int listener, string scheme) =>
        new($"{scheme}://127.0.0.1:{_listeners[listener].IPEndPoint!.Port}/");

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/_admin/", StringComparison.Ordinal))
        {
            await AdministerAsync(context, path);
            return;
        }

        _requests.Enqueue(FakeRequest.Of(context.Request, _time.GetUtcNow()));
        TellHub(context.Response, path);

        if (_set.TryGetValue(path, out var answer))
        {
            await WriteAsync(context, answer);
        }
        else if (_paths.TryGetValue(path, out var known))
        {
            await known.AnswerAsync(context);
        }
        else
        {
            await WriteAsync(context, Found(path) ?? FakeAnswer.Text("Not here.", "text/plain") with { Status = 404 });
        }
    }

    private FakeAnswer? Found(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [] => FakeAnswer.Text(
                string.Concat(
                    "<!doctype html><title>Fake feed site</title><link rel=alternate type='application/rss+xml' href='/feeds/harbour.rss'><ul>",
                    string.Concat(
                        Offers.Select(offer => $"<li><a href='{offer.Path}'>{offer.Path}</a> {offer.Note}</li>")
                    ),
                    "</ul>"
                ),
                "text/html; charset=utf-8"
            ),
            ["articles", var outlet, var number]
                when int.TryParse(number, CultureInfo.InvariantCulture, out var index)
                    && Newsroom.Article(outlet, index) is { } page => FakeAnswer.Text(page, "text/html; charset=utf-8"),
            ["pictures", var file]
                when int.TryParse(
                    Path.GetFileNameWithoutExtension(file),
                    CultureInfo.InvariantCulture,
                    out var index
                ) => new FakeAnswer(FakeNewsroom.Png(index), "image/png"),
            _ => null,
        };
    }

    private async Task AdministerAsync(HttpContext context, string path)
    {
        if (path == "/_admin/requests")
        {
            var lines = _requests
                .GroupBy(request => request.Path)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Count()} {group.Key}\n");
            await context.Response.WriteAsync(string.Concat(lines), context.RequestAborted);
            return;
        }

        var query = context.Request.Query;
        var target = query["path"].ToString();
        if (path != "/_admin/set" || HttpMethods.IsGet(context.Request.Method) || !target.StartsWith('/'))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(
                "PUT or POST /_admin/set?path=/x.rss[&type=application/rss%2Bxml][&status=200] with the body to serve, or GET /_admin/requests\n",
                context.RequestAborted
            );
            return;
        }

        using var body = new MemoryStream();
        var limit = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>();
        limit?.MaxRequestBodySize = MaxSetBytes;
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var type = query["type"].ToString();
        _ = int.TryParse(query["status"], CultureInfo.InvariantCulture, out var status);
        Set(
            target,
            new FakeAnswer(body.ToArray(), type.Length > 0 ? type : "application/rss+xml; charset=utf-8")
            {
                Status = status is >= 200 and <= 599 ? status : 200,
            }
        );
        await context.Response.WriteAsync($"{Url(target)} is set.\n", context.RequestAborted);
    }
}
