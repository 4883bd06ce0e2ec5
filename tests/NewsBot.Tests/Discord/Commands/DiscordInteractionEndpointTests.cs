using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using NewsBot.Testing.Newsrooms;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NewsBot.Tests.Discord.Commands;

/// <summary>Interactions over HTTP, through the whole pipeline.</summary>
public sealed class DiscordInteractionEndpointTests : IAsyncLifetime
{
    private const string Ping = """{"id":"1","application_id":"2","type":1,"token":"t"}""";

    private static readonly byte[] Secret = SHA256.HashData("a key of this test"u8);

    private RunningNewsroom _newsroom = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Now =>
        TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(Secret, 0, key, 0);
        _newsroom = await RunningNewsroom.StartAsync(
            "--Starter:Enabled=false",
            "--Chat:Web:Enabled=true",
            "--Chat:Discord:BotToken=a-token",
            "--Chat:Discord:ApiBaseUrl=http://127.0.0.1:9/api/v10",
            $"--Chat:Discord:PublicKey={Convert.ToHexStringLower(key)}"
        );
    }

    public ValueTask DisposeAsync() => _newsroom.DisposeAsync();

    [Fact]
    public async Task A_ping_is_answered()
    {
        using var answer = await SendAsync(Ping, Now);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"type":1}""", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task What_is_not_signed_by_Discord_is_refused()
    {
        using var other = await SendAsync(Ping, Now, signed: Ping + " ");
        using var none = await SendAsync(Ping, Now, signature: "");
        using var junk = await SendAsync(Ping, Now, signature: new string('0', 128));
        using var noTime = await SendAsync(Ping, "");

        Assert.All([other, none, junk, noTime], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task What_was_signed_long_ago_or_ahead_of_time_is_refused(int seconds)
    {
        var time = TimeProvider.System.GetUtcNow().AddSeconds(seconds + Math.Sign(seconds) * 60);

        using var answer = await SendAsync(Ping, time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_too_large_or_no_interaction_is_refused()
    {
        using var large = await SendAsync("{\"x\":\"" + new string('x', 1_100_000) + "\"}", Now);
        using var list = await SendAsync("[]", Now);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, list.StatusCode);
    }

    [Fact]
    public async Task Anything_else_is_taken_and_answered_by_a_call_of_our_own()
    {
        using var answer = await SendAsync(Ping.Replace("\"type\":1", "\"type\":2", StringComparison.Ordinal), Now);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(Stop));
    }

    private async Task<HttpResponseMessage> SendAsync(
        string body,
        string timestamp,
        string? signed = null,
        string? signature = null
    )
    {
        var message = Encoding.UTF8.GetBytes(timestamp + (signed ?? body));
        var sign = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(Secret, 0, message, 0, message.Length, sign, 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/discord/interactions");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("X-Signature-Ed25519", signature ?? Convert.ToHexStringLower(sign));
        request.Headers.TryAddWithoutValidation("X-Signature-Timestamp", timestamp);
        return await _newsroom.Http.SendAsync(request, Stop);
    }
}
