using NewsBot.Core.Posts;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Tests.Flows;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Digests;

/// <summary>What becomes of a story whose source changes it.</summary>
public sealed class LivingStoryTests : IAsyncLifetime
{
    private const string First = "Two hurt in fire at the harbour of Vellmar";
    private const string Second = "Three hurt in fire at the harbour of Vellmar";
    private const string Text = "The fire broke out on Monday night. Nobody knows yet how it began, the city says.";

    private NewsDesk _desk = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_card_follows_with_a_mark_and_the_page_tells_what_changed()
    {
        var (one, other) = (_desk.Channel("one"), _desk.Channel("other"));
        _desk.Source("/a", "The Daily", one, other);
        await SayAsync(First, Text);
        var changed = _desk.Now;
        await SayAsync(Second, Text);

        foreach (var channel in new[] { one, other })
        {
            var card = Assert.Single(_desk.Publisher.Shown(channel).OfType<PostBody.Card>());
            Assert.Equal(
                (Second, $"The Daily first wrote: “{First}”.", changed),
                (card.Headline, card.Correction, card.CorrectedAt)
            );
        }

        var change = Assert.Single((await PageAsync()).History);
        Assert.Equal(
            [(WordChangeKind.Gone, "Two"), (WordChangeKind.Added, "Three")],
            change.Headline.Take(2).Select(part => (part.Kind, part.Text))
        );
        Assert.Empty(change.Summary);
        Assert.Equal(changed, change.At);
    }

    [Theory]
    [InlineData(First, Text + " ")]
    [InlineData("TWO HURT IN FIRE AT THE HARBOUR OF VELLMAR", Text)]
    [InlineData(
        "Two hurt in fire at the harbour of Vellmar!",
        "The fire broke out on Monday night; nobody knows yet how it began, the city says"
    )]
    [InlineData(First, Text + " 48 comments")]
    [InlineData(First, "Updated 10:32. " + Text)]
    public async Task A_trivial_change_is_silent(string title, string text)
    {
        var channel = _desk.Channel();
        _desk.Source("/a", "The Daily", channel);
        await SayAsync(First, Text + " 3 comments");

        await SayAsync(title, text, "https://outlet.example/fire?utm_source=rss&utm_medium=feed");

        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM post WHERE operation = 'edit'"));
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM story_version"));
        Assert.Null(Assert.Single(_desk.Publisher.Shown(channel).OfType<PostBody.Card>()).Correction);
    }

    [Fact]
    public async Task A_digests_list_follows_with_a_mark()
    {
        var channel = _desk.Channel(
            "news",
            "digest",
            ("layout", "compact"),
            ("schedule", "hourly UTC"),
            ("next_digest_at", _desk.Now.AddHours(1).Ms())
        );
        _desk.Source("/a", "The Daily", channel);
        await SayAsync(First, Text);
        _desk.Time.Advance(TimeSpan.FromHours(1));
        await _desk.DigestAsync();
        await _desk.SendAsync();
        var changed = _desk.Now;
        await SayAsync(Second, Text);

        var line = Assert.Single(_desk.Publisher.Shown(channel).OfType<PostBody.DigestList>().Last().Lines);
        Assert.Equal((Second, changed), (line.Headline, line.UpdatedAt));
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM post WHERE operation = 'edit'"));
    }

    [Fact]
    public async Task A_source_that_never_rests_fills_nothing_and_its_first_words_stay()
    {
        _desk.Source("/a", "The Daily", _desk.Channel());
        for (var day = 1; day <= 30; day++)
        {
            await SayAsync($"Day {day} of the fire at the harbour of Vellmar", Text);
        }

        var page = await PageAsync();

        Assert.Equal(StoryVersions.Most, _desk.Number("SELECT COUNT(*) FROM story_version"));
        Assert.Equal(StoryVersions.Most, page.History.Count);
        Assert.True(page.History[^1].SkipsVersions);
        Assert.Equal("The Daily first wrote: “Day 1 of the fire at the harbour of Vellmar”.", page.Correction);
    }

    [Fact]
    public async Task What_changed_in_the_report_but_not_in_our_words_is_said_so()
    {
        _desk.Source("/a", "The Daily", _desk.Channel());
        await SayAsync(First, Text);
        _desk.Run("UPDATE source SET excerpt_chars = 0");
        await SayAsync(First, Text + " The mayor will speak about the damage on Tuesday at noon in the town hall.");

        Assert.True(Assert.Single((await PageAsync()).History).IsElsewhere);
        Assert.Equal("The Daily changed its report.", (await PageAsync()).Correction);
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenWithSiteAsync();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private async Task SayAsync(string title, string text, string link = "https://outlet.example/fire")
    {
        if (_desk.Number("SELECT COUNT(*) FROM feed WHERE first_taken_at IS NOT NULL") == 0)
        {
            _desk.Serve("/a");
            await _desk.PollAsync();
            _desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        _desk.Serve(
            "/a",
            new FeedItem(title, _desk.Time.Start)
            {
                Guid = "fire",
                Link = link,
                Text = text,
            }
        );
        await _desk.PollAsync();
        await _desk.SendAsync();
        _desk.Time.Advance(TimeSpan.FromMinutes(10));
    }

    private async Task<StoryView> PageAsync() =>
        (await new PageReader(_desk.Database, new ThreadIndexes()).StoryAsync(1, new Viewer(true), Stop))!;
}
