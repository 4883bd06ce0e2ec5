using NewsBot.Testing.Checking;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Tests.Checking;

/// <summary>The checker sees whatever is lost, doubled or wrong; what it says of a newsroom that is right is nothing.</summary>
public sealed class NewsroomCheckerTests(CheckedNewsroom room) : IClassFixture<CheckedNewsroom>
{
    [Fact]
    public void A_newsroom_that_is_right_gives_no_finding_and_counts_what_it_has_to_show()
    {
        var report = room.Check();

        Assert.Empty(report.Findings);
        Assert.Equal((9, 3, 6), (report.Posts, report.Replies, report.Copies));
    }

    [Fact]
    public void A_copy_that_stands_twice_in_a_thread_is_doubled()
    {
        var (place, id) = room.CopyAtDiscord("m02x second");
        var twin = Twin(place[id], place.Keys[^1] + 1);
        place.Add(twin.Id, twin);

        var report = room.Check();

        place.Remove(twin.Id);
        Assert.True(report.Doubled > 0, report.ToString());
        Assert.Equal(0, report.Lost);
    }

    [Fact]
    public void A_card_with_the_key_of_another_is_doubled()
    {
        var place = room.Slack.World.Messages.Values.First(messages =>
            messages.Values.Any(one => one is { ByBot: true, IsReply: false })
        );
        var card = place.Values.First(one => one is { ByBot: true, IsReply: false });
        place.Add(
            "9999999999.000001",
            new Testing.Servers.FakeSlack.Stored.StoredMessage
            {
                Ts = "9999999999.000001",
                ChannelId = card.ChannelId,
                BotId = card.BotId,
                Text = card.Text,
                Blocks = card.Blocks?.DeepClone().AsArray(),
                Metadata = card.Metadata?.DeepClone().AsObject(),
            }
        );

        var report = room.Check();

        place.Remove("9999999999.000001");
        Assert.Contains(
            report.Findings,
            finding =>
                finding.Kind is FindingKind.Doubled && finding.Words.Contains("have the key", StringComparison.Ordinal)
        );
        Assert.Contains(
            report.Findings,
            finding =>
                finding.Kind is FindingKind.Doubled && finding.Words.Contains("The card", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_copy_that_stands_before_what_it_answers_is_in_disorder()
    {
        var report = room.Check(
            """
            UPDATE post SET message_id = '99999'
            WHERE operation = 'create' AND subject = (SELECT 'comment:' || id FROM comment WHERE number = 1)
              AND channel_id = (
                SELECT ch.id FROM channel ch JOIN workspace w ON w.id = ch.workspace_id
                WHERE w.platform = 'web' AND ch.mirror = 'two-way')
            """
        );

        Assert.Contains(report.Findings, finding => finding.Kind is FindingKind.Disordered);
    }

    [Fact]
    public void A_copy_that_is_not_there_is_lost()
    {
        var (place, id) = room.CopyAtDiscord("m03x third");
        var copy = place[id];
        place.Remove(id);

        var report = room.Check();

        place.Add(id, copy);
        Assert.True(report.Lost > 0, report.ToString());
        Assert.Equal(0, report.Doubled);
    }

    [Fact]
    public void A_message_of_another_channel_of_Slack_at_the_same_time_does_not_stand_for_a_card()
    {
        var messages = room.Slack.World.Messages;
        var place = messages.Values.First(one => one.Values.Any(message => message is { ByBot: true, IsReply: false }));
        var card = place.Values.First(message => message is { ByBot: true, IsReply: false });
        var (channel, other) = (
            card.ChannelId,
            room.Slack.World.Channels.Values.First(one => one.DirectWith is null && one.Id != card.ChannelId).Id
        );
        place.Remove(card.Ts);
        card.ChannelId = other;
        messages[other].Add(card.Ts, card);

        var report = room.Check();

        messages[other].Remove(card.Ts);
        card.ChannelId = channel;
        place.Add(card.Ts, card);
        Assert.Contains(report.Findings, finding => finding.Words.Contains("not there", StringComparison.Ordinal));
        Assert.Contains(
            report.Findings,
            finding => finding.Words.Contains("known to nobody", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("m02x second", "m02x first draft", "says")]
    [InlineData("-# #2", "-# #7", "#7")]
    [InlineData("answers [#1", "answers [#3", "answers #3, not #1")]
    public void A_copy_with_other_words_number_or_parent_is_found(string word, string other, string expected)
    {
        var (place, id) = room.CopyAtDiscord("m02x second");
        var words = place[id].Content;
        place[id].Content = words.Replace(word, other, StringComparison.Ordinal);

        var report = room.Check();

        place[id].Content = words;
        Assert.Contains(report.Findings, finding => finding.Words.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_deleted_must_not_be_read_anywhere()
    {
        var (place, id) = room.CopyAtDiscord("m03x third");
        var words = place[id].Content;
        place[id].Content = words.Replace("m03x", "“m04x gone” m03x", StringComparison.Ordinal);

        var report = room.Check();

        place[id].Content = words;
        Assert.Contains(
            report.Findings,
            finding => finding.Words.Contains("still to be read", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("DELETE FROM comment WHERE body LIKE 'm03x%'", "Lost")]
    [InlineData("UPDATE comment SET number = 9 WHERE body LIKE 'm03x%'", "Misnumbered")]
    [InlineData("UPDATE story SET next_number = 9", "Misnumbered")]
    [InlineData("UPDATE comment SET parent = 0", "Wrong")]
    [InlineData("UPDATE comment SET body = body || ' and more' WHERE number = 1", "Wrong")]
    [InlineData("UPDATE comment SET state = 'visible' WHERE state = 'deleted'", "Wrong")]
    [InlineData("UPDATE post SET state = 'waiting' WHERE subject LIKE 'comment:%'", "Waiting")]
    [InlineData("UPDATE post SET state = 'failed' WHERE subject = 'story:1'", "Lost")]
    [InlineData("UPDATE post SET message_id = 'another' WHERE subject LIKE 'story:%'", "Doubled")]
    [InlineData("UPDATE post SET message_id = '1' WHERE subject = 'comment:2'", "Lost")]
    [InlineData(
        "INSERT INTO comment (story_id, number, member_id, body, visibility, channel_id, message_id, written_at, accepted_at) SELECT story_id, 5, member_id, body, visibility, channel_id, 'again', 0, 0 FROM comment WHERE number = 1; UPDATE story SET next_number = 6",
        "Doubled"
    )]
    [InlineData("UPDATE story SET headline = 'Another'", "Lost")]
    public void A_database_that_says_something_else_is_found(string sql, string kind)
    {
        var report = room.Check(sql);

        Assert.Contains(report.Findings, finding => finding.Kind.ToString() == kind);
    }

    [Theory]
    [InlineData("m02x", true)]
    [InlineData("m04x", false)]
    public void A_reply_may_answer_the_story_only_where_what_it_answers_became_known_later_and_deleted(
        string answered,
        bool isFound
    )
    {
        var place = room.Account.Replies.FindIndex(reply => reply.Mark == "m03x");
        var reply = room.Account.Replies[place];
        room.Account.Replies[place] = reply with { Parent = answered };

        var report = room.Check();

        room.Account.Replies[place] = reply;
        Assert.Equal(isFound, report.Findings.Count > 0);
    }

    [Fact]
    public void A_number_that_was_another_one_before_is_found()
    {
        const string Swap = """
            UPDATE comment SET number = 100 WHERE number = 1;
            UPDATE comment SET number = 1 WHERE number = 3;
            UPDATE comment SET number = 3 WHERE number = 100;
            """;

        var report = room.Remember(Swap);

        Assert.Contains(report.Findings, finding => finding.Words.Contains("once and is", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reply_that_people_wrote_and_nobody_took_is_lost()
    {
        var reply = new SaidReply("m05x", "Harbour bridge opens", Side.Slack, room.SlackChannel)
        {
            Text = "m05x fifth",
        };
        room.Account.Replies.Add(reply);

        var report = room.Check();

        room.Account.Replies.Remove(reply);
        Assert.Equal(1, report.Lost);
    }

    private static StoredMessage Twin(StoredMessage message, ulong id) =>
        new()
        {
            Id = id,
            ChannelId = message.ChannelId,
            Type = message.Type,
            AuthorId = message.AuthorId,
            WebhookId = message.WebhookId,
            WebhookName = message.WebhookName,
            Content = message.Content,
        };
}
