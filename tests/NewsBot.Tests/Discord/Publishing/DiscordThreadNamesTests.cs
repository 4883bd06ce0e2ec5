using System.Globalization;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>Forum posts follow the headlines of their stories, as Discord allows it.</summary>
public sealed class DiscordThreadNamesTests : IAsyncLifetime
{
    private EmulatedDesk _desk = null!;
    private ChannelId _channel;
    private StoryId _story;
    private string _thread = "";

    public async ValueTask InitializeAsync()
    {
        _desk = await EmulatedDesk.OpenAsync();
        _channel = _desk.Add(_desk.Server.Channels.Forum, "forum");
        _story = _desk.Desk.Story("Bridge opens");
        await PostAsync("Bridge opens");
        _thread = _desk.Desk.Word("SELECT external_id FROM thread")!;
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_forum_post_gets_the_new_headline_once()
    {
        Headline("Bridge opens after a week's delay");

        Assert.Equal(1, await _desk.RenameAsync());
        Assert.Equal(0, await _desk.RenameAsync());

        Assert.Equal("Bridge opens after a week's delay", (await _desk.ChannelAsync(_thread)).Name);
        Assert.Empty(_desk.Server.Statistics.Errors);
        Assert.Empty(_desk.Server.State.Pings);
    }

    [Fact]
    public async Task What_changes_nothing_of_the_name_asks_for_nothing()
    {
        Headline("  Bridge\nopens ");
        var before = _desk.Server.Statistics.Requests.Values.Sum();

        Assert.Equal(0, await _desk.RenameAsync());

        Assert.Equal(before, _desk.Server.Statistics.Requests.Values.Sum());
        Assert.Equal(0, _desk.Desk.Number("SELECT COUNT(*) FROM thread WHERE rename_at IS NOT NULL"));
    }

    [Fact]
    public async Task Of_several_headlines_in_a_row_the_first_comes_at_once_and_then_only_the_last()
    {
        Headline("First");
        await _desk.RenameAsync();
        Headline("Second");
        Headline("Third");
        Assert.Equal(0, await _desk.RenameAsync());
        Assert.Equal("First", (await _desk.ChannelAsync(_thread)).Name);

        _desk.Desk.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(1, await _desk.RenameAsync());
        Assert.Equal("Third", (await _desk.ChannelAsync(_thread)).Name);
    }

    [Fact]
    public async Task A_limit_puts_the_name_off_and_holds_up_no_post()
    {
        foreach (var headline in (string[])["First", "Second"])
        {
            Headline(headline);
            await _desk.RenameAsync();
            _desk.Desk.Time.Advance(TimeSpan.FromMinutes(6));
        }

        Headline("Third");
        Assert.Equal(0, await _desk.RenameAsync());
        Assert.Equal("Second", (await _desk.ChannelAsync(_thread)).Name);
        await PostAsync("Another story", _desk.Desk.Story("Another story"));
        Assert.Equal(0, _desk.Desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'sent'"));

        Assert.Equal(
            1,
            _desk.Desk.Number("SELECT rename_tries FROM thread WHERE external_id = @T", new { T = _thread })
        );
        Assert.InRange(
            _desk.Desk.Number("SELECT rename_at FROM thread WHERE external_id = @T", new { T = _thread }),
            _desk.Desk.Now.AddMinutes(1).Ms(),
            _desk.Desk.Now.AddMinutes(11).Ms()
        );
    }

    [Fact]
    public async Task A_name_somebody_gave_is_left()
    {
        _desk.Server.Driver.Rename(ulong.Parse(_thread, CultureInfo.InvariantCulture), "Pinned: the bridge");
        Headline("Bridge closes");
        await _desk.RenameAsync();
        Headline("Bridge opens again");

        Assert.Equal(0, await _desk.RenameAsync());

        Assert.Equal("Pinned: the bridge", (await _desk.ChannelAsync(_thread)).Name);
        Assert.Equal(0, _desk.Desk.Number("SELECT COUNT(*) FROM thread WHERE rename_at IS NOT NULL"));
    }

    [Fact]
    public async Task An_archived_post_is_renamed_and_stays_archived()
    {
        var thread = ulong.Parse(_thread, CultureInfo.InvariantCulture);
        _desk.Server.Driver.SetThread(thread, archived: true);
        Headline("Bridge closes");

        Assert.Equal(1, await _desk.RenameAsync());

        Assert.Equal("Bridge closes", (await _desk.ChannelAsync(_thread)).Name);
        Assert.True((await _desk.ChannelAsync(_thread)).ThreadMetadata?.Archived);
    }

    [Fact]
    public async Task A_post_that_was_deleted_is_not_asked_for_for_ever()
    {
        _desk.Server.Driver.DeleteChannel(ulong.Parse(_thread, CultureInfo.InvariantCulture));
        Headline("Bridge closes");

        Assert.Equal(0, await _desk.RenameAsync());

        Assert.Equal(0, _desk.Desk.Number("SELECT COUNT(*) FROM thread WHERE rename_at IS NOT NULL"));
    }

    private void Headline(string headline) =>
        _desk.Desk.Run("UPDATE story SET headline = @headline WHERE id = @Id", new { headline, Id = _story.Value });

    private async Task PostAsync(string headline, StoryId? story = null)
    {
        var card = new PostBody.Card(
            story ?? _story,
            headline,
            "https://a.example",
            "The Gazette",
            [],
            _desk.Desk.Now,
            "It opened.",
            null,
            0,
            null,
            false
        );
        await _desk.PostAsync(_channel, PostSubject.Of(story ?? _story), 0, card);
        await _desk.SendAsync();
    }
}
