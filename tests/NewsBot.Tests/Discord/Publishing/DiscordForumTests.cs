using System.Text.Json.Nodes;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>Posts in forum channels.</summary>
public sealed class DiscordForumTests : IAsyncLifetime
{
    private const string Start = "POST /channels/1015/threads";
    private PublishingDesk _desk = null!;

    [Fact]
    public async Task A_card_is_a_post_named_by_its_headline_and_its_thread_is_the_discussion()
    {
        var story = await _desk.CardAsync(_desk.ForumChannel, "Bridge\n\u202Eopens **today**");

        await _desk.SendAsync();

        Assert.Equal("sent", _desk.State(story));
        Assert.Equal("Bridge opens **today**", (string)_desk.Discord.Bodies.Single()["name"]!);
        Assert.Equal(
            1,
            _desk.Desk.Number(
                "SELECT COUNT(*) FROM thread t JOIN post p ON p.message_id = t.external_id WHERE t.state = 'open' AND t.story_id = @Story",
                new { Story = story.Value }
            )
        );
        Assert.Equal(
            _desk.Desk.Word("SELECT external_id FROM thread"),
            (await _desk.Threads.OpenAsync(_desk.ForumChannel, story, TestContext.Current.CancellationToken)).ToString()
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_post_nobody_confirmed_is_found_again_open_or_archived(bool isArchived)
    {
        var story = await _desk.CardAsync(_desk.ForumChannel, "Bridge opens");
        _desk.Discord.LoseAnswer(Start);
        await _desk.SendAsync();
        Assert.Equal("waiting", _desk.State(story));
        var post = (string)_desk.Discord.Messages.Single()["id"]!;
        _desk.Discord.Channel(ulong.Parse(post, System.Globalization.CultureInfo.InvariantCulture))["thread_metadata"]![
            "archived"
        ] = isArchived;

        await _desk.SendLaterAsync();

        Assert.Equal("sent", _desk.State(story));
        Assert.Single(_desk.Discord.Messages);
        Assert.Equal(post, _desk.Desk.Word("SELECT external_id FROM thread"));
    }

    [Fact]
    public async Task A_post_that_certainly_failed_is_made_again()
    {
        var story = await _desk.CardAsync(_desk.ForumChannel, "Bridge opens");
        _desk.Discord.Refuse(Start, 503, 0);

        await _desk.SendAsync();
        await _desk.SendLaterAsync();

        Assert.Equal("sent", _desk.State(story));
        Assert.Single(_desk.Discord.Messages);
    }

    [Fact]
    public async Task An_archived_post_is_opened_for_an_edit_and_closed_again()
    {
        var story = await _desk.CardAsync(_desk.ForumChannel, "Bridge opens");
        await _desk.SendAsync();
        var id = _desk.Discord.Messages.Single()["id"]!.ToString();
        var metadata = _desk.Discord.Channel(ulong.Parse(id, System.Globalization.CultureInfo.InvariantCulture))[
            "thread_metadata"
        ]!;
        metadata["archived"] = true;
        metadata["locked"] = true;

        _desk.Desk.Run("UPDATE story SET headline = 'Bridge opened'");
        await _desk.Desk.OutboxAsync(connection => StoryCards.EditAsync(connection, story, _desk.Desk.Now));
        await _desk.SendAsync();

        Assert.Contains("Bridge opened", _desk.Discord.Messages.Single().ToJsonString(), StringComparison.Ordinal);
        Assert.True((bool)metadata["archived"]!);
        Assert.True((bool)metadata["locked"]!);
    }

    [Theory]
    [InlineData("Local, Sport", null, new[] { "1", "3" })]
    [InlineData(null, "sport", new[] { "3" })]
    [InlineData(null, "Secret", new string[0])]
    [InlineData("Secret", null, new[] { "2" })]
    [InlineData(null, null, new string[0])]
    public async Task Tags_are_the_channels_own_else_the_one_that_fits(
        string? tags,
        string? category,
        string[] expected
    )
    {
        _desk.Discord.AddChannel(PublishingDesk.Forum, 15, "stories", Tags());
        await CardWithTagsAsync(tags, category);

        await _desk.SendAsync();

        var applied = _desk.Discord.Bodies.Single()["applied_tags"]?.AsArray() ?? [];
        Assert.Equal(expected, applied.Select(tag => (string)tag!));
    }

    [Fact]
    public async Task A_forum_that_asks_for_a_tag_waits_until_one_fits()
    {
        _desk.Discord.AddChannel(PublishingDesk.Forum, 15, "stories", Tags(), flags: 1 << 4);
        var story = await CardWithTagsAsync(null, "Cooking");

        await _desk.SendAsync();
        Assert.Equal("waiting", _desk.State(story));
        Assert.Contains(
            "Require people to select tags",
            _desk.Desk.Word("SELECT parked_reason FROM channel WHERE name = 'stories'") ?? "",
            StringComparison.Ordinal
        );

        _desk.Desk.Run("UPDATE channel SET parked_reason = NULL, tags = 'Sport' WHERE name = 'stories'");
        await _desk.SendAsync();
        Assert.Equal("sent", _desk.State(story));
    }

    [Fact]
    public async Task A_digest_is_one_post_and_its_list_stands_below_its_heading()
    {
        var subject = PostSubject.Digest(3);
        await _desk.Desk.OutboxAsync(async connection =>
        {
            var now = _desk.Desk.Now;
            await Outbox.CreateAsync(
                connection,
                new PostDraft(_desk.ForumChannel, subject, 0, new PostBody.DigestHeading("Monday", "Two"), now)
            );
            await Outbox.CreateAsync(
                connection,
                new PostDraft(
                    _desk.ForumChannel,
                    subject,
                    1,
                    new PostBody.DigestList(
                        [new DigestLine(new StoryId(1), "A", "https://a.example", "G", 0, null)],
                        null
                    ),
                    now
                )
            );
        });

        await _desk.SendAsync();

        Assert.Equal(2, _desk.Discord.Messages.Count);
        Assert.Equal((string)_desk.Discord.Messages[0]["id"]!, (string)_desk.Discord.Messages[1]["channel_id"]!);
        Assert.Equal("Monday", (string)_desk.Discord.Bodies[0]["name"]!);
    }

    public async ValueTask InitializeAsync() => _desk = await PublishingDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static JsonArray Tags() => [Tag("1", "Local", false), Tag("2", "Secret", true), Tag("3", "Sport", false)];

    private static JsonObject Tag(string id, string name, bool moderated) =>
        new()
        {
            ["id"] = id,
            ["name"] = name,
            ["moderated"] = moderated,
        };

    private async Task<StoryId> CardWithTagsAsync(string? tags, string? category)
    {
        var story = await _desk.CardAsync(_desk.ForumChannel, "Bridge opens");
        _desk.Desk.Run("UPDATE channel SET tags = @tags WHERE name = 'stories'", new { tags });
        _desk.Desk.Run("UPDATE source SET category = @category", new { category });
        return story;
    }
}
