using CsCheck;
using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class FoldedTests
{
    [Theory]
    [InlineData("Ünïcödé", "unicode")]
    [InlineData("  a \t\n b ", "a b")]
    [InlineData("Straße", "strasse")]
    [InlineData("“Don’t” — she said", "\"don't\" - she said")]
    [InlineData("ＦＵＬＬ　ｗｉｄｔｈ", "full width")]
    [InlineData("soft\u00adhyphen", "softhyphen")]
    [InlineData("ｶﾞギ", "ガギ")]
    public void Writing_variants_become_one(string text, string folded) => Assert.Equal(folded, Folded.Of(text));

    [Fact]
    public void A_lone_surrogate_is_replaced() => Assert.Equal("a\ufffdb", Folded.Of("A\ud800b"));

    [Fact]
    public void Folding_twice_changes_nothing() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char['\u00a0', '\u3100'], 0, 30])
            .Sample(text => Folded.Of(Folded.Of(text)) == Folded.Of(text));

    // The face makes the whole text be folded the slow way.
    [Fact]
    public void Letters_fold_alone_as_they_do_among_others() =>
        Gen.OneOf(
                Gen.Char['\u0001', '\u0530'],
                Gen.Char['\u2000', '\u2070'],
                Gen.Char['\u3000', '\u3100'],
                Gen.Char['\uac00', '\ud7a3']
            )
            .Array[0, 400]
            .Select(letters => new string(letters))
            .Sample(text => Folded.Of(text + "x")[..^1] == Folded.Of(text + "\U0001F600")[..^2]);
}
