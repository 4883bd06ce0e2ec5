using NewsBot.Core.Posts;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>Comments from elsewhere in the threads of a Discord that is as strict as the real one.</summary>
public sealed class DiscordCopyTests
{
    private const string Execute = "/webhooks/{webhook}/{token}";
    private const string OneMessage = "/webhooks/{webhook}/{token}/messages/{message}";

    [Theory]
    [InlineData("text")]
    [InlineData("forum")]
    public async Task A_comment_appears_in_the_storys_thread_under_its_authors_name(string kind)
    {
        await using var stage = await CopyStage.OpenAsync(kind);

        var copy = await stage.CopyAsync("It opens at **last** @everyone");

        Assert.Equal("Inês", copy.WebhookName);
        Assert.Equal("-# #1 · Web\nIt opens at **last** \\@everyone", copy.Content);
        Assert.Equal(stage.Card, copy.ChannelId);
        Assert.Empty(stage.Server.State.Pings);
        Assert.Empty(stage.Server.Statistics.Errors);
        Assert.Equal("sent", stage.StateOf(1));
    }

    [Fact]
    public async Task An_answer_quotes_what_it_answers_with_a_link_to_its_message()
    {
        await using var stage = await CopyStage.OpenAsync();
        var first = await stage.CopyAsync("Where is it?");

        var answer = await stage.CopyAsync("In the harbour", "Bo", parent: 1);

        Assert.Equal(
            $"-# #2 · Web · answers [#1 Inês](<https://discord.com/channels/{stage.Server.GuildId}/{stage.Card}/{first.Id}>): “Where is it?”\nIn the harbour",
            answer.Content
        );
    }

    [Fact]
    public async Task Edits_and_deletions_carry_over()
    {
        await using var stage = await CopyStage.OpenAsync();
        var copy = await stage.CopyAsync("It opnes");
        await stage.CopyAsync("Really?", "Bo");

        await stage.EditAsync(1, "body = 'It opens <@&1>'");
        await stage.DeleteAsync(2);
        await stage.Emulated.SendAsync();

        Assert.Equal("-# #1 · Web\nIt opens \\<\\@&1\\>", copy.Content);
        Assert.Same(copy, Assert.Single(stage.Copies));
        Assert.Empty(stage.Server.State.Pings);
        Assert.Equal("sent", stage.StateOf(2, "delete"));
    }

    [Fact]
    public async Task A_hidden_comment_shows_neither_words_nor_what_it_answered_until_it_is_shown_again()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.CopyAsync("First");
        var copy = await stage.CopyAsync("Rude words", "Bo", parent: 1);

        await stage.EditAsync(2, "state = 'hidden'");
        await stage.Emulated.SendAsync();
        Assert.Equal("-# #2 · Web\n*[hidden by a moderator]*", copy.Content);

