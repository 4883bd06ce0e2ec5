using System.Text;
using CsCheck;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Clients.Tests.Slack.Objects;

public sealed class SlackReadingTests
{
    [Fact]
    public void A_message_event_is_read_with_all_that_is_used()
    {
        var envelope = Read<EventEnvelope>(
            """
            {"token":"x","team_id":"T1","enterprise_id":null,"api_app_id":"A1","type":"event_callback","event_id":"Ev1",
             "event_time":1700000000,"event_context":"c","is_ext_shared_channel":true,"context_team_id":"T2",
             "authorizations":[{"enterprise_id":null,"team_id":"T3","user_id":"U9","is_bot":true}],
             "event":{"type":"message","subtype":"file_share","user":"U1","text":"a &amp; b","ts":"1700000002.000100",
              "thread_ts":"1700000001.000100","parent_user_id":"U2","channel":"C1","channel_type":"channel","team":"T1",
              "client_msg_id":"m1","event_ts":"1700000002.000100",
              "files":[{"id":"F1","name":"a.png","mimetype":"image/png","size":"12","url_private":"https://files.slack.com/a"}],
              "edited":{"user":"U1","ts":"1700000003.000000"},
              "blocks":[{"type":"rich_text","block_id":"b","elements":[{"type":"rich_text_section","elements":[
                {"type":"text","text":"bold","style":{"bold":true}},{"type":"user","user_id":"U2"},
                {"type":"emoji","name":"wave","unicode":"1f44b"},{"type":"link","url":"https://a.example"}]}]}]}}
            """
        );

        var message = envelope.Read<Message>()!;

        Assert.Equal(("message", "Ev1", "T3"), (envelope.EventType, envelope.EventId, envelope.InstallTeamId));
        Assert.True(envelope.IsExtSharedChannel);
        Assert.Equal(("C1", "U1", "a &amp; b"), (message.Channel, message.User, message.Text));
        Assert.True(message.IsReply);
        Assert.Equal("1700000003.000000", message.Edited!.Ts.Text);
        Assert.Equal(12, Assert.Single(message.Files!).Size);
        var inside = message.Blocks![0].Elements![0].Elements!;
        Assert.Equal(("bold", true), (inside[0].Text!.Text, inside[0].Style!.Bold));
        Assert.Equal(("U2", "1f44b", "https://a.example"), (inside[1].UserId, inside[2].Unicode, inside[3].Url));
    }

    [Fact]
    public void A_change_names_the_message_and_what_it_was()
    {
        var change = Read<Message>(
            """
            {"type":"message","subtype":"message_changed","hidden":true,"channel":"C1","ts":"1700000009.000200",
             "message":{"type":"message","subtype":"tombstone","user":"USLACKBOT","ts":"1700000001.000100","reply_count":2},
             "previous_message":{"type":"message","user":"U1","text":"old","ts":"1700000001.000100"}}
            """
        );

        Assert.Equal(MessageSubtypes.Changed, change.Subtype);
        Assert.True(change is { Hidden: true, Inner.IsTombstone: true });
        Assert.Equal(("1700000001.000100", "old"), (change.Inner!.Ts.Text, change.PreviousMessage!.Text));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("bot_message", true)]
    [InlineData("thread_broadcast", true)]
    [InlineData("me_message", true)]
    [InlineData("channel_join", false)]
    [InlineData("message_changed", false)]
    [InlineData("tombstone", false)]
    public void What_somebody_wrote_is_told_from_notes_and_events(string? subtype, bool isWritten) =>
        Assert.Equal(isWritten, MessageSubtypes.IsWritten(subtype));

    [Fact]
    public void A_timestamp_written_as_a_number_keeps_its_digits()
    {
        var message = Read<Message>("""{"ts":1712345678.123450,"thread_ts":1712345678.123450,"user":77,"text":5.0}""");

        Assert.Equal("1712345678.123450", message.Ts.Text);
        Assert.False(message.IsReply);
        Assert.Equal(("77", "5.0"), (message.User, message.Text));
    }

    [Fact]
    public void What_is_null_absent_or_unknown_is_missing_and_not_fatal()
    {
        var message = Read<Message>(
            """
            {"ts":null,"blocks":[null,{"type":null,"elements":[null,{"type":"new_thing","text":7,"style":5,"x":{}}]}],
             "files":[null],"reactions":[{"name":"+1","count":"3","users":["U1",null]}],"reply_count":null,"hidden":null,
             "edited":null,"metadata":{"event_type":"t","event_payload":null},"unknown":[{"a":1}]}
            """
        );

        Assert.True(message.Ts.IsEmpty);
        Assert.Equal("new_thing", Assert.Single(message.Blocks![0].Elements!).Type);
        Assert.Empty(message.Files!);
        Assert.Equal(3, message.Reactions![0].Count);
        Assert.Equal(["U1"], message.Reactions[0].Users!);
        Assert.Null(message.Metadata!.TextOf("key"));
    }

