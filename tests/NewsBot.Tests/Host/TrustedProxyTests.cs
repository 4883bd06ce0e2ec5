using System.Net;
using System.Net.Http.Json;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Host;

public sealed class TrustedProxyTests
{
    [Fact]
    public async Task Behind_a_trusted_proxy_nobody_names_themselves_on_the_API()
    {
        await using var newsroom = await RunningNewsroom.StartAsync("--Web:TrustedProxies:0=127.0.0.1");
        await newsroom.FirstCardAsync();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/channels/1/messages");
        message.Headers.Add("X-Forwarded-For", "203.0.113.9");
        message.Content = JsonContent.Create(new { author = "Mallory", text = "Hello" });

        using var answer = await newsroom.Http.SendAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
