using NewsBot.Chat.Slack;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>Settings of Slack: what is wrong is told with the key and the remedy.</summary>
public sealed class SlackOptionsTests
{
    private static SlackOptions Good =>
        new()
        {
            BotToken = "xoxb-1-2-abc",
            AppToken = "xapp-1-A1-2-abc",
            SigningSecret = "0123456789abcdef",
        };

    [Fact]
    public void A_token_and_a_way_in_are_enough()
    {
        Assert.True(new SlackOptionsValidator().Validate(null, Good).Succeeded);
        Assert.True(new SlackOptionsValidator().Validate(null, new SlackOptions()).Succeeded);
        Assert.False(new SlackOptions().IsOn);
    }

    [Fact]
    public void Each_mistake_names_its_key()
    {
        Wrong(options => options.BotToken = "xoxp-1", "Chat:Slack:BotToken", "xoxb-");
        Wrong(options => options.BotToken = "xoxb-1 2", "Chat:Slack:BotToken", "OAuth");
        Wrong(options => options.BotToken = "xoxe.xoxb-1", "Chat:Slack:BotToken", "/slack/install");
        Wrong(options => options.AppToken = "xoxb-1", "Chat:Slack:AppToken", "connections:write");
        Wrong(options => options.SigningSecret = "two words", "Chat:Slack:SigningSecret", "Basic Information");
        Wrong(options => options.ClientId = "1.2", "Chat:Slack:ClientSecret", "go together");
        Wrong(options => options.ApiBaseUrl = "http://slack.com/api/", "Chat:Slack:ApiBaseUrl", "https");
        Wrong(
            options => (options.AppToken, options.SigningSecret) = (null, null),
            "Chat:Slack:AppToken",
            "Chat:Slack:SigningSecret"
        );
        Wrong(options => options.BotToken = null, "Chat:Slack:BotToken", "missing");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/api", "http://127.0.0.1:5000/api/")]
    [InlineData("https://slack.com/api/", "https://slack.com/api/")]
    public void An_address_ends_with_a_slash(string written, string expected) =>
        Assert.Equal(
            expected,
            new SlackOptions { ApiBaseUrl = written }
                .Api
                .AbsoluteUri
        );

    private static void Wrong(Action<SlackOptions> change, string key, string remedy)
    {
        var options = Good;
        change(options);

        var failure = Assert.Single(new SlackOptionsValidator().Validate(null, options).Failures!);

        Assert.Contains(key, failure, StringComparison.Ordinal);
        Assert.Contains(remedy, failure, StringComparison.Ordinal);
    }
}
