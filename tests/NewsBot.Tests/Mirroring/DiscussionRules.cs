using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Mirroring;

/// <summary>What always holds in a discussion, asked after every step.</summary>
/// <param name="discussion">The discussion.</param>
/// <param name="told">All that will be told of it.</param>
internal sealed class DiscussionRules(Discussion discussion, IReadOnlyList<Happening> told)
{
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known =
    [
        .. told.OfType<Happening.Said>().Select(said => Discussion.Id(said.Message)),
    ];

    public async Task CheckAsync()
    {
        var comments = await discussion.CommentsAsync();
        CheckNumbers(comments);
        var stranger = await discussion.PageAsync(isMember: false);
        var member = await discussion.PageAsync(isMember: true);
        CheckOrder(comments, member);
        CheckWhatIsGone(comments, [.. stranger, .. member]);
        CheckWhoReads(comments, stranger, member);
        CheckCopies(comments);
    }

    // Without a gap, for ever, and only of what people wrote: a copy never becomes a comment.
    private void CheckNumbers(IReadOnlyList<StoredComment> comments)
    {
        Assert.Equal(
            Enumerable.Range(1, comments.Count).Select(number => (long)number),
            comments.Select(c => c.Number)
        );
        foreach (var comment in comments)
        {
            Assert.Contains(comment.Message, _known);
            Assert.Equal(comment.Number, _numbers.GetValueOrDefault(comment.Message, comment.Number));
            _numbers[comment.Message] = comment.Number;
            Assert.InRange(comment.Parent, 0, comment.Number - 1);
        }

        Assert.Equal(comments.Count, comments.Select(comment => comment.Message).Distinct().Count());
    }

    private static void CheckOrder(IReadOnlyList<StoredComment> comments, IReadOnlyList<CommentView> page)
    {
        List<int> expected = [];
        Walk(0);
        Assert.Equal(expected, page.Select(view => view.Number));

        void Walk(long parent)
        {
            foreach (var comment in comments.Where(comment => comment.Parent == parent))
            {
                expected.Add((int)comment.Number);
                Walk(comment.Number);
            }
        }
    }

    private void CheckWhatIsGone(IReadOnlyList<StoredComment> comments, IReadOnlyList<CommentView> views)
    {
        foreach (var comment in comments.Where(comment => comment.State != "visible"))
        {
            Assert.All(views.Where(view => view.Number == comment.Number), view => Assert.Null(view.Text));
            Assert.True(comment.State != "deleted" || comment.Body.Length == 0);
        }

        foreach (var deleted in comments.Where(comment => comment.State == "deleted"))
        {
            Assert.Equal(0, discussion.Traces(Message(deleted)));
        }
    }

    private int Message(StoredComment comment) =>
        told.OfType<Happening.Said>().First(said => Discussion.Id(said.Message) == comment.Message).Message;

    private void CheckWhoReads(
        IReadOnlyList<StoredComment> comments,
        IReadOnlyList<CommentView> stranger,
        IReadOnlyList<CommentView> member
    )
    {
        foreach (var comment in comments)
        {
            var publication = Discussion.Places[discussion.PlaceOf(comment.Channel)].Publication;
            Assert.Equal(publication.ToString(), comment.Visibility, ignoreCase: true);
            var isThere = comment.State == "visible";
            Assert.Equal(
                isThere && publication == Visibility.Public,
                stranger.Single(view => view.Number == comment.Number).Text is not null
            );
            Assert.True(isThere || member.Single(view => view.Number == comment.Number).Text is null);
        }
    }

    // At most one in each channel, none where it was written or where more people read, and none in its own workspace.
    private void CheckCopies(IReadOnlyList<StoredComment> comments)
    {
        var byNumber = comments.ToDictionary(comment => (int)comment.Number);
        foreach (var (place, copies) in discussion.Copies())
        {
            Assert.Equal(copies.Count, copies.Select(copy => copy.Number).Distinct().Count());
            foreach (var copy in copies)
            {
                var origin = discussion.PlaceOf(byNumber[copy.Number].Channel);
                Assert.NotEqual(Discussion.Places[origin].Platform, Discussion.Places[place].Platform);
                Assert.True(Discussion.Places[place].Publication <= Discussion.Places[origin].Publication);
                Assert.True(copy.Comment is not null);
                Assert.True(
                    copy.Comment.State == CopyState.Shown || copy.Comment is { Markdown: "", Author: "" },
                    "What is hidden or deleted shows neither text nor name."
                );
            }
        }
    }
}
