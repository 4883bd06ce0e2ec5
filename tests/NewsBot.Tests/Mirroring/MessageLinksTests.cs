using NewsBot.Chat;

namespace NewsBot.Tests.Mirroring;

/// <summary>Links to the very message, on either platform.</summary>
public sealed class MessageLinksTests
{
    private static readonly MessagePlace Slack = new("slack", "T1", "https://harbour.slack.com/", "C1", null);
    private static readonly MessagePlace Discord = new("discord", "77", null, "55", null);

    [Fact]
    public void A_message_of_Discord_is_named_with_the_thread_or_channel_it_stands_in()
    {
        Assert.Equal("https://discord.com/channels/77/55/9", MessageLinks.Of(Discord, "9"));
        Assert.Equal("https://discord.com/channels/77/66/9", MessageLinks.Of(Discord with { Thread = "66" }, "9"));
    }

    [Fact]
    public void A_reply_in_Slack_opens_in_its_thread_and_what_began_the_thread_in_the_channel()
    {
        const string Root = "1700000000.000100";
        var inThread = Slack with { Thread = Root };

        Assert.Equal(
            "https://harbour.slack.com/archives/C1/p1700000000000200?thread_ts=1700000000.000100&cid=C1",
            MessageLinks.Of(inThread, "1700000000.000200")
        );
        Assert.Equal("https://harbour.slack.com/archives/C1/p1700000000000100", MessageLinks.Of(inThread, Root));
        Assert.Equal("https://harbour.slack.com/archives/C1/p1700000000000100", MessageLinks.Of(Slack, Root));
    }

    [Fact]
    public void Without_the_workspaces_address_a_link_leads_to_the_thread()
    {
        var unknown = Slack with { Address = null };

        Assert.Equal(
            "https://app.slack.com/client/T1/C1/thread/C1-1700000000.000100",
            MessageLinks.Of(unknown with { Thread = "1700000000.000100" }, "1700000000.000200")
        );
        Assert.Equal(
            "https://app.slack.com/client/T1/C1/thread/C1-1700000000.000200",
            MessageLinks.Of(unknown, "1700000000.000200")
        );
    }

    [Fact]
    public void The_built_in_chat_has_pages_of_its_own()
    {
        Assert.Null(MessageLinks.Of(Slack with { Platform = "web" }, "1"));
    }
}
