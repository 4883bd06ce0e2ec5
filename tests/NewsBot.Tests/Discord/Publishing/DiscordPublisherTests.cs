using System.Text.Json.Nodes;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Storage;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>Outbox → Discord: once, and whatever Discord says.</summary>
public sealed class DiscordPublisherTests : IAsyncLifetime
{
    private const string Post = "POST /channels/1001/messages";
    private PublishingDesk _desk = null!;

    [Fact]
    public async Task A_card_is_posted_with_a_nonce_and_calls_nobody()
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens @everyone");

        await _desk.SendAsync();

        Assert.Equal("sent", _desk.State(story));
        var body = _desk.Discord.Bodies.Single();
        Assert.Equal(1 << 15, (int)body["flags"]!);
        Assert.True((bool)body["enforce_nonce"]!);
        Assert.InRange(((string)body["nonce"]!).Length, 1, 25);
        Assert.Empty(body["allowed_mentions"]!["parse"]!.AsArray());
        Assert.Null(body["allowed_mentions"]!["roles"]);
    }

    [Fact]
    public async Task A_new_card_calls_its_role_once_and_an_edit_calls_nobody()
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens", ping: "42");
        await _desk.SendAsync();
        _desk.Desk.Run("UPDATE story SET headline = 'Bridge opened'");
        await _desk.Desk.OutboxAsync(connection => StoryCards.EditAsync(connection, story, _desk.Desk.Now));

        await _desk.SendAsync();

        Assert.Equal(2, _desk.Discord.Bodies.Count);
        Assert.Equal("42", (string)_desk.Discord.Bodies[0]["allowed_mentions"]!["roles"]![0]!);
        Assert.Null(_desk.Discord.Bodies[1]["allowed_mentions"]!["roles"]);
        Assert.Empty(_desk.Discord.Bodies[1]["allowed_mentions"]!["parse"]!.AsArray());
        Assert.Contains("Bridge opened", _desk.Discord.Messages.Single().ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_leaves_one_message()
    {
        await _desk.CardAsync(_desk.Channel, "Bridge opens");
        _desk.Discord.LoseAnswer(Post);

        await _desk.SendAsync();

        Assert.Single(_desk.Discord.Messages);
        Assert.Equal(0, _desk.Desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));
    }

    [Fact]
    public async Task The_thread_people_opened_at_a_card_nobody_confirmed_is_to_be_read()
    {
        await _desk.CardAsync(_desk.Channel, "Bridge opens");
        await _desk.SendAsync();
        Forget();
        var card = _desk.Discord.Messages.Single();
        card["flags"] = (int)MessageFlags.HasThread;

        await _desk.SendLaterAsync();

        Assert.Equal((string)card["id"]!, _desk.Desk.Word("SELECT external_id FROM thread WHERE caught_up_at IS NULL"));
    }

    [Fact]
    public async Task A_card_posted_just_before_the_process_ended_is_found_again_long_after()
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        await _desk.SendAsync();
        Forget();
        for (var i = 0; i < 250; i++)
        {
            _desk.Discord.Say(PublishingDesk.Text);
        }

        await _desk.SendLaterAsync(TimeSpan.FromHours(3));

        Assert.Equal("sent", _desk.State(story));
        Assert.Equal(
            (string)_desk.Discord.Messages[0]["id"]!,
            _desk.Desk.Word("SELECT message_id FROM post WHERE operation = 'create'")
        );
        Assert.Single(_desk.Discord.Calls, Post);
    }

    [Fact]
    public async Task A_message_without_buttons_is_found_by_its_words_but_never_one_of_another_post()
    {
        await _desk.NoticeAsync(_desk.Channel, "A quiet day.", "monday");
        await _desk.SendAsync();
        await _desk.NoticeAsync(_desk.Channel, "A quiet day.", "tuesday");
        _desk.Discord.Refuse(Post, 503, 0);
        _desk.Discord.Refuse(Post, 503, 0);
        _desk.Discord.Refuse(Post, 503, 0);
        _desk.Discord.Refuse(Post, 503, 0);
        await _desk.SendAsync();

        await _desk.SendLaterAsync();
        Assert.Equal(2, _desk.Discord.Messages.Count);

        _desk.Desk.Run("UPDATE post SET state = 'waiting', message_id = NULL WHERE subject = 'notice:tuesday'");
        _desk.Discord.ForgetNonces();
        await _desk.SendLaterAsync();
        Assert.Equal(2, _desk.Discord.Messages.Count);
        Assert.Equal(2, _desk.Desk.Number("SELECT COUNT(DISTINCT message_id) FROM post WHERE state = 'sent'"));
    }

    [Fact]
    public async Task A_card_somebody_removed_before_we_knew_of_it_is_not_posted_again()
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        await _desk.SendAsync();
        _desk.Discord.Remove((string)_desk.Discord.Messages[0]["id"]!);
        _desk.Desk.Run("UPDATE post SET state = 'waiting', message_id = NULL");

        await _desk.SendLaterAsync(TimeSpan.FromSeconds(6));

        Assert.Empty(_desk.Discord.Messages);
        Assert.Equal("dropped", _desk.State(story));
    }

    [Fact]
    public async Task An_edit_of_a_removed_message_is_no_trouble_and_the_last_one()
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        await _desk.SendAsync();
        _desk.Discord.Remove((string)_desk.Discord.Messages[0]["id"]!);

        await EditAsync(story, "Bridge opened");
        await EditAsync(story, "Bridge opened again");

        Assert.Equal("dropped", _desk.State(story));
        Assert.Single(_desk.Discord.Calls, call => call.StartsWith("PATCH", StringComparison.Ordinal));
        Assert.Null(_desk.Desk.Word("SELECT parked_reason FROM channel WHERE name = 'news' AND workspace_id = 50"));
    }

    [Fact]
    public async Task A_picture_is_uploaded_once_and_kept_by_edits()
    {
        var story = await CardWithPictureAsync(isHere: true);
        await _desk.SendAsync();
        Assert.Equal(1, _desk.Discord.Files);
        Assert.Contains(
            "attachment://story-8.webp",
            _desk.Discord.Messages[0].ToJsonString(),
            StringComparison.Ordinal
        );

        await EditAsync(story, "Bridge opened");
        Assert.Equal(1, _desk.Discord.Files);
        Assert.Null(_desk.Discord.Bodies[^1]["attachments"]);
        Assert.Contains("attachment://story-8.webp", _desk.Discord.Bodies[^1].ToJsonString(), StringComparison.Ordinal);

        _desk.Desk.Run("UPDATE story SET taken_down_at = 1");
        await EditAsync(story, "Bridge opened");
        Assert.Empty(_desk.Discord.Bodies[^1]["attachments"]!.AsArray());
    }

    [Fact]
    public async Task A_picture_that_comes_late_is_added_to_the_card()
    {
        var story = await CardWithPictureAsync(isHere: false);
        await _desk.SendAsync();
        Assert.Equal(0, _desk.Discord.Files);

        _desk.Desk.Run("UPDATE picture SET small = x'01', width = 800, height = 400, next_try_at = NULL");
        await _desk.Desk.OutboxAsync(connection => StoryCards.EditPictureAsync(connection, story, _desk.Desk.Now));
        await _desk.SendAsync();

        Assert.Equal(1, _desk.Discord.Files);
        Assert.Equal(8, _desk.Desk.Number("SELECT picture_id FROM post WHERE operation = 'create'"));
    }

    [Fact]
    public async Task Without_the_permission_to_attach_files_a_card_goes_without_its_picture()
    {
        var story = await CardWithPictureAsync(isHere: true);
        _desk.Discord.Refuse(Post, 403, 50013);

        await _desk.SendAsync();

        Assert.Equal("sent", _desk.State(story));
        Assert.DoesNotContain("attachment", _desk.Discord.Messages[0].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_Discord_finds_wrong_is_sent_as_plain_words()
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        _desk.Discord.Refuse(Post, 400, 50035, new JsonObject { ["components"] = new JsonObject() });

        await _desk.SendAsync();

        Assert.Equal("sent", _desk.State(story));
        var message = _desk.Discord.Messages.Single();
        Assert.Contains("Bridge opens", message.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("discuss:", message.ToJsonString(), StringComparison.Ordinal);

        _desk.Desk.Run("UPDATE post SET state = 'waiting', message_id = NULL");
        _desk.Discord.ForgetNonces();
        await _desk.SendLaterAsync();
        Assert.Single(_desk.Discord.Messages);
    }

    [Fact]
    public async Task A_form_that_is_refused_even_as_plain_words_is_given_up()
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        _desk.Discord.Refuse(Post, 400, 50035);
        _desk.Discord.Refuse(Post, 400, 50035);

        await _desk.SendAsync();

        Assert.Equal("failed", _desk.State(story));
    }

    [Theory]
    [InlineData(403, 50001, "View Channel")]
    [InlineData(403, 50013, "Send Messages")]
    [InlineData(404, 10003, "no longer on Discord")]
    [InlineData(404, 10004, "Invite it again")]
    [InlineData(400, 50008, "takes no messages")]
    [InlineData(403, 0, "permissions")]
    public async Task A_channel_that_refuses_is_parked_with_what_to_do(int status, int code, string words)
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        _desk.Discord.Refuse(Post, status, code);

        await _desk.SendAsync();

        Assert.Equal("waiting", _desk.State(story));
        Assert.Contains(
            words,
            _desk.Desk.Word("SELECT parked_reason FROM channel WHERE name = 'news'") ?? "",
            StringComparison.Ordinal
        );

        _desk.Desk.Run("UPDATE channel SET parked_reason = NULL");
        await _desk.SendAsync();
        Assert.Equal("sent", _desk.State(story));
        Assert.DoesNotContain(_desk.Discord.Calls, call => call.StartsWith("GET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400, 200000)]
    [InlineData(400, 240000)]
    public async Task What_AutoMod_blocks_is_not_tried_again(int status, int code)
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        _desk.Discord.Refuse(Post, status, code);

        await _desk.SendAsync();

        Assert.Equal("failed", _desk.State(story));
        Assert.Contains("AutoMod", _desk.Desk.Word("SELECT error FROM post") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_turns_out_to_be_a_forum_gets_a_forum_post()
    {
        _desk.Desk.Run("UPDATE channel SET kind = 'text' WHERE name = 'stories'");
        var story = await _desk.CardAsync(_desk.ForumChannel, "Bridge opens");
        _desk.Discord.Refuse("POST /channels/1015/messages", 400, 40058);

        await _desk.SendAsync();
        await _desk.SendLaterAsync();

        Assert.Equal("sent", _desk.State(story));
        Assert.Equal("forum", _desk.Desk.Word("SELECT kind FROM channel WHERE name = 'stories'"));
    }

    [Fact]
    public async Task A_deletion_of_what_is_gone_is_done()
    {
        var story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        await _desk.SendAsync();
        _desk.Discord.Remove((string)_desk.Discord.Messages[0]["id"]!);
        await _desk.Desk.OutboxAsync(async connection =>
            await Outbox.DeleteAsync(
                connection,
                new PostDraft(
                    _desk.Channel,
                    Core.Posts.PostSubject.Of(story),
                    0,
                    await StoryCards.LoadAsync(connection, story, _desk.Channel),
                    _desk.Desk.Now
                )
            )
        );

        await _desk.SendAsync();

        Assert.Equal("sent", _desk.Desk.Word("SELECT state FROM post WHERE operation = 'delete'"));
    }

    public async ValueTask InitializeAsync() => _desk = await PublishingDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    // As after a process that ended between Discord's answer and its own note of it.
    private void Forget()
    {
        _desk.Desk.Run("UPDATE post SET state = 'waiting', message_id = NULL");
        _desk.Discord.ForgetNonces();
    }

    private async Task EditAsync(Core.Stories.StoryId story, string headline)
    {
        _desk.Desk.Run("UPDATE story SET headline = @headline", new { headline });
        await _desk.Desk.OutboxAsync(connection => StoryCards.EditAsync(connection, story, _desk.Desk.Now));
        await _desk.SendAsync();
    }

    private async Task<Core.Stories.StoryId> CardWithPictureAsync(bool isHere)
    {
        _desk.Desk.Run(
            "INSERT INTO picture (id, source_url, small, width, height, next_try_at) VALUES (8, 'x', @Small, 800, 400, @Next)",
            new { Small = isHere ? new byte[] { 1 } : null, Next = isHere ? (long?)null : 1 }
        );
        var story = _desk.Desk.Story("Bridge opens");
        _desk.Desk.Run("UPDATE story SET picture_id = 8");
        await _desk.Desk.OutboxAsync(async connection =>
            await Outbox.CreateAsync(
                connection,
                new PostDraft(
                    _desk.Channel,
                    Core.Posts.PostSubject.Of(story),
                    0,
                    await StoryCards.LoadAsync(connection, story, _desk.Channel),
                    _desk.Desk.Now
                )
            )
        );
        return story;
    }
}
