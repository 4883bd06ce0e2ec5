using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Humans;

namespace NewsBot.Tests.Slack.Commands;

/// <summary>*Answer this comment*: what is written in its window becomes a comment and a message in the thread.</summary>
public sealed class SlackAnswerFormTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_becomes_a_comment_under_its_authors_name_that_answers_that_number()
    {
        await using var rig = await SlackRig.NewAsync();
        var (card, comment) = await GivenCommentAsync(rig);

        var form = await OpenAsync(rig.Reader, rig, comment);
        Assert.Contains("first words", SlackRig.Words(form), StringComparison.Ordinal);
        var done = await SlackRig.SendAsync(rig.Reader, form, Text("I *agree* <!channel>"));
        await rig.PostAsync();

        Assert.Contains("#2", SlackRig.Words(done), StringComparison.Ordinal);
        var message = Assert.Single(
            Thread(rig, card),
            one => one["text"]!.ToString().Contains("agree", StringComparison.Ordinal)
        );
        Assert.Equal("Saga Wiklund", message["username"]!.ToString());
        Assert.Equal(
            1,
            await rig.Rig.ValueAsync<long>(
                "SELECT parent FROM comment WHERE number = 2 AND message_id LIKE 'answer:%' AND body = 'I *agree* <!channel>'"
            )
        );
        Assert.Contains("#1\n Rita: first words", SlackRig.Words(message), StringComparison.Ordinal);
        Assert.DoesNotContain("<!channel>", message["text"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_author_changes_it_the_same_way_and_takes_it_back_with_an_empty_window()
    {
        await using var rig = await SlackRig.NewAsync();
        var (card, comment) = await GivenCommentAsync(rig);
        await SlackRig.SendAsync(rig.Reader, await OpenAsync(rig.Reader, rig, comment), Text("I agree"));
        await rig.PostAsync();
        var own = await OwnAsync(rig);

        var form = await OpenAsync(rig.Reader, rig, own);
        Assert.Contains("I agree", form.ToJsonString(), StringComparison.Ordinal);
        rig.Rig.Clock.Advance(TimeSpan.FromSeconds(5));
        await SlackRig.SendAsync(rig.Reader, form, Text("I disagree"));
        await rig.PostAsync();
        Assert.Equal("I disagree", await rig.Rig.ValueAsync<string>("SELECT body FROM comment WHERE number = 2"));
        Assert.Contains(
            "I disagree",
            SlackRig.Words(Assert.Single(Thread(rig, card), one => one["ts"]!.ToString() == own)),
            StringComparison.Ordinal
        );
        rig.Rig.Clock.Advance(TimeSpan.FromSeconds(5));
        await SlackRig.SendAsync(rig.Reader, await OpenAsync(rig.Reader, rig, own), Text(""));
        await rig.PostAsync();

        Assert.Equal("deleted", await rig.Rig.ValueAsync<string>("SELECT state FROM comment WHERE number = 2"));
        Assert.DoesNotContain(Thread(rig, card), one => one["ts"]!.ToString() == own);
    }

    [Fact]
    public async Task Another_person_answers_it_instead_of_changing_it()
    {
        await using var rig = await SlackRig.NewAsync();
        var (_, comment) = await GivenCommentAsync(rig);
        await SlackRig.SendAsync(rig.Reader, await OpenAsync(rig.Reader, rig, comment), Text("I agree"));
        await rig.PostAsync();
        var theirs = await OwnAsync(rig);

        await SlackRig.SendAsync(rig.Admin, await OpenAsync(rig.Admin, rig, theirs), Text("Why?"));

        Assert.Equal("I agree", await rig.Rig.ValueAsync<string>("SELECT body FROM comment WHERE number = 2"));
        Assert.Equal(2, await rig.Rig.ValueAsync<long>("SELECT parent FROM comment WHERE number = 3"));
    }

    [Fact]
    public async Task A_message_whose_end_nobody_heard_is_looked_for_before_it_is_posted_again()
    {
        await using var rig = await SlackRig.NewAsync();
        var (card, comment) = await GivenCommentAsync(rig);
        await SlackRig.SendAsync(rig.Reader, await OpenAsync(rig.Reader, rig, comment), Text("I agree"));
        await rig.PostAsync();
        await rig.Rig.SqlAsync(
            "UPDATE post SET state = 'waiting', message_id = NULL, first_tried_at = @Now WHERE subject LIKE 'comment:%'"
        );

        await rig.PostAsync();

        var message = Assert.Single(
            Thread(rig, card),
            one => one["text"]!.ToString().Contains("agree", StringComparison.Ordinal)
        );
        Assert.Equal(message["ts"]!.ToString(), await OwnAsync(rig));
    }

    [Fact]
    public async Task Without_the_scope_for_names_the_message_says_whose_it_is()
    {
        await using var rig = await SlackRig.NewAsync();
        var (card, comment) = await GivenCommentAsync(rig);
        rig.Slack.Driver.SetScope("chat:write.customize", granted: false);

        await SlackRig.SendAsync(rig.Reader, await OpenAsync(rig.Reader, rig, comment), Text("I agree"));
        await rig.PostAsync();

        var message = Assert.Single(
            Thread(rig, card),
            one => one["text"]!.ToString().Contains("agree", StringComparison.Ordinal)
        );
        Assert.Contains("Saga Wiklund", SlackRig.Words(message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_muted_or_answers_a_closed_discussion_is_told_in_the_window()
    {
        await using var rig = await SlackRig.NewAsync();
        var (_, comment) = await GivenCommentAsync(rig);
        var form = await OpenAsync(rig.Reader, rig, comment);
        await rig.Rig.SqlAsync("UPDATE story SET locked_at = @Now - 1 WHERE id = 12");

        var refused = await SlackRig.SendAsync(rig.Reader, form, Text("too late"));

        Assert.Equal("errors", refused["kind"]!.ToString());
        Assert.Contains("closed", refused.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, await rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task A_message_that_is_no_comment_cannot_be_answered()
    {
        await using var rig = await SlackRig.NewAsync();
        var chatter = await rig.Admin.SayAsync(rig.Channel, "lunch?", null, Stop);

        var shown = await OpenAsync(rig.Reader, rig, chatter);

        Assert.Contains("neither a story nor a comment", SlackRig.Words(shown), StringComparison.Ordinal);
    }

    // The message that shows what was written in a window.
    private static async Task<string> OwnAsync(SlackRig rig) =>
        (
            await rig.Rig.ValueAsync<string>(
                "SELECT message_id FROM post WHERE subject LIKE 'comment:%' AND state = 'sent'"
            )
        )!;

    private static async Task<(string Card, string Comment)> GivenCommentAsync(SlackRig rig)
    {
        await rig.Rig.StoryAsync(12, "Battery lasts a week");
        var card = await rig.CardAsync(12);
        return (card, await rig.CommentAsync(rig.Admin, 12, card, 1, "first words"));
    }

    private static async Task<JsonObject> OpenAsync(FakeHuman human, SlackRig rig, string message) =>
        SlackRig.Data(await human.Shortcut(rig.Channel, message, "answer").AnswerAsync(2, Stop));

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static List<JsonObject> Thread(SlackRig rig, string card) =>
        [
            .. rig
                .Slack.State.Messages(rig.Channel)
                .Where(message => message["thread_ts"]?.ToString() == card && message["ts"]!.ToString() != card),
        ];
}
