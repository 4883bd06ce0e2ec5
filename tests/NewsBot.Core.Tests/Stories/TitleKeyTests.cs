using CsCheck;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class TitleKeyTests
{
    [Theory]
    [InlineData("Xiaomi’s New Phone: it’s “here”!", "xiaomis new phone its here")]
    [InlineData("Big quake hits the coast | The Daily Planet", "big quake hits the coast")]
    [InlineData("Big quake hits the coast - BBC News", "big quake hits the coast")]
    [InlineData("Big quake hits the coast – World – The Guardian", "big quake hits the coast")]
    [InlineData("Big quake hits - and nobody noticed", "big quake hits and nobody noticed")]
    [InlineData("Home | News", "home news")]
    [InlineData("小米今天发布新手机 | 新浪", "小米今天发布新手机")]
    [InlineData("…!?", "")]
    public void Headlines_that_say_the_same_have_the_same_key(string title, string key) =>
        Assert.Equal(key, TitleKey.Of(title));

    [Fact]
    public void A_key_is_its_own_key() =>
        Gen.String.Sample(title => TitleKey.Of(TitleKey.Of(title)) == TitleKey.Of(title));

    [Theory]
    [InlineData("Xiaomi’s New Phone: it’s here!", "xiaomis-new-phone-its-here")]
    [InlineData("Zürich schließt Straße", "zurich-schliesst-strasse")]
    [InlineData("小米发布新手机", "小米发布新手机")]
    [InlineData("Москва весной", "москва-веснои")]
    [InlineData("?!", "story")]
    [InlineData("", "story")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    public void A_slug_keeps_letters_of_every_script(string title, string slug) => Assert.Equal(slug, Slug.Of(title));

    [Fact]
    public void A_slug_ends_with_a_whole_word_where_it_is_cut()
    {
        var slug = Slug.Of(string.Join(' ', Enumerable.Repeat("wonderful", 20)));

        Assert.Equal("wonderful-wonderful-wonderful-wonderful-wonderful-wonderful-wonderful-wonderful", slug);
        Assert.Equal(Slug.MaxLength, Slug.Of(new string('x', 500)).Length);
    }

    [Fact]
    public void A_slug_is_short_never_empty_and_safe_in_a_path() =>
        Gen.String[0, 200]
            .Sample(title =>
            {
                var slug = Slug.Of(title);
                return slug.Length is > 0 and <= Slug.MaxLength
                    && slug[0] != '-'
                    && slug[^1] != '-'
                    && !char.IsHighSurrogate(slug[^1])
                    && slug.EnumerateRunes().All(rune => System.Text.Rune.IsLetterOrDigit(rune) || rune.Value == '-');
            });
}
