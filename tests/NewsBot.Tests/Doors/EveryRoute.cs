using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Testing.Newsrooms;
using NewsBot.Web.SignIn;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NewsBot.Tests.Doors;

/// <summary>A newsroom with everything switched on that has an address, and the list of its addresses as the program itself keeps it.</summary>
public sealed partial class EveryRoute : IAsyncLifetime
{
    public const string Host = "news.example.org";

    /// <summary>The signing secret of its Slack.</summary>
    public const string SlackSecret = "a-signing-secret-of-a-test";

    public const string JoinSecret = "quay-side-word";

    private static readonly byte[] Key = SHA256.HashData("a key of this test"u8);

    public RunningNewsroom Newsroom { get; private set; } = null!;

    /// <summary>Settings besides the usual ones.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(Key, 0, key, 0);
        Newsroom = await RunningNewsroom.StartAsync([
            $"--Web:PublicUrl=https://{Host}",
            $"--Chat:Web:JoinSecret={JoinSecret}",
            "--Chat:Web:Enabled=true",
            "--Starter:Enabled=false",
            "--Chat:Discord:BotToken=a-token",
            "--Chat:Discord:ApiBaseUrl=http://127.0.0.1:9/api/v10",
            $"--Chat:Discord:PublicKey={Convert.ToHexStringLower(key)}",
            "--Chat:Discord:ClientId=1",
            "--Chat:Discord:ClientSecret=a-secret-of-discord",
            "--Chat:Slack:ApiBaseUrl=http://127.0.0.1:9/api/",
            $"--Chat:Slack:SigningSecret={SlackSecret}",
            "--Chat:Slack:ClientId=1.2",
            "--Chat:Slack:ClientSecret=a-secret-of-slack",
            .. Settings,
        ]);
        await Newsroom.RunAsync(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, publication, created_at)
            SELECT 1, id, 'news', 'news', 'public', 0 FROM workspace WHERE platform = 'web'
            """
        );
    }

    public ValueTask DisposeAsync() => Newsroom.DisposeAsync();

    /// <summary>Every address with every method it is mapped for, and the platforms' own ways back, which no endpoint stands for.</summary>
    public IReadOnlyList<Route> All()
    {
        var mapped =
            from source in Newsroom.Services.GetServices<EndpointDataSource>()
            from endpoint in source.Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
                ? methods
                : ["GET", "POST"]
            select new Route(
                method,
                Fill(endpoint.RoutePattern.RawText!),
                endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null
            );
        return
        [
            .. mapped.Distinct(),
            new Route("GET", SignInPlatform.Discord.ReturnPath, false),
            new Route("GET", SignInPlatform.Slack.ReturnPath, false),
        ];
    }

    /// <summary>Asks as a browser that reaches the public address.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        HttpContent? content = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(path, UriKind.Relative))
        {
            Content = content,
        };
        request.Headers.Host = Host;
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        // A stream that stays open says enough by its headers.
        return await Newsroom.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    /// <summary>Signs as Discord would with its right key.</summary>
    public static string Sign(string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] message = [.. System.Text.Encoding.UTF8.GetBytes(timestamp), .. body];
        var sign = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(Key, 0, message, 0, message.Length, sign, 0);
        return Convert.ToHexStringLower(sign);
    }

    // Something that fits each place; what stands there matters to nobody who may not come in.
    private static string Fill(string pattern)
    {
        var filled = Places()
            .Replace(
                pattern,
                place =>
                    place.Groups["name"].Value switch
                    {
                        "channel" => "news",
                        "verb" => "audit",
                        "platform" => "discord",
                        "documentName" => "v1",
                        "rest" or "path" => "some/where",
                        "name" => "site.css",
                        _ => "1",
                    }
            );
        return filled.StartsWith('/') ? filled : $"/{filled}";
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Places();
}

/// <summary>One address and method.</summary>
/// <param name="Method">Such as "GET".</param>
/// <param name="Path">With its places filled in.</param>
/// <param name="IsSigned">Whether it is kept from the usual limits, because what comes there has to be signed.</param>
public sealed record Route(string Method, string Path, bool IsSigned)
{
    public bool IsUnsafe => Method is not ("GET" or "HEAD" or "OPTIONS" or "TRACE");

    public override string ToString() => $"{Method} {Path}";
}
