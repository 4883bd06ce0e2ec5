using System.Globalization;
using CsCheck;
using NewsBot.Core.Posts;
using NewsBot.Tests.Flows;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Mirroring;

/// <summary>
/// Up to two hundred events from three platforms, in any order and with any of them told again, end in the same page and
/// the same copies; and what always holds, holds after every step.
/// </summary>
public sealed class OneDiscussionTests : IAsyncLifetime
{
    // So many are played with every run of all tests; CsCheck's own variable asks for more.
    private static readonly long Iterations = Environment.GetEnvironmentVariable("CsCheck_Iter") is null
        ? 4
        : Check.Iter;

    private NewsDesk _desk = null!;
    private CommandDoor _commands = null!;

    [Fact]
    public async Task Any_order_with_anything_told_again_ends_in_the_same_page_and_the_same_copies()
    {
        await Gen.Int[0, int.MaxValue]
            .SampleAsync(
                async seed =>
                {
                    var random = new Random(seed);
                    var all = Gossip.Of(random, Discussion.Places.Count, Discussion.Members);

                    var first = await PlayAsync(all, all);
                    var retold = await PlayAsync(all, Gossip.Retold(random, all, keepsOrderOfMessages: true));
                    var shuffled = await PlayAsync(all, Gossip.Retold(random, all, keepsOrderOfMessages: false));

                    Assert.Equal(first.Exact, retold.Exact);
                    Assert.Equal(first.WithoutNumbers, shuffled.WithoutNumbers);
                },
                iter: Iterations,
                threads: 1
            );
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        _commands = new CommandDoor(_desk);
    }

    public async ValueTask DisposeAsync()
    {
        await _commands.DisposeAsync();
        await _desk.DisposeAsync();
    }

    private async Task<(string Exact, string WithoutNumbers)> PlayAsync(
        IReadOnlyList<Happening> all,
        IReadOnlyList<Happening> told
    )
    {
        var discussion = await Discussion.StartAsync(_desk, _commands);
        discussion.Know(all);
        var rules = new DiscussionRules(discussion, told);
        await discussion.PlayAsync(told, rules.CheckAsync);
        await rules.CheckEndAsync();
        return (await DescribeAsync(discussion, all, true), await DescribeAsync(discussion, all, false));
    }

    private static async Task<string> DescribeAsync(
        Discussion discussion,
        IReadOnlyList<Happening> all,
        bool withNumbers
    )
    {
        var names = all.OfType<Happening.Said>()
            .ToDictionary(said => Discussion.Id(said.Message), said => said.Message);
        var messages = (await discussion.CommentsAsync()).ToDictionary(
            comment => (int)comment.Number,
            comment => names[comment.Message]
        );
        List<string> lines = [];
        foreach (var viewer in DiscussionRules.Viewers)
        {
            lines.AddRange(
                InOrder(await discussion.PageAsync(viewer), view => messages[view.Number])
                    .Select(view => $"{viewer.In(1).Sight} {Name(view.Number)} to {Name(view.Parent)} {Words(view)}")
            );
        }

        foreach (var (place, copies) in discussion.Copies())
        {
            lines.AddRange(
                InOrder(copies, copy => messages[copy.Number])
                    .Select(copy =>
                        string.Create(CultureInfo.InvariantCulture, $"{place} {Name(copy.Number)} {Words(copy)}")
                    )
            );
        }

        return string.Join('\n', lines).Replace(discussion.Prefix, "", StringComparison.Ordinal);

        IEnumerable<T> InOrder<T>(IEnumerable<T> items, Func<T, int> message) =>
            withNumbers ? items : items.OrderBy(message);

        string Name(int number) =>
            number == 0 ? "the story"
            : withNumbers ? string.Create(CultureInfo.InvariantCulture, $"#{number} message {messages[number]}")
            : string.Create(CultureInfo.InvariantCulture, $"message {messages[number]}");
    }

    private static string Words(CommentView view) =>
        view.Text is { } text
            ? $"{view.Shown} {text.Author.Posts} {text.Markdown} {text.EditedAt is not null} {string.Join(',', text.Reactions)}"
            : view.Shown.ToString();

    private static string Words(PostBody.Copy copy) => $"{copy.Comment?.State} {copy.Comment?.Markdown}";
}
