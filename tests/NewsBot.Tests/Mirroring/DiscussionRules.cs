using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Mirroring;

/// <summary>What always holds in a discussion, asked after every step.</summary>
/// <param name="discussion">The discussion.</param>
/// <param name="told">All that will be told of it.</param>
internal sealed class DiscussionRules(Discussion discussion, IReadOnlyList<Happening> told)
{
    /// <summary>A stranger, a member of a joined workspace, and whoever may read everything.</summary>
    public static readonly IReadOnlyList<Viewer> Viewers =
    [
        new(false),
        new(false) { Joined = [new CommunityId(1)] },
        new(true),
    ];

    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Happening.Said> _known = told.OfType<Happening.Said>()
        .DistinctBy(said => said.Message)
        .ToDictionary(said => Discussion.Id(said.Message), StringComparer.Ordinal);

    // What has to be so by what was told up to now.
    private readonly Dictionary<int, int> _versions = [];
    private readonly HashSet<int> _said = [];
    private readonly HashSet<int> _deleted = [];
    private readonly HashSet<int> _hidden = [];

    public async Task CheckAsync(Happening last)
    {
        Note(last);
        var comments = await discussion.CommentsAsync();
        CheckNumbers(comments);
        CheckWords(comments);
        foreach (var viewer in Viewers)
        {
            var page = await discussion.PageAsync(viewer);
            CheckOrder(comments, page);
            CheckWhoReads(comments, viewer.In(1).Sight, page);
        }

        CheckCopies(comments);
        Assert.Equal(comments.Count(comment => comment.State == "visible"), discussion.Count);
    }

    /// <summary>What holds once everything was sent.</summary>
    public async Task CheckEndAsync()
    {
        var comments = await discussion.CommentsAsync();
        Assert.Equal(_said.Count, comments.Count);
        var byNumber = comments.ToDictionary(comment => (int)comment.Number);
        foreach (var (place, copies) in discussion.Copies())
        {
            foreach (var comment in comments)
            {
                CheckEnd(place, comment, copies.SingleOrDefault(copy => copy.Number == comment.Number), byNumber);
            }
        }
    }

    private void Note(Happening last)
    {
        switch (last)
        {
            case Happening.Said said:
                _said.Add(said.Message);
                break;
            case Happening.Edited edited:
                _versions[edited.Message] = Math.Max(edited.Version, _versions.GetValueOrDefault(edited.Message));
                break;
            case Happening.Deleted deleted:
                _deleted.Add(deleted.Message);
                break;
            case Happening.Judged { Hides: true } judged:
                _hidden.Add(judged.Message);
                break;
            case Happening.Judged judged:
                _hidden.Remove(judged.Message);
                break;
        }
    }

    // Without a gap, for ever, and only of what people wrote: a copy never becomes a comment.
    private void CheckNumbers(IReadOnlyList<StoredComment> comments)
    {
        Assert.Equal(
            Enumerable.Range(1, comments.Count).Select(number => (long)number),
            comments.Select(c => c.Number)
        );
        var messages = comments.ToDictionary(comment => comment.Number, comment => comment.Message);
        foreach (var comment in comments)
        {
            var said = Assert.Contains(comment.Message, _known as IReadOnlyDictionary<string, Happening.Said>);
            Assert.Equal(comment.Number, _numbers.GetValueOrDefault(comment.Message, comment.Number));
            _numbers[comment.Message] = comment.Number;
            Assert.InRange(comment.Parent, 0, comment.Number - 1);
            Assert.Equal(
                said.Answers is { } answers ? Discussion.Id(answers) : null,
                messages.GetValueOrDefault(comment.Parent)
            );
        }

        Assert.Equal(comments.Count, comments.Select(comment => comment.Message).Distinct().Count());
    }

