using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Tests.Sockets;

public sealed class SocketRulesTests
{
    [Theory]
    [InlineData("wss://gateway.discord.gg/", true)]
    [InlineData("wss://gateway.discord.gg:8443/x?y=1", true)]
    [InlineData("ws://127.0.0.1:5000/", true)]
    [InlineData("ws://localhost:5000/", true)]
    [InlineData("ws://[::1]:5000/", true)]
    [InlineData("ws://gateway.discord.gg/", false)]
    [InlineData("ws://10.0.0.1/", false)]
    [InlineData("ws://localhost.example/", false)]
    [InlineData("wss://user:word@gateway.discord.gg/", false)]
    [InlineData("https://gateway.discord.gg/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/relative", false)]
    public void Only_wss_and_loopback_are_allowed(string url, bool isAllowed)
    {
        Assert.Equal(isAllowed, SocketRules.Allows(new Uri(url, UriKind.RelativeOrAbsolute)));
    }

    [Fact]
    public void No_address_is_not_allowed()
    {
        Assert.False(SocketRules.Allows(null));
    }
}
