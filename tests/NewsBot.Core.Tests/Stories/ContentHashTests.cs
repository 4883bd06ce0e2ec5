using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class ContentHashTests
{
    private const string Text =
        "The minister said on Monday that 12 people were hurt. Trains will run again tomorrow, he added, once the line has been checked.";

    [Theory]
    [InlineData(
        "the minister said on monday that 12 people were hurt.  Trains will run again tomorrow, he added, once the line has been checked"
    )]
    [InlineData(
        "Updated 10:32 — The minister said on Monday that 12 people were hurt. Trains will run again tomorrow, he added, once the line has been checked."
    )]
    [InlineData(
        "Last updated on 3 March 2026 at 10:32 am GMT. The minister said on Monday that 12 people were hurt. Trains will run again tomorrow, he added, once the line has been checked."
    )]
    [InlineData(
        "Stand: 10.32 Uhr. The minister said on Monday that 12 people were hurt. Trains will run again tomorrow, he added, once the line has been checked."
    )]
    public void Typing_and_time_notes_do_not_change_the_hash(string text)
    {
        Assert.Equal(ContentHash.Of("It’s a “test”", Text), ContentHash.Of("It's a \"test\"", text));
        Assert.Equal(ChangeKind.Trivial, EntryChange.Between(new EntryText("A", Text), new EntryText("A", text)));
    }

    [Fact]
    public void A_word_moved_from_title_to_text_changes_the_hash() =>
        Assert.NotEqual(ContentHash.Of("a b", "c"), ContentHash.Of("a", "b c"));

    [Theory]
    [InlineData("that 13 people were hurt")]
    [InlineData("that 12 people were not hurt")]
    [InlineData("that 12 horses fled the burning stables of the old riding school near the river before dawn")]
    public void A_changed_fact_is_a_correction(string part)
    {
        var current = Text.Replace("that 12 people were hurt", part, StringComparison.Ordinal);

        Assert.Equal(ChangeKind.Substance, EntryChange.Between(new EntryText("A", Text), new EntryText("A", current)));
    }

    [Fact]
    public void The_same_words_are_no_change() =>
        Assert.Equal(ChangeKind.None, EntryChange.Between(new EntryText("A", Text), new EntryText("A", Text)));

    [Theory]
    [InlineData("12 comments", "348 comments")]
    [InlineData("(1,204 views)", "(9.8k views)")]
    [InlineData("Points: 12", "Points: 77")]
    [InlineData("3 Kommentare", "41 Kommentare")]
    public void A_counter_that_went_on_is_trivial(string old, string current) =>
        Assert.Equal(
            ChangeKind.Trivial,
            EntryChange.Between(new EntryText("A", $"{Text} {old}"), new EntryText("A", $"{Text} {current}"))
        );

    [Theory]
    [InlineData("won by 12 points", "won by 14 points")]
    [InlineData("sold 300 shares", "sold 500 shares")]
    [InlineData("The vote was 12 to 3", "The vote was 12 to 4")]
    public void What_is_counted_in_the_world_is_a_fact(string old, string current) =>
        Assert.Equal(
            ChangeKind.Substance,
            EntryChange.Between(new EntryText("A", $"{Text} {old}"), new EntryText("A", $"{Text} {current}"))
        );

    [Fact]
    public void A_polished_word_is_trivial() =>
        Assert.Equal(
            ChangeKind.Trivial,
            EntryChange.Between(
                new EntryText("A", Text),
                new EntryText("A", Text.Replace("hurt", "injured", StringComparison.Ordinal))
            )
        );

    [Theory]
    [InlineData("Minister resings over train accident", "Minister resigns over train accident", ChangeKind.Trivial)]
    [InlineData("Minister resigns over train accident", "Minister stays after train accident", ChangeKind.Substance)]
    [InlineData(
        "Twelve hurt: 12 in hospital after crash",
        "Twelve hurt: 13 in hospital after crash",
        ChangeKind.Substance
    )]
    [InlineData("MINISTER RESIGNS", "Minister resigns", ChangeKind.Trivial)]
    public void A_new_headline_is_a_correction_unless_it_mends_a_slip(string old, string current, ChangeKind kind) =>
        Assert.Equal(kind, EntryChange.Between(new EntryText(old, Text), new EntryText(current, Text)));
}
