using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Commands;

namespace NewsBot.Tests.Slack.Commands;

/// <summary>Every window and answer within what Slack takes.</summary>
public sealed class SlackViewTests
{
    private static readonly string Long = string.Join("\n\n", Enumerable.Repeat(new string('x', 900), 120));

    private static readonly SlackFormState State = new(Channel: "C1", Thread: "1.1", Message: "2.2");

    public static TheoryData<string> Views => [.. All().Select(pair => pair.Name)];

    [Theory]
    [MemberData(nameof(Views))]
    public void Every_window_is_within_the_limits_of_Slack(string name)
    {
        var view = All().First(pair => pair.Name == name).View;

        Assert.InRange(view.Title!.Text.Length, 1, 24);
        Assert.InRange(view.Close!.Text.Length, 1, 24);
        Assert.InRange(view.Submit?.Text.Length ?? 1, 1, 24);
        Assert.InRange(view.Blocks!.Count, 1, 100);
        Assert.InRange(view.CallbackId?.Length ?? 0, 0, 255);
        Assert.InRange(view.PrivateMetadata?.Length ?? 0, 0, 3_000);
        Assert.True(view.Submit is not null || view.Blocks.All(block => block.Type != BlockTypes.Input));
        var inputs = view.Blocks.Where(block => block.Type == BlockTypes.Input).ToList();
        Assert.Equal(inputs.Count, inputs.Select(input => input.BlockId).Distinct().Count());
        Assert.All(inputs, input => Assert.InRange(input.Label!.Text.Length, 1, 2_000));
        Assert.All(inputs, input => Assert.InRange(input.Element!.InitialValue?.Length ?? 0, 0, 3_000));
        Assert.All(inputs, input => Assert.InRange(input.Element!.MaxLength ?? 1, 1, 3_000));
        Assert.All(inputs, input => Assert.InRange(input.Element!.Placeholder?.Text.Length ?? 1, 1, 150));
    }

    [Fact]
    public void Buttons_fit_however_long_the_line_is()
    {
        var answer = SlackAnswer.Of(
            CommandReply.Done("x") with
            {
                Suggestions =
                [
                    .. Enumerable.Range(0, 40).Select(i => $"add https://x.example/{i}{new string('y', 300)}"),
                    new string('z', 3_000),
                ],
            }
        );

        var buttons = Assert.Single(answer.Rows).Elements!;
        Assert.InRange(buttons.Count, 1, 25);
        Assert.Equal(buttons.Count, buttons.Select(button => button.ActionId).Distinct().Count());
        Assert.All(buttons, button => Assert.InRange(button.Text!.Text.Length, 1, 75));
        Assert.All(buttons, button => Assert.InRange(button.Value!.Length, 1, 2_000));
    }

    [Fact]
    public void The_shortcuts_fit_the_menu_of_Slack()
    {
        Assert.InRange(SlackActions.Shortcuts.Count, 1, 5);
        Assert.All(SlackActions.Shortcuts, shortcut => Assert.InRange(shortcut.Name.Length, 1, 24));
        Assert.All(SlackActions.Shortcuts, shortcut => Assert.InRange(shortcut.Description.Length, 1, 150));
        Assert.All(SlackActions.Shortcuts, shortcut => Assert.InRange(shortcut.CallbackId.Length, 1, 255));
    }

    [Theory]
    [InlineData("", "home", null)]
    [InlineData("  ", "home", null)]
    [InlineData("add", "source", null)]
    [InlineData("DIGEST set", "digest", null)]
    [InlineData("filter set", "filter", null)]
    [InlineData("filter set cnet", "filter", "cnet")]
    [InlineData("filter set \"The Daily\"", "filter", "The Daily")]
    [InlineData("template set cnet", "template", "cnet")]
    [InlineData("login set The Daily", "login", "The Daily")]
    [InlineData("import", "import", null)]
    public void A_line_without_its_values_opens_a_window(string line, string kind, string? source)
    {
        Assert.Equal((kind, source), SlackFormKinds.Opens(line));
    }

    [Theory]
    [InlineData("help")]
    [InlineData("add https://x.example")]
    [InlineData("filter set cnet -rumor")]
    [InlineData("filter show cnet")]
    [InlineData("import https://x.example/feeds.opml")]
    public void A_line_with_its_values_is_run(string line)
    {
        Assert.Null(SlackFormKinds.Opens(line));
    }

    [Theory]
    [InlineData("discuss:12:key", null, 12L)]
    [InlineData("discuss", "12", 12L)]
    [InlineData("discuss", "x", null)]
    [InlineData("discuss:x:key", null, null)]
    [InlineData("other:12", "12", null)]
    [InlineData(null, "12", null)]
    public void A_button_below_a_card_names_its_story(string? actionId, string? value, long? story)
    {
        Assert.Equal(story, SlackActions.StoryOf(actionId, value));
    }

    private static List<(string Name, View View)> All() =>
        [
            ("loading", SlackViews.Loading()),
            ("result", SlackViews.Result(Long)),
            ("nothing", SlackViews.Result("")),
            ("confirm", SlackViews.Confirm(Long, new SlackFormState(Code: "abcdef"))),
            ("home", SlackViews.Home([Long], [Long], isAdmin: true, State)),
            ("empty home", SlackViews.Home([], [], isAdmin: false, State)),
            ("source", SlackFormViews.Source(State)),
            ("digest", SlackFormViews.Digest(State, "America/Argentina/ComodRivadavia")),
            ("pick filter", SlackFormViews.Pick("filter", State)),
            ("pick login", SlackFormViews.Pick("login", State)),
            ("text", SlackFormViews.Text(SourceForm.Of("filter")!, Long, Long, State)),
            ("template", SlackFormViews.Text(SourceForm.Of("template")!, "x", "y", State)),
            ("import", SlackFormViews.Import(State)),
            ("login", SlackFormViews.Login(Long, State with { Url = "https://x.example/" + new string('y', 4_000) })),
            ("header", SlackFormViews.Login("x", State with { Header = new string('h', 500) })),
            ("answer", SlackFormViews.Answer(Long, null, State)),
            ("change", SlackFormViews.Answer("x", Long, State)),
        ];
}
