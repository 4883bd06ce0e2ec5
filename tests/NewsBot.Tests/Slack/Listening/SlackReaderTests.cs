using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>Which messages of Slack can be comments, and when they changed.</summary>
public sealed class SlackReaderTests
{
    private static readonly Message Written = new(new SlackTs("1700000001.000100"), User: "U1", Text: "One");

    [Fact]
    public void People_write_and_programs_and_Slack_itself_do_not()
    {
        Assert.True(SlackReader.IsFromPerson(Written));
        Assert.True(SlackReader.IsFromPerson(Written with { Subtype = "me_message" }));
        Assert.True(SlackReader.IsFromPerson(Written with { Subtype = "thread_broadcast" }));
        Assert.False(SlackReader.IsFromPerson(Written with { BotId = "B1" }));
        Assert.False(SlackReader.IsFromPerson(Written with { Subtype = "bot_message", User = null }));
        Assert.False(SlackReader.IsFromPerson(Written with { Subtype = "channel_join" }));
        Assert.False(SlackReader.IsFromPerson(Written with { User = "USLACKBOT" }));
        Assert.False(SlackReader.IsFromPerson(Written with { Hidden = true }));
    }

    [Fact]
    public void A_preview_is_no_change_and_an_edit_is_one_at_its_own_instant()
    {
        var edited = Written with { Text = "Two", Edited = new MessageEdit("U1", new SlackTs("1700000005.000000")) };
        var preview = Change(Written, Written, "1700000003.000100");
        var first = Change(Written, edited, "1700000005.000200");
        var second = Change(edited, edited with { Text = "Three" }, "1700000005.000300");

        Assert.Null(SlackReader.ChangedAt(preview, Written));
        Assert.True(SlackReader.ChangedAt(first, first.Inner!) < SlackReader.ChangedAt(second, second.Inner!));
    }

    [Fact]
    public void Without_a_word_of_what_it_was_only_a_mark_of_an_edit_counts()
    {
        var edited = Written with { Edited = new MessageEdit("U1", new SlackTs("1700000005.000000")) };

        Assert.Null(SlackReader.ChangedAt(Change(null, Written, "1700000003.000100"), Written));
        Assert.NotNull(SlackReader.ChangedAt(Change(null, edited, "1700000005.000200"), edited));
    }

    [Theory]
    [InlineData("&gt;&gt;12 yes", ">>12 yes")]
    [InlineData(
        "<https://news.example/stories/5/comments/3|label> yes",
        "<https://news.example/stories/5/comments/3> yes"
    )]
    [InlineData("#12 yes", "#12 yes")]
    public void The_beginning_of_what_was_typed_can_be_read_for_what_it_answers(string text, string expected) =>
        Assert.Equal(expected, SlackReader.Typed(Written with { Text = text }));

    [Fact]
    public void A_file_that_is_gone_or_lies_elsewhere_is_only_named()
    {
        var picture = new SlackFile(
            "F1",
            "a.png",
            Mimetype: "image/png",
            Size: 5,
            UrlPrivate: "https://x",
            Mode: "hosted"
        );

        Assert.True(SlackAttachments.File(picture).IsPicture);
        Assert.False(SlackAttachments.File(picture with { Mode = "tombstone" }).IsPicture);
        Assert.False(SlackAttachments.File(picture with { Mode = "hidden_by_limit" }).IsPicture);
        Assert.False(SlackAttachments.File(picture with { Mode = "external" }).IsPicture);
        Assert.False(SlackAttachments.File(picture with { Mimetype = "application/pdf" }).IsPicture);
    }

    private static Message Change(Message? before, Message now, string ts) =>
        new(new SlackTs(ts), Subtype: "message_changed", PreviousMessage: before, Inner: now, Hidden: true);
}
