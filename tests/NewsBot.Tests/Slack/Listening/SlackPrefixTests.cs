using System.Text;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Comments;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>The number a reply begins with.</summary>
public sealed class SlackPrefixTests
{
    private static readonly SlackNames Nobody = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    [Theory]
    [InlineData("#3 2*3*4 is ", "2\\*3\\*4 is **24**")]
    [InlineData("&gt;&gt;3 so ", "so **24**")]
    [InlineData("#three is ", "\\#three is **24**")]
    public void A_number_is_taken_out_of_rich_text_and_the_rest_stays_as_it_was_meant(string written, string expected)
    {
        var shown = written.Replace("&gt;", ">", StringComparison.Ordinal);
        var message = Read(
            $$$"""
            {
              "type": "message", "user": "U1", "text": "{{{written}}}*24*",
              "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
                {"type": "text", "text": "{{{shown}}}"}, {"type": "text", "text": "24", "style": {"bold": true} }]}]}]
            }
            """
        );
        var typed = SlackReader.Typed(message);

        var markdown = SlackReader.Markdown(message, ReplyPrefix.Find(typed)?.Text ?? typed, Nobody);

        Assert.Equal(expected, markdown);
    }

    private static Message Read(string json) => SlackJson.Read<Message>(Encoding.UTF8.GetBytes(json))!;
}
