using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class WordReaderTests
{
    [Theory]
    [InlineData("The Café’s “open” door", "the cafes  OPEN\tdoor!")]
    [InlineData("naïve", "nai\u0308ve")]
    [InlineData("soft\u00adhyphen", "softhyphen")]
    [InlineData("Ｆｕｌｌ ｗｉｄｔｈ", "full width")]
    [InlineData("ΜΟΣΧΑ", "μοσχα")]
    [InlineData("дом—улица", "Дом улица")]
    [InlineData("مُحَمَّد", "محمد")]
    public void What_only_looks_different_reads_the_same(string one, string other) =>
        Assert.Equal(Hashes(one), Hashes(other));

    [Theory]
    [InlineData("port", "ports")]
    [InlineData("a bc", "ab c")]
    [InlineData("1 200", "1200")]
    [InlineData("北京", "京北")]
    public void What_says_something_else_reads_different(string one, string other) =>
        Assert.NotEqual(Hashes(one), Hashes(other));

    [Theory]
    [InlineData("", 0)]
    [InlineData(" … \ud83d\ude00 — ", 0)]
    [InlineData("one, two; three", 3)]
    [InlineData("北京发布", 3)]
    [InlineData("首款 EV 汽车", 3)]
    [InlineData("हिन्दी समाचार", 2)]
    public void Words_are_runs_of_letters_and_pairs_of_signs(string text, int count) =>
        Assert.Equal(count, Hashes(text).Count);

    [Fact]
    public void Names_stand_within_sentences_and_numbers_begin_with_digits()
    {
        var names = new List<string>();
        var words = new WordReader("The ferry Marigold left. Later 38 people from Ellin waved.");
        while (words.Read())
        {
            names.Add(
                words.IsName ? "name"
                : words.IsNumber ? "number"
                : "word"
            );
        }

        Assert.Equal(["word", "word", "name", "word", "word", "number", "word", "word", "name", "word"], names);
    }

    private static List<ulong> Hashes(string text)
    {
        List<ulong> hashes = [];
        var words = new WordReader(text);
        while (words.Read())
        {
            hashes.Add(words.Hash);
        }

        return hashes;
    }
}
