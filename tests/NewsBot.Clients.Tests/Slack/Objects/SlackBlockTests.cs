using System.Text.Json;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Clients.Tests.Slack.Objects;

public sealed class SlackBlockTests
{
    [Fact]
    public void Blocks_are_written_as_Slack_wants_them()
    {
        Block[] blocks =
        [
            Block.Header("News"),
            Block.Context(Element.Mrkdwn("a"), Element.Image("https://a.example/i.png", "A")),
            Block.Actions(
                Element.Button("read", "Read") with
                {
                    Url = "https://a.example",
                    Style = ElementStyle.Of("primary"),
                }
            ),
            Block.RichText(
                Element.RichTextSection(
                    Element.RichText("<!channel> & *", new ElementStyle { Bold = true }),
                    Element.RichLink("https://a.example", "A")
                )
            ),
        ];

        Assert.Equal(
            """[{"type":"header","text":{"type":"plain_text","text":"News","emoji":true}},"""
                + """{"type":"context","elements":[{"type":"mrkdwn","text":"a","verbatim":true},"""
                + """{"type":"image","image_url":"https://a.example/i.png","alt_text":"A"}]},"""
                + """{"type":"actions","elements":[{"type":"button","action_id":"read","text":{"type":"plain_text","""
                + "\"text\":\"Read\",\"emoji\":true},\"url\":\"https://a.example\",\"style\":\"primary\"}]},"
                + """{"type":"rich_text","elements":[{"type":"rich_text_section","elements":["""
                + """{"type":"text","text":"<!channel> & *","style":{"bold":true}},"""
                + """{"type":"link","text":"A","url":"https://a.example"}]}]}]""",
            JsonSerializer.Serialize(blocks, SlackJson.Options)
        );
    }

    [Fact]
    public void Answers_to_views_and_selects_are_written_as_Slack_wants_them()
    {
        var errors = ViewResponse.WithErrors(new Dictionary<string, string> { ["url"] = "No feed there" });
        var options = new OptionsResponse([OptionObject.Of("A", "a")]);

        Assert.Equal(
            """{"response_action":"errors","errors":{"url":"No feed there"}}""",
            JsonSerializer.Serialize(errors, SlackJson.Options)
        );
        Assert.Equal(
            """{"response_action":"clear"}""",
            JsonSerializer.Serialize(ViewResponse.Clear(), SlackJson.Options)
        );
        Assert.Equal(
            """{"options":[{"text":{"type":"plain_text","text":"A","emoji":true},"value":"a"}]}""",
            JsonSerializer.Serialize(options, SlackJson.Options)
        );
    }
}
