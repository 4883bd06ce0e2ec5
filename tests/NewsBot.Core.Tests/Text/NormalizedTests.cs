using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class NormalizedTests
{
    // On both the library's own normalising throws.
    private const string NoCharacters = "Straße \ufffe und \ud800";

    [Fact]
    public void What_is_no_character_is_replaced() =>
        Assert.Equal("Straße \ufffd und \ufffd", Normalized.Of(NoCharacters, NormalizationForm.FormC));

    [Fact]
    public void Half_a_pair_leaves_whole_ones_as_they_are() =>
        Assert.Equal("\U0001F600\ufffd", Normalized.Of("\U0001F600\ud83d", NormalizationForm.FormKC));

    [Fact]
    public void Whoever_compares_text_can_compare_it()
    {
        Assert.Equal("strasse \ufffd und \ufffd", Folded.Of(NoCharacters));
        Assert.Equal("\ufffd", Folded.Of("\ufffe"));
        Assert.Equal("a\ufffd", Lookalikes.Of("a\ufffe"));
        Assert.Null(LanguageGuess.Of(NoCharacters));
    }
}
