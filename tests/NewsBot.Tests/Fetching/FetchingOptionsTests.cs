using System.Net;
using Microsoft.Extensions.Options;
using NewsBot.Fetching;

namespace NewsBot.Tests.Fetching;

public sealed class FetchingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.True(Validate(new FetchingOptions()).Succeeded);

    [Theory]
    [InlineData("10.0.0.0/8", null)]
    [InlineData("10.0.0.1/8", null)]
    [InlineData("127.0.0.1/32:8080", 8080)]
    [InlineData("fd00::/8", null)]
    [InlineData("fd00::/8:443", 443)]
    public void Networks_are_read(string text, int? port)
    {
        Assert.True(AllowedNetwork.TryParse(text, out var network));
        Assert.Equal(port, network.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/8:0")]
    [InlineData("10.0.0.0/8:70000")]
    [InlineData("10.0.0.0/8:http")]
    [InlineData("localhost/8")]
    public void A_wrong_network_stops_the_start_with_key_and_remedy(string text)
    {
        var options = new FetchingOptions();
        options.AllowedPrivateNetworks.Add(text);
        options.AllowedPrivateHubs.Add(text);

        foreach (var key in (string[])["AllowedPrivateNetworks", "AllowedPrivateHubs"])
        {
            Assert.Contains(
                $"Fetching:{key} holds \"{text}\", which is not a network; write it like 192.168.1.0/24",
                Validate(options).FailureMessage
            );
        }
    }

    [Fact]
    public void A_mapped_address_belongs_to_its_network()
    {
        Assert.True(AllowedNetwork.TryParse("10.0.0.0/8:80", out var network));

        Assert.True(network.Holds(IPAddress.Parse("::ffff:10.1.1.1"), 80));
        Assert.False(network.Holds(IPAddress.Parse("10.1.1.1"), 81));
        Assert.False(network.Holds(IPAddress.Parse("11.1.1.1"), 80));
    }

    [Fact]
    public void Wrong_values_are_named()
    {
        var options = new FetchingOptions
        {
            Timeout = TimeSpan.Zero,
            MaxPerHost = 0,
            UserAgent = "a\nb",
            Contact = "(",
        };

        var message = Validate(options).FailureMessage;

        Assert.Contains("Fetching:Timeout is 00:00:00; set it to a value from 00:00:01 to 00:02:00.", message);
        Assert.Contains("Fetching:MaxPerHost is 0", message);
        Assert.Contains("Fetching:UserAgent cannot be sent", message);
        Assert.Contains("Fetching:Contact cannot stand", message);
    }

    private static ValidateOptionsResult Validate(FetchingOptions options) =>
        new FetchingOptionsValidator().Validate(null, options);
}