        await stage.EditAsync(2, "state = 'visible'");
        await stage.Emulated.SendAsync();
        Assert.EndsWith("\nRude words", copy.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_whose_answer_was_lost_is_found_by_its_number_and_not_posted_twice()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.CopyAsync("First");
        stage.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Abort)
            {
                Method = "POST",
                Route = Execute,
                AfterEffect = true,
            }
        );
        await stage.SayAsync("Second", "Bo");
        await stage.SayAsync("Third", "Bo");

        await stage.SendAllAsync();

        Assert.Equal(3, stage.Copies.Count);
        Assert.Equal(0, stage.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));
        Assert.Equal(4, stage.Number("SELECT COUNT(DISTINCT message_id) FROM post"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_goes_wrong_every_copy_is_there_once_and_in_order(int seed)
    {
        await using var stage = await CopyStage.OpenAsync();
        for (var i = 1; i <= 12; i++)
        {
            await stage.SayAsync($"Comment {i}");
        }

        stage.Server.Faults.Randomly(seed, 0.25);
        await stage.SendAllAsync();
        stage.Server.ClearFaults();

        Assert.Equal(
            Enumerable.Range(1, 12).Select(i => $"-# #{i} · Web\nComment {i}"),
            stage.Copies.Select(copy => copy.Content)
        );
        Assert.Single(stage.Webhooks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u200B\u202E ")]
    [InlineData("Discord Nitro")]
    [InlineData("CLYDE")]
    [InlineData("everyone")]
    [InlineData("Here")]
    [InlineData("```")]
    [InlineData("ליאור")]
    [InlineData("x")]
    [InlineData("Clyde of Discord, Clyde of Discord, Clyde of Discord, Clyde of Discord, Clyde of Disc")]
    public async Task No_name_loses_a_comment(string name)
    {
        await using var stage = await CopyStage.OpenAsync();

        var copy = await stage.CopyAsync("Hello", name);

        Assert.Equal("-# #1 · Web\nHello", copy.Content);
        Assert.Empty(stage.Server.Statistics.Errors);
    }

    [Fact]
    public async Task A_form_Discord_does_not_take_is_sent_as_plain_words()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.SayAsync("It **opens**", "Bo");
        stage.Emulated.Desk.Run(
            """
            INSERT INTO picture (id, source_url) VALUES (9, 'https://' || printf('%.*c', 300, 'x') || '.example/a b');
            UPDATE comment SET avatar_id = 9
            """
        );

        await stage.SendAllAsync();

        Assert.Equal("sent", stage.StateOf(1));
        Assert.Contains("opens", Assert.Single(stage.Copies).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task In_a_closed_thread_copies_are_changed_and_it_is_left_as_it_was(bool isArchived, bool isLocked)
    {
        await using var stage = await CopyStage.OpenAsync();
        var copy = await stage.CopyAsync("It opnes");
        await stage.CopyAsync("Gone soon");
        stage.Server.Driver.SetThread(stage.Card, isArchived, isLocked);

        await stage.EditAsync(1, "body = 'It opens'");
        await stage.DeleteAsync(2);
        await stage.Emulated.SendAsync();

        Assert.Equal("-# #1 · Web\nIt opens", copy.Content);
        Assert.Single(stage.Copies);
        lock (stage.Server.State.Sync)
        {
            var thread = stage.Server.State.World.Channels[stage.Card];
            Assert.Equal((isArchived, isLocked), (thread.Archived, thread.Locked));
        }
    }

    [Fact]
    public async Task A_copy_a_moderator_removed_is_neither_changed_nor_posted_again()
    {
        await using var stage = await CopyStage.OpenAsync();
        var copy = await stage.CopyAsync("Hello");
        stage.Server.Driver.DeleteMessage(stage.Card, copy.Id);

        await stage.EditAsync(1, "body = 'Hello again'");
        await stage.Emulated.SendAsync();
        await stage.DeleteAsync(1);
        await stage.Emulated.SendAsync();

        Assert.Empty(stage.Copies);
        Assert.Equal("dropped", stage.StateOf(1));
        Assert.Null(stage.Word("SELECT parked_reason FROM channel WHERE id = (SELECT MIN(id) FROM channel)"));
    }

    [Fact]
    public async Task Where_a_deletion_is_refused_the_words_are_taken_out()
    {
        await using var stage = await CopyStage.OpenAsync();
        var copy = await stage.CopyAsync("Secret");
        stage.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Status)
            {
                Method = "DELETE",
                Route = OneMessage,
                Status = 403,
            }
        );

        await stage.DeleteAsync(1);
        await stage.Emulated.SendAsync();

        Assert.Equal("-# #1\n*[deleted]*", copy.Content);
        Assert.Equal("sent", stage.StateOf(1, "delete"));
    }

    [Fact]
    public async Task A_thread_that_cannot_be_opened_makes_its_copies_wait_and_nothing_else()
    {
        await using var stage = await CopyStage.OpenAsync();
        stage.Server.Driver.SetBotPermissions(Stock.BotPermissions & ~Permissions.CreatePublicThreads);
        // Everyone may open threads, so the bot's own exception takes it away.
        stage.Server.Driver.SetPermissions(stage.Place, 0, Permissions.CreatePublicThreads);
        await stage.SayAsync("Hello");
        await stage.SayAsync("Again");
        await stage.Emulated.PostAsync(
            stage.Channel,
            PostSubject.Notice("a"),
            0,
            new PostBody.Notice("Nothing to do with it")
        );

        await stage.Emulated.SendAsync();
        Assert.Equal("sent", stage.Word("SELECT state FROM post WHERE subject = 'notice:a'"));
        Assert.Equal(1, stage.Server.Statistics.Requests["POST /channels/{channel}/messages/{message}/threads"]);

        stage.Server.Driver.SetPermissions(stage.Place, 0, 0);
        await stage.SendAllAsync();
        Assert.Equal(["-# #1 · Web\nHello", "-# #2 · Web\nAgain"], stage.Copies.Select(copy => copy.Content));
    }

    [Fact]
    public async Task Into_a_thread_that_was_deleted_nothing_is_copied_any_more()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.CopyAsync("Hello");
        await stage.SayAsync("Again");
        stage.Server.Driver.DeleteChannel(stage.Card);

        await stage.SendAllAsync();

        Assert.Equal("dropped", stage.StateOf(2));
        Assert.Null(stage.Word("SELECT MAX(parked_reason) FROM channel WHERE workspace_id = 50"));
    }

    [Fact]
    public async Task The_hidden_limit_of_a_channel_is_waited_for()
    {
        await using var stage = await CopyStage.OpenAsync(
            limits: new FakeLimits
            {
                WebhookHidden = new Testing.Servers.Limits.FakeLimit(3, TimeSpan.FromMilliseconds(400)),
            }
        );
        for (var i = 1; i <= 10; i++)
        {
            await stage.SayAsync($"Comment {i}");
        }

        await stage.SendAllAsync();

        Assert.Equal(
            Enumerable.Range(1, 10).Select(i => $"-# #{i} · Web\nComment {i}"),
            stage.Copies.Select(copy => copy.Content)
        );
    }

    [Fact]
    public async Task More_and_the_discussion_so_far_are_the_bots_own_messages_in_the_thread_and_there_once()
    {
        await using var stage = await CopyStage.OpenAsync();
        await stage.CopyAsync("Hello");
        stage.Emulated.Desk.Run("UPDATE channel SET publication = 'public'");
        stage.Emulated.Desk.Time.Advance(TimeSpan.FromSeconds(1));
        await stage.Emulated.PostAsync(
            stage.Channel,
            PostSubject.SoFar(stage.Story),
            0,
            new PostBody.SoFar(stage.Story)
        );
        await stage.Emulated.PostAsync(
            stage.Channel,
            PostSubject.More(stage.Story, 7),
            0,
            new PostBody.More(stage.Story, 7, 25)
        );
        stage.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Status)
            {
                Method = "POST",
                Route = "/channels/{channel}/messages",
                Status = 503,
                AfterEffect = true,
                Count = 8,
            }
        );

        await stage.SendAllAsync();

        var words = stage
            .Copies.Where(message => message.WebhookId is null)
            .Select(message => message.Components.ToJsonString())
            .ToList();
        Assert.Equal(2, words.Count);
        Assert.Contains("The discussion so far", words[0], StringComparison.Ordinal);
        Assert.Contains("https://news.example/stories/", words[0], StringComparison.Ordinal);
        Assert.Contains("25 more comments", words[1], StringComparison.Ordinal);
    }
}
