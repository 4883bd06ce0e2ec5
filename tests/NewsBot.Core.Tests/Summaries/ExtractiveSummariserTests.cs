using CsCheck;
using NewsBot.Core.Summaries;

namespace NewsBot.Core.Tests.Summaries;

public sealed class ExtractiveSummariserTests
{
    private const string Title = "Harbour ferry service returns after two-year repair";

    private const string Article = """
        Harbour ferry service returns after two-year repair

        By Nora Lind

        Image: The ferry at its berth on Tuesday.

        The harbour ferry between Northquay and Seldon Island started again on Tuesday after two years of repairs that cost 14.5 million crowns. About 1,200 people rode it on the first morning, the operator said.

        Sign up to our newsletter for a daily digest.

        “We waited so long. It was worth it,” said Ida Holm, who lives on the island. The ferry runs every 20 minutes from 6 a.m. until midnight, and tickets cost the same as in 2023. Mayor K. Berg called the return of the ferry a relief for the island's 3,400 residents.

        We use cookies to improve this site. Read more about our cookie policy.
        """;

    [Fact]
    public void A_summary_tells_the_news_in_a_few_sentences_of_the_source()
    {
        var summary = ExtractiveSummariser.Summarise(Title, Article, "en", SummaryLimits.Card);

        Assert.StartsWith(
            "The harbour ferry between Northquay and Seldon Island started again on Tuesday",
            summary.Text,
            StringComparison.Ordinal
        );
        Assert.InRange(summary.Sentences.Count, 2, 3);
        Assert.InRange(summary.Text.Split(' ').Length, 30, 66);
        Assert.All(
            summary.Sentences,
            sentence => Assert.Equal(sentence.Text, OneLine(Article[sentence.Start..sentence.End]))
        );
    }

    [Fact]
    public void What_answers_a_sentence_that_was_left_out_is_left_out_as_well()
    {
        const string text = """
            The lighthouse at Sorrow Point is looking for two keepers for a year. The light itself has looked after itself for thirty years, but the house has not, and the trust that owns it is tired of burst pipes that nobody notices until spring.

            The pay is modest: 900 crowns a month for each, free lodging in four round rooms, and all the driftwood one can carry. In return the keepers have to read the weather instruments three times a day, show visitors up the 189 steps, clean the lens and report anything that drifts by.

            The method uses a flaw.
            """;

        var summary = ExtractiveSummariser.Summarise("Two lighthouse keepers wanted", text, "en", SummaryLimits.Card);

        var places = summary.Sentences.Select(sentence => sentence.Text).ToList();
        var answer = places.FindIndex(sentence => sentence.StartsWith("In return", StringComparison.Ordinal));
        Assert.True(answer < 0 || places[answer - 1].StartsWith("The pay is modest", StringComparison.Ordinal));
        Assert.DoesNotContain("The method uses a flaw.", places);
    }

    [Theory]
    [InlineData("Sign up to our newsletter for a daily digest.")]
    [InlineData("Image: The ferry at its berth on Tuesday.")]
    [InlineData("We use cookies to improve this site.")]
    [InlineData("Read more about our cookie policy.")]
    [InlineData("Read more: ten ferries you should ride once.")]
    [InlineData("This article was first published by another outlet.")]
    [InlineData("Lesen Sie auch: Zehn schöne Fähren in Europa.")]
    [InlineData("It was worth it,” said Ida Holm from the island.")]
    [InlineData("Harbour ferry service returns after two-year repair.")]
    public void What_is_not_news_is_left_out(string sentence)
    {
        var text =
            $"{sentence}\n\nThe ferry started again on Tuesday after a long repair. {sentence}\n\nMany people rode it on the first morning.";

        var summary = ExtractiveSummariser.Summarise(Title, text, "en", SummaryLimits.Card);

        Assert.Equal(
            "The ferry started again on Tuesday after a long repair. Many people rode it on the first morning.",
            summary.Text
        );
    }

    [Fact]
    public void A_byline_in_words_is_a_sentence() =>
        Assert.Equal(
            "By Monday Apple Corp had sold out.",
            ExtractiveSummariser.Summarise(Title, "By Monday Apple Corp had sold out.", "en", SummaryLimits.Card).Text
        );

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("Read more")]
    [InlineData("Harbour ferry service returns after two-year repair")]
    public void Where_nothing_is_said_there_is_no_summary(string text) =>
        Assert.Empty(ExtractiveSummariser.Summarise(Title, text, "en", SummaryLimits.Card).Sentences);

    [Fact]
    public void Text_in_other_scripts_is_summarised_too()
    {
        const string Text =
            "小米公司周二在北京发布了首款电动汽车。这款汽车的售价为二十一万元。雷军表示公司用了三年时间研发这款汽车。";

        var summary = ExtractiveSummariser.Summarise("小米发布电动汽车", Text, "zh", SummaryLimits.Card);

        Assert.StartsWith("小米公司周二在北京发布了首款电动汽车。", summary.Text, StringComparison.Ordinal);
        Assert.True(summary.Sentences.Count >= 2);
    }

    [Fact]
    public void A_text_that_names_no_ends_is_read_where_its_language_has_none() =>
        Assert.NotEmpty(
            ExtractiveSummariser
                .Summarise(
                    "ก",
                    "เรือข้ามฟากกลับมาให้บริการอีกครั้งในวันอังคารหลังการซ่อมแซมสองปี",
                    "th",
                    SummaryLimits.Card
                )
                .Sentences
        );

    [Fact]
    public void Every_sentence_is_a_span_in_order_and_within_the_limits() =>
        Gen.OneOf(Gen.String[0, 400], Gen.String[Gen.Char["abcdeF .!?\n\"“”。日本"], 0, 800])
            .Sample(text =>
            {
                var sentences = ExtractiveSummariser.Summarise(Title, text, null, SummaryLimits.Card).Sentences;
                return sentences.Count <= 3
                    && sentences.All(sentence => OneLine(text[sentence.Start..sentence.End]) == sentence.Text)
                    && sentences.Zip(sentences.Skip(1)).All(pair => pair.First.End <= pair.Second.Start);
            });

    [Theory]
    [InlineData("Short text.", 50, "Short text.")]
    [InlineData("One sentence here. Another sentence here.", 30, "One sentence here.")]
    [InlineData("Ok. Another sentence that is rather long and has no end", 30, "Ok. Another sentence that is…")]
    [InlineData("Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…")]
    [InlineData("a  b\n c", 50, "a b c")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 13, "👩‍👩‍👧‍👦…")]
    [InlineData("", 10, "")]
    public void An_excerpt_ends_where_a_reader_would_stop(string text, int most, string excerpt) =>
        Assert.Equal(excerpt, Excerpt.Of(text, most));

    [Fact]
    public void An_excerpt_is_never_too_long() =>
        Gen.Select(Gen.String[0, 300], Gen.Int[1, 100]).Sample((text, most) => Excerpt.Of(text, most).Length <= most);

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
