using NewsBot.Core.Stories;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>Threads open when they are wanted, and lock with their story.</summary>
public sealed class DiscordThreadsTests : IAsyncLifetime
{
    private PublishingDesk _desk = null!;
    private StoryId _story;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thread_is_opened_once_and_named_by_the_headline()
    {
        var first = await _desk.Threads.OpenAsync(_desk.Channel, _story, Token);
        var second = await _desk.Threads.OpenAsync(_desk.Channel, _story, Token);

        Assert.NotNull(first);
        Assert.Equal(first, second);
        Assert.Equal("Bridge opens", (string)_desk.Discord.Channel(first.Value.Value)["name"]!);
        Assert.Single(_desk.Discord.Calls, call => call.EndsWith("/threads", StringComparison.Ordinal));
        Assert.Equal("open", _desk.Desk.Word("SELECT state FROM thread"));
    }

    [Fact]
    public async Task A_thread_a_person_opened_before_is_the_one()
    {
        _desk.Discord.Refuse("POST /channels/1001/messages/", 400, 160004);

        var thread = await _desk.Threads.OpenAsync(_desk.Channel, _story, Token);

        Assert.Equal(Card, thread?.ToString());
        Assert.Equal("open", _desk.Desk.Word("SELECT state FROM thread"));
    }

    [Fact]
    public async Task What_a_reply_wanted_is_opened_and_tried_again_later_where_it_is_refused()
    {
        Want();
        _desk.Discord.Refuse("POST /channels/1001/messages/", 403, 50013);

        Assert.Equal(0, await _desk.Threads.OpenWantedAsync(Token));
        Assert.Contains(
            "Create Public Threads",
            _desk.Desk.Word("SELECT error FROM thread") ?? "",
            StringComparison.Ordinal
        );
        Assert.Equal(0, await _desk.Threads.OpenWantedAsync(Token));

        _desk.Desk.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await _desk.Threads.OpenWantedAsync(Token));
        Assert.Null(_desk.Desk.Word("SELECT error FROM thread"));
    }

    [Fact]
    public async Task The_thread_of_a_removed_card_is_gone()
    {
        Want();
        _desk.Discord.Remove(Card);

        await _desk.Threads.OpenWantedAsync(Token);

        Assert.Equal("gone", _desk.Desk.Word("SELECT state FROM thread"));
        Assert.Null(await _desk.Threads.OpenAsync(_desk.Channel, _story, Token));
    }

    [Fact]
    public async Task A_story_without_a_card_has_no_thread()
    {
        var other = _desk.Desk.Story("Never posted");

        Assert.Null(await _desk.Threads.OpenAsync(_desk.Channel, other, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thread_is_locked_and_unlocked_with_its_story(bool isArchived)
    {
        var thread = await _desk.Threads.OpenAsync(_desk.Channel, _story, Token);
        var metadata = _desk.Discord.Channel(thread!.Value.Value)["thread_metadata"]!;
        metadata["archived"] = isArchived;

        _desk.Desk.Run("UPDATE story SET locked_at = 1");
        Assert.Equal(1, await _desk.Locks.RunAsync(Token));
        Assert.True((bool)metadata["locked"]!);
        Assert.Equal(isArchived, (bool)metadata["archived"]!);
        Assert.Equal(0, await _desk.Locks.RunAsync(Token));

        _desk.Desk.Run("UPDATE story SET locked_at = NULL");
        Assert.Equal(1, await _desk.Locks.RunAsync(Token));
        Assert.False((bool)metadata["locked"]!);
    }

    [Fact]
    public async Task A_lock_of_a_moderator_on_Discord_is_left_alone()
    {
        await _desk.Threads.OpenAsync(_desk.Channel, _story, Token);
        _desk.Desk.Run("UPDATE thread SET state = 'locked'");

        Assert.Equal(0, await _desk.Locks.RunAsync(Token));
    }

    [Fact]
    public async Task Without_the_permission_to_lock_it_says_which_one_is_missing()
    {
        await _desk.Threads.OpenAsync(_desk.Channel, _story, Token);
        _desk.Desk.Run("UPDATE story SET locked_at = 1");
        _desk.Discord.Refuse("PATCH /channels/", 403, 50013);

        Assert.Equal(0, await _desk.Locks.RunAsync(Token));

        Assert.Contains("Manage Threads", _desk.Desk.Word("SELECT error FROM thread") ?? "", StringComparison.Ordinal);
        Assert.Equal(0, await _desk.Locks.RunAsync(Token));
        _desk.Desk.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await _desk.Locks.RunAsync(Token));
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await PublishingDesk.OpenAsync();
        _story = await _desk.CardAsync(_desk.Channel, "Bridge opens");
        await _desk.SendAsync();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private string Card => (string)_desk.Discord.Messages[0]["id"]!;

    private void Want() =>
        _desk.Desk.Run(
            """
            INSERT INTO thread (channel_id, story_id, external_id, state, active_at, created_at)
            SELECT channel_id, @Story, message_id, 'wanted', 0, 0 FROM post WHERE operation = 'create'
            """,
            new { Story = _story.Value }
        );
}