    [Fact]
    public void A_field_of_another_shape_is_missing_and_the_rest_is_kept()
    {
        var message = Read<Message>(
            """
            {"ts":"1700000000.000100","text":"kept","edited":false,"icons":[],"bot_profile":"x","files":{},"reactions":"x",
             "blocks":[{"type":"section","text":{"type":"mrkdwn","text":"also"},"accessory":[],"expand":"no","elements":7}],
             "reply_count":{},"hidden":"x","metadata":[],"root":[],"thread_ts":{"a":[1]},"channel":["C1"]}
            """
        );
        var envelope = Read<EventEnvelope>(
            """{"type":"event_callback","event_id":"Ev1","authorizations":"x","event_time":"x"}"""
        );

        Assert.Equal("kept", message.Text);
        Assert.Equal("also", Assert.Single(message.Blocks!).Text!.Text);
        Assert.True(message is { Edited: null, Icons: null, Files: null, Root: null, ReplyCount: 0, Hidden: false });
        Assert.True(message.ThreadTs.IsEmpty);
        Assert.Equal("Ev1", envelope.EventId);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        var message = Read<Message>("""{"text":"a\ud83d\ude00 b\ud83d c\ude00 \\ud83d \n","user":"U\udfff"}""");
        var envelope = Read<EventEnvelope>("""{"event":{"type":"x\ud800","text":"y\ud800"}}""");

        Assert.Equal("a\ud83d\ude00 b\ufffd c\ufffd \\ud83d \n", message.Text);
        Assert.Equal("U\ufffd", message.User);
        Assert.Equal(("x\ufffd", "y\ufffd"), (envelope.EventType, envelope.Read<Message>()!.Text));
    }

    [Fact]
    public void Metadata_gives_its_texts()
    {
        var metadata = Read<MessageMetadata>("""{"event_type":"story","event_payload":{"key":"k1","n":1}}""");

        Assert.Equal("k1", metadata.TextOf("key"));
        Assert.Null(metadata.TextOf("n"));
        Assert.Null(metadata.TextOf("absent"));
    }

    [Fact]
    public void Events_about_channels_take_an_id_or_an_object()
    {
        var renamed = Read<ChannelEvent>("""{"type":"channel_rename","channel":{"id":"C1","name":"new"}}""");
        var archived = Read<ChannelEvent>("""{"type":"channel_archive","channel":"C2","user":"U1"}""");
        var moved = Read<ChannelIdChanged>("""{"old_channel_id":"G1","new_channel_id":"C3"}""");

        Assert.Equal(new ChannelReference("C1", "new"), renamed.Channel);
        Assert.Equal(new ChannelReference("C2"), archived.Channel);
        Assert.Equal(("G1", "C3"), (moved.OldChannelId, moved.NewChannelId));
    }

    [Fact]
    public void Reactions_revoked_tokens_and_changed_people_are_read()
    {
        var reaction = Read<ReactionEvent>(
            """{"user":"U1","reaction":"+1::skin-tone-3","item":{"type":"message","channel":"C1","ts":"1.2"},"event_ts":"3.4"}"""
        );
        var revoked = Read<TokensRevoked>("""{"tokens":{"oauth":["U1"],"bot":["U9"]}}""");
        var change = Read<UserChange>(
            """{"user":{"id":"U1","profile":{"display_name":"ada","image_72":"https://a"}}}"""
        );

        Assert.Equal(("C1", "1.2"), (reaction.Item!.Channel, reaction.Item.Ts.Text));
        Assert.Equal(["U9"], revoked.Tokens!.Bot!);
        Assert.Equal(("ada", "https://a"), (change.User!.ShownName, change.User.Profile!.Image72));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{\"event\":")]
    public void What_is_no_such_object_is_nothing(string json) =>
        Assert.Null(SlackJson.Read<EventEnvelope>(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"type":"event_callback"}""")]
    [InlineData("""{"type":"event_callback","event":null}""")]
    [InlineData("""{"type":"event_callback","event":7}""")]
    [InlineData("""{"type":"event_callback","event":{"type":7}}""")]
    [InlineData("""{"type":"app_rate_limited","minute_rate_limited":1700000000}""")]
    public void An_envelope_without_a_proper_event_has_an_empty_type(string json)
    {
        var envelope = Read<EventEnvelope>(json);

        Assert.Equal("", envelope.EventType);
        Assert.Null(Read<EventEnvelope>("""{"event":7}""").Read<Message>());
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_a_crash()
    {
        var json = string.Concat(Enumerable.Repeat("{\"message\":", 5_000)) + "{}" + new string('}', 5_000);

        Assert.Null(SlackJson.Read<Message>(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Any_bytes_can_be_read_without_an_exception() =>
        Gen.Select(Gen.Int[0, 500], Gen.Byte)
            .Sample(
                (place, value) =>
                {
                    var bytes = Encoding.UTF8.GetBytes(
                        """
                        {"type":"block_actions","message":{"ts":"1.2","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"a"}}],
                         "reactions":[{"count":1}]},"state":{"values":{"b":{"a":{"value":"v"}}}},"channel":{"id":"C"}}
                        """
                    );
                    bytes[place % bytes.Length] = value;
                    var read = SlackJson.Read<Interaction>(bytes);
                    Assert.True(read is null || read.Type is not null);
                }
            );

    private static T Read<T>(string json)
        where T : class => SlackJson.Read<T>(Encoding.UTF8.GetBytes(json))!;
}
