using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class WordDifferenceTests
{
    [Theory]
    [InlineData("Two hurt in fire", "Three hurt in fire", "[-Two][+Three] hurt in fire")]
    [InlineData("Bridge opens", "Bridge opens on Friday", "Bridge opens[+ on Friday]")]
    [InlineData("Bridge opens on Friday.", "Bridge opens.", "Bridge opens[- on Friday].")]
    [InlineData("The old mayor left", "A new mayor left", "[-The old][+A new] mayor left")]
    [InlineData("橋が開通した", "橋が閉鎖した", "橋が[-開通][+閉鎖]した")]
    [InlineData("", "New", "[+New]")]
    [InlineData("Same", "Same", "Same")]
    [InlineData("", "", "")]
    public void What_went_stands_before_what_came(string old, string current, string expected) =>
        Assert.Equal(expected, Shown(WordDifference.Between(old, current)));

    [Fact]
    public void Both_texts_can_be_read_from_the_difference()
    {
        var random = new Random(7);
        string[] words = ["the", "a", "bridge", "opens", "in", "may", ",", "now"];
        for (var round = 0; round < 200; round++)
        {
            var (old, current) = (Text(), Text());

            var changes = WordDifference.Between(old, current);

            Assert.Equal(
                old,
                string.Concat(changes.Where(one => one.Kind is not WordChangeKind.Added).Select(one => one.Text))
            );
            Assert.Equal(
                current,
                string.Concat(changes.Where(one => one.Kind is not WordChangeKind.Gone).Select(one => one.Text))
            );
        }

        string Text() =>
            string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(words.Length)]));
    }

    [Fact]
    public void A_text_that_is_too_long_to_compare_went_as_a_whole()
    {
        var old = string.Join(' ', Enumerable.Repeat("old", 5_000));

        Assert.Equal(
            [WordChangeKind.Gone, WordChangeKind.Added],
            WordDifference.Between(old, "new").Select(change => change.Kind)
        );
    }

    private static string Shown(IEnumerable<WordChange> changes) =>
        string.Concat(
            changes.Select(change =>
                change.Kind switch
                {
                    WordChangeKind.Gone => $"[-{change.Text}]",
                    WordChangeKind.Added => $"[+{change.Text}]",
                    _ => change.Text,
                }
            )
        );
}
