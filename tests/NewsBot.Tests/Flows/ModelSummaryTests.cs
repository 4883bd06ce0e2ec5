using NewsBot.Core.Posts;
using NewsBot.Core.Summaries;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

/// <summary>Feed → model → check → card: who wrote a summary is told with it.</summary>
public sealed class ModelSummaryTests : IAsyncLifetime
{
    private const string Feed = "/gazette.rss";
    private const string Lead = "The harbour bridge in Nordby will close for three weeks from 4 May.";
    private const string Written = "Nordby's harbour bridge will close for three weeks from 4 May.";

    private NewsDesk _desk = null!;

    [Fact]
    public async Task A_summary_that_holds_is_stored_with_its_method_and_told_on_the_card()
    {
        _desk.Model = new Scribe(Written);

        var card = await CardAsync();

        Assert.Equal((Written, "scribe-7b"), (card.Summary, card.SummaryBy));
        Assert.Equal(SummaryMethods.By("scribe-7b"), _desk.Word("SELECT summary_method FROM story"));
    }

    [Fact]
    public async Task One_that_does_not_hold_is_made_of_the_articles_own_sentences()
    {
        _desk.Model = new Scribe("Nordby's harbour bridge will close for nine weeks from 4 May.");

        var card = await CardAsync();

        Assert.StartsWith(Lead, card.Summary, StringComparison.Ordinal);
        Assert.Null(card.SummaryBy);
        Assert.Equal(SummaryMethods.Extractive, _desk.Word("SELECT summary_method FROM story"));
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private async Task<PostBody.Card> CardAsync()
    {
        var channel = _desk.Channel();
        _desk.Subscribe(_desk.Source(Feed, "Gazette"), channel, offer: 1);
        var more = Enumerable
            .Range(1, 8)
            .Select(section =>
                $"Engineers found {section * 3} cracks in the steel cables of section {section} in March."
            );
        _desk.Serve(
            Feed,
            new FeedItem("Harbour bridge to close", _desk.Now) { Text = $"{Lead} {string.Join(' ', more)}" }
        );
        await _desk.PollAsync();
        return (PostBody.Card)PostBodies.Read(_desk.Word("SELECT body FROM post WHERE subject LIKE 'story:%'")!);
    }

    private sealed class Scribe(string draft) : ISummaryModel
    {
        public string? Name => "scribe-7b";

        public Task<string?> DraftAsync(
            string title,
            string text,
            SummaryLimits limits,
            CancellationToken cancellationToken
        ) => Task.FromResult<string?>(draft);
    }
}