    private void CheckWords(IReadOnlyList<StoredComment> comments)
    {
        foreach (var comment in comments)
        {
            var message = _known[comment.Message].Message;
            var isDeleted = _deleted.Contains(message);
            Assert.Equal(
                isDeleted ? "deleted"
                    : _hidden.Contains(message) ? "hidden"
                    : "visible",
                comment.State
            );
            Assert.Equal(isDeleted ? "" : discussion.Text(message, _versions.GetValueOrDefault(message)), comment.Body);
        }

        // Neither where it came to be a comment nor where its deletion was told first.
        foreach (var message in _deleted)
        {
            Assert.Equal(0, discussion.Traces(message));
        }
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

    private static void CheckWhoReads(
        IReadOnlyList<StoredComment> comments,
        Sight sight,
        IReadOnlyList<CommentView> page
    )
    {
        var views = page.ToDictionary(view => view.Number);
        foreach (var comment in comments)
        {
            var needed = comment.Visibility switch
            {
                "public" => Sight.Public,
                "members" => Sight.Members,
                _ => Sight.All,
            };
            Assert.Equal(comment.State == "visible" && sight >= needed, views[(int)comment.Number].Text is not null);
        }
    }

    // At most one in each channel, none where it was written or where more people read, and none in its own workspace.
    private void CheckCopies(IReadOnlyList<StoredComment> comments)
    {
        var byNumber = comments.ToDictionary(comment => (int)comment.Number);
        foreach (var comment in comments)
        {
            Assert.Equal(PublicationOf(comment).ToString(), comment.Visibility, ignoreCase: true);
        }

        foreach (var (place, copies) in discussion.Copies())
        {
            Assert.Equal(copies.Count, copies.Select(copy => copy.Number).Distinct().Count());
            foreach (var copy in copies)
            {
                Assert.True(Goes(byNumber[copy.Number], place), $"#{copy.Number} stands in place {place}.");
                Assert.True(copy.Comment is not null);
                Assert.True(
                    copy.Comment.State == CopyState.Shown || copy.Comment is { Markdown: "", Author: "" },
                    "What is hidden or deleted shows neither text nor name."
                );
            }
        }
    }

    private void CheckEnd(
        int place,
        StoredComment comment,
        PostBody.Copy? copy,
        Dictionary<int, StoredComment> byNumber
    )
    {
        var isThere =
            comment.State == "visible" && Goes(comment, place) && !discussion.IsGathered(place, comment.Number);
        Assert.True(copy is not null || !isThere, $"#{comment.Number} is not in place {place}.");
        if (copy is null)
        {
            return;
        }

        Assert.NotEqual("deleted", comment.State);
        Assert.Equal(comment.State == "visible" ? comment.Body : "", copy.Comment!.Markdown);
        Assert.Equal(comment.State == "visible" ? CopyState.Shown : CopyState.Hidden, copy.Comment.State);
        if (copy.Comment.Answers is not { } answered)
        {
            return;
        }

        var parent = byNumber[answered.Number];
        Assert.Equal(comment.Parent, parent.Number);
        var isOpen =
            parent.State == "visible"
            && (
                discussion.PlaceOf(parent.Channel) == place
                || (
                    PublicationOf(parent) is not Visibility.Off
                    && Discussion.Places[place].Publication <= PublicationOf(parent)
                )
            );
        Assert.Equal(isOpen, answered.Excerpt.Length > 0);
        Assert.Equal(isOpen, answered.Author.Length > 0);
        Assert.True(!isOpen || parent.Body.StartsWith(answered.Excerpt[..20], StringComparison.Ordinal));
    }

    private Visibility PublicationOf(StoredComment comment) =>
        Discussion.Places[discussion.PlaceOf(comment.Channel)].Publication;

    private bool Goes(StoredComment comment, int place) =>
        Discussion.Places[discussion.PlaceOf(comment.Channel)].Platform != Discussion.Places[place].Platform
        && Discussion.Places[place].Publication <= PublicationOf(comment);
}
