using NewsBot.Core.Summaries;

namespace NewsBot.Core.Tests.Summaries;

public sealed class SummariserTests
{
    private const string Lead =
        "The harbour bridge in Nordby will close for three weeks from 4 May, the city council said on Tuesday.";

    private static readonly string Article = string.Join(
        ' ',
        Enumerable
            .Range(1, 8)
            .Select(number => $"Engineers found {number * 3} cracks in the steel cables of section {number} in March.")
            .Prepend(Lead)
    );

    [Fact]
    public async Task A_draft_that_holds_is_the_summary_and_says_whose_it_is()
    {
        var summary = await SummariseAsync("Harbour bridge in Nordby will close for three weeks from 4 May.");

        Assert.Equal("Harbour bridge in Nordby will close for three weeks from 4 May.", summary.Text);
        Assert.Equal("scribe-7b", SummaryMethods.Model(summary.Method));
    }

    [Theory]
    [InlineData("Harbour bridge in Sundby will close for nine weeks.")]
    [InlineData(null)]
    public async Task Where_it_does_not_hold_the_article_speaks_for_itself(string? draft)
    {
        var summary = await SummariseAsync(draft);

        Assert.StartsWith(Lead, summary.Text, StringComparison.Ordinal);
        Assert.Null(SummaryMethods.Model(summary.Method));
    }

    [Fact]
    public async Task A_short_text_is_not_worth_asking()
    {
        var model = new Scribe("never asked");

        var summary = await new Summariser(model).SummariseAsync("Title", Lead, "en", SummaryLimits.Card, Stop);

        Assert.Equal(Lead, summary.Text);
        Assert.Equal(0, model.Asked);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<Summary> SummariseAsync(string? draft) =>
        new Summariser(new Scribe(draft)).SummariseAsync("Bridge closes", Article, "en", SummaryLimits.Card, Stop);

    private sealed class Scribe(string? draft) : ISummaryModel
    {
        public string? Name => "scribe-7b";

        public int Asked { get; private set; }

        public Task<string?> DraftAsync(
            string title,
            string text,
            SummaryLimits limits,
            CancellationToken cancellationToken
        )
        {
            Asked++;
            return Task.FromResult(draft);
        }
    }
}
