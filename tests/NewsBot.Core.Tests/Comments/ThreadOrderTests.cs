using CsCheck;
using NewsBot.Core.Comments;

namespace NewsBot.Core.Tests.Comments;

public sealed class ThreadOrderTests
{
    [Fact]
    public void Replies_stand_below_what_they_answer()
    {
        var places = new[] { (1, 0), (2, 0), (3, 1), (4, 1), (5, 0), (6, 0), (7, 6), (8, 6) };

        var order = ThreadOrder.Of([.. places.Reverse().Select(place => new ThreadPlace(place.Item1, place.Item2))]);

        Assert.Equal([1, 3, 4, 2, 5, 6, 7, 8], order.Select(step => step.Number));
        Assert.Equal([0, 1, 1, 0, 0, 0, 1, 1], order.Select(step => step.Depth));
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_replies_is_walked()
    {
        var order = ThreadOrder.Of([
            .. Enumerable.Range(1, 100_000).Select(number => new ThreadPlace(number, number - 1)),
        ]);

        Assert.Equal(99_999, order[^1].Depth);
    }

    [Fact]
    public void Every_comment_stands_exactly_once_whatever_the_parents_say() =>
        Gen.Int[-2, 40]
            .Array[0, 30]
            .Sample(parents =>
            {
                var places = parents.Select((parent, index) => new ThreadPlace(index + 1, parent)).ToList();
                var order = ThreadOrder.Of(places);
                return order.Select(step => step.Number).Order().SequenceEqual(places.Select(place => place.Number))
                    && order.All(step => step.Depth >= 0 && step.Depth < places.Count);
            });

    [Theory]
    [InlineData("#12 yes", 12, "yes")]
    [InlineData(">>12 yes\nand no", 12, "yes\nand no")]
    [InlineData("#12: yes", 12, "yes")]
    public void A_leading_number_names_the_parent(string text, int number, string rest) =>
        Assert.Equal((number, rest), ReplyPrefix.Find(text));

    [Theory]
    [InlineData("yes #12")]
    [InlineData("#12")]
    [InlineData("#12x yes")]
    [InlineData("#0 yes")]
    [InlineData("#99999999999 yes")]
    [InlineData(">12 yes")]
    [InlineData("")]
    public void Everything_else_is_text(string text) => Assert.Null(ReplyPrefix.Find(text));

    [Theory]
    [InlineData(" a\r\nb\rc ", "a\nb\nc")]
    [InlineData("a\0b\u001bc\td", "abc\td")]
    [InlineData("a\u202eb\ufeffc", "abc")]
    [InlineData("👩‍👩‍👧 <b>@everyone</b>", "👩‍👩‍👧 <b>@everyone</b>")]
    [InlineData(" \n ", "")]
    public void Text_keeps_all_but_what_hides_or_harms(string raw, string clean) =>
        Assert.Equal(clean, CommentText.Clean(raw));

    [Fact]
    public void Cleaning_twice_changes_nothing() =>
        Gen.String.Sample(raw => CommentText.Clean(CommentText.Clean(raw)) == CommentText.Clean(raw));
}
