using NewsBot.Chat.Slack;

namespace NewsBot.Tests.Slack;

/// <summary>Which address of a workspace is believed.</summary>
public sealed class SlackAddressTests
{
    private static readonly Uri Slack = new("https://slack.com/api/");

    [Theory]
    [InlineData("https://harbour.slack.com/", "https://harbour.slack.com/")]
    [InlineData("https://harbour.slack.com", "https://harbour.slack.com/")]
    [InlineData("https://harbour.slack.com/some/where?now", "https://harbour.slack.com/")]
    [InlineData("https://harbour.enterprise.slack.com/", "https://harbour.enterprise.slack.com/")]
    [InlineData("https://harbour.slack-gov.com/", "https://harbour.slack-gov.com/")]
    [InlineData("http://harbour.slack.com/", null)]
    [InlineData("https://harbour.slack.com:8443/", null)]
    [InlineData("https://somebody:secret@harbour.slack.com/", null)]
    [InlineData("https://harbour.slack.com.example.org/", null)]
    [InlineData("https://harbourslack.com/", null)]
    [InlineData("https://example.org/.slack.com", null)]
    [InlineData("javascript:alert(1)//.slack.com", null)]
    [InlineData("//harbour.slack.com/", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_an_address_of_Slack_is_taken(string? told, string? taken)
    {
        Assert.Equal(taken, SlackAddress.Of(told, Slack));
    }

    [Theory]
    [InlineData("http://127.0.0.1:6091/", "http://127.0.0.1:6091/")]
    [InlineData("http://127.0.0.1:6092/", null)]
    [InlineData("https://127.0.0.1:6091/", null)]
    [InlineData("https://harbour.slack.com/", "https://harbour.slack.com/")]
    public void A_server_that_stands_in_for_Slack_may_be_it_too(string told, string? taken)
    {
        Assert.Equal(taken, SlackAddress.Of(told, new Uri("http://127.0.0.1:6091/api/")));
    }

    [Fact]
    public void An_endless_address_is_none()
    {
        Assert.Null(SlackAddress.Of($"https://{new string('a', 63)}.slack.com/{new string('b', 300)}", Slack));
    }
}
