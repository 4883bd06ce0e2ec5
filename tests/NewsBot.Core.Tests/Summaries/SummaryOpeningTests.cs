using NewsBot.Core.Summaries;

namespace NewsBot.Core.Tests.Summaries;

public sealed class SummaryOpeningTests
{
    [Theory]
    [MemberData(nameof(OpeningCorpus.Of), "pronoun", MemberType = typeof(OpeningCorpus))]
    public void A_summary_never_begins_with_what_leans_on_another_sentence(
        string language,
        string leaning,
        string title,
        string lead,
        string more
    )
    {
        var summary = Summarise(title, $"{leaning}\n\n{lead}\n\n{more}", null);

        Assert.StartsWith(lead, summary.Text, StringComparison.Ordinal);
        Assert.Empty(Summarise(title, leaning, language).Sentences);
    }

    [Theory]
    [MemberData(nameof(OpeningCorpus.Of), "dateline", MemberType = typeof(OpeningCorpus))]
    public void A_summary_begins_behind_the_dateline(
        string language,
        string dateline,
        string title,
        string lead,
        string more
    )
    {
        var text = $"{dateline} {lead} {more}";

        var summary = Summarise(title, text, language);

        Assert.StartsWith(lead[..^1], summary.Text, StringComparison.Ordinal);
        Assert.Equal(dateline.Length + 1, summary.Sentences[0].Start);
    }

    [Theory]
    [MemberData(nameof(OpeningCorpus.Of), "caption", MemberType = typeof(OpeningCorpus))]
    [MemberData(nameof(OpeningCorpus.Of), "page", MemberType = typeof(OpeningCorpus))]
    public void Captions_and_words_of_the_page_are_left_out(
        string language,
        string foreign,
        string title,
        string lead,
        string more
    )
    {
        var summary = Summarise(title, $"{foreign}\n\n{lead}\n\n{foreign}\n\n{more}", null);

        Assert.StartsWith(lead, summary.Text, StringComparison.Ordinal);
        Assert.EndsWith(more, summary.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(foreign, summary.Text, StringComparison.Ordinal);
        Assert.Empty(Summarise(title, foreign, language).Sentences);
    }

    [Theory]
    [InlineData("This week the harbour ferry started again after two years of repairs.")]
    [InlineData("These days the harbour ferry is full before the sun is up.")]
    [InlineData("US inspectors found the harbour ferry safe for all its passengers.")]
    [InlineData("IT workers of the harbour ferry began a strike on Tuesday.")]
    [InlineData("Der Hafen von Seldau hat seit Dienstag wieder eine Fähre zur Insel.")]
    [InlineData("Diese Woche fährt die Fähre zur Insel Seldau zum ersten Mal wieder.")]
    [InlineData("Il governo ha deciso che il traghetto per l'isola riparte martedì.")]
    [InlineData("El ferri de la isla volvió a navegar el martes tras las obras.")]
    [InlineData("O governo decidiu que a balsa da ilha volta a navegar na terça.")]
    [InlineData("Ten people on the harbour ferry were hurt on Tuesday morning.")]
    [InlineData("Credit Suisse: the bank's old tower in Seldon will become a school.")]
    [InlineData("Share prices: the harbour company gained four per cent on Tuesday.")]
    [InlineData("On Tuesday the harbour ferry started again after two years of repairs.")]
    [InlineData("For more than two years the harbour ferry was in repair.")]
    [InlineData("Trump: The harbour ferry will be the best of the whole coast.")]
    [InlineData("На этой неделе паром на остров снова начал ходить по вторникам.")]
    [InlineData("Эта неделя для парома на остров стала первой после ремонта.")]
    [InlineData("سجل محمد هدفين في المباراة النهائية على ملعب الجزيرة مساء الثلاثاء.")]
    [InlineData("其他渡轮公司也宣布将从星期二起恢复全部航线的运营。")]
    [InlineData("这周渡轮经过两年维修后恢复了全部航线的运营。")]
    public void What_only_looks_like_it_may_stand_first(string sentence) =>
        Assert.Equal(sentence, Summarise("Ferry", sentence, null).Text);

    [Theory]
    [InlineData("BERLIN (dpa) - und das war für die Fähre nicht genug.")]
    [InlineData("LONDON (Reuters) - as the ferry left the harbour on Tuesday.")]
    public void What_follows_a_dateline_and_is_no_sentence_is_left_out(string fragment) =>
        Assert.Empty(Summarise("Ferry", fragment, null).Sentences);

    [Fact]
    public void A_sentence_that_leans_may_follow_the_one_it_leans_on()
    {
        const string Text =
            "The harbour ferry to Seldon Island started again on Tuesday. It had been in repair for two years.";

        Assert.Equal(Text, Summarise("Ferry", Text, "en").Text);
    }

    [Fact]
    public void No_summary_has_more_words_than_allowed()
    {
        var endless = string.Join(' ', Enumerable.Repeat("word", 67)) + ".";

        Assert.Empty(Summarise("Ferry", endless, "en").Sentences);
        Assert.Equal(
            "The old ferry sails to Seldon again.",
            Summarise("News", $"{endless} The old ferry sails to Seldon again.", "en").Text
        );
    }

    private static Summary Summarise(string title, string text, string? language)
    {
        var summary = ExtractiveSummariser.Summarise(title, text, language, SummaryLimits.Card);
        Assert.All(
            summary.Sentences,
            sentence => Assert.Equal(sentence.Text, text[sentence.Start..sentence.End], StringComparer.Ordinal)
        );
        return summary;
    }
}
