using CsCheck;
using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("One. Two! Three?|Four…", "One.|Two!|Three?|Four…")]
    [InlineData("Mr. Smith met Dr. J. R. Brown. They talked.", "Mr. Smith met Dr. J. R. Brown.|They talked.")]
    [InlineData("It rose 3.5 percent to 1.200.000. Then it fell.", "It rose 3.5 percent to 1.200.000.|Then it fell.")]
    [InlineData("The U.S. Senate voted. It passed.", "The U.S. Senate voted.|It passed.")]
    [InlineData("He lives in the U.S. The law changed.", "He lives in the U.S.|The law changed.")]
    [InlineData("At 7 a.m. Monday it rained. Nobody came.", "At 7 a.m. Monday it rained.|Nobody came.")]
    [InlineData("Apple Inc. said so. Apple Inc. He left.", "Apple Inc. said so.|Apple Inc.|He left.")]
    [InlineData("“Come here.” She went.", "“Come here.”|She went.")]
    [InlineData("\"Really?\" he asked. \"Yes.\" They left.", "\"Really?\" he asked.|\"Yes.\"|They left.")]
    [InlineData("Well... maybe not. (It was late.) Good.", "Well... maybe not.|(It was late.)|Good.")]
    [InlineData(
        "Am 3. Oktober wird gefeiert, z. B. in Berlin. Alle kommen.",
        "Am 3. Oktober wird gefeiert, z. B. in Berlin.|Alle kommen."
    )]
    [InlineData("It happened in 2014. Nobody knew.", "It happened in 2014.|Nobody knew.")]
    [InlineData("Two men were hurt.The driver fled.", "Two men were hurt.|The driver fled.")]
    [InlineData("See example.com or Node.js for more. End.", "See example.com or Node.js for more.|End.")]
    [InlineData("Он приехал в 2020 г. в Москву. Там было холодно.", "Он приехал в 2020 г. в Москву.|Там было холодно.")]
    [InlineData("小米发布新车。价格很低！真的吗？", "小米发布新车。|价格很低！|真的吗？")]
    [InlineData("彼は言った。「行こう。」みんな笑った。", "彼は言った。|「行こう。」|みんな笑った。")]
    [InlineData("هل هذا صحيح؟ نعم.", "هل هذا صحيح؟|نعم.")]
    [InlineData("यह सच है। हाँ।", "यह सच है।|हाँ।")]
    [InlineData("A heading\n\nA first sentence. A second one", "A heading|A first sentence.|A second one")]
    [InlineData(
        "This line of a letter has been wrapped by somebody at seventy-two\ncolumns and goes on. Next.",
        "This line of a letter has been wrapped by somebody at seventy-two\ncolumns and goes on.|Next."
    )]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    public void Sentences_end_where_a_reader_sees_their_end(string text, string expected)
    {
        var source = text.Replace('|', '\n');

        Assert.Equal(expected, string.Join('|', SentenceSplitter.Split(source).Select(span => span.Of(source))));
    }

    [Fact]
    public void Nothing_is_lost_and_nothing_overlaps() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["aB1 .!?。\n\"”“'J"], 0, 60])
            .Sample(text =>
            {
                var spans = SentenceSplitter.Split(text);
                var gaps = spans.Prepend(new TextSpan(0, 0)).Zip(spans.Append(new TextSpan(text.Length, text.Length)));
                return gaps.All(gap =>
                        gap.First.End <= gap.Second.Start
                        && string.IsNullOrWhiteSpace(text[gap.First.End..gap.Second.Start])
                    ) && spans.All(span => span.Length > 0);
            });
}
