using System.Globalization;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>The windows that show something: a moment's wait, a result, a change to confirm, the newsroom. Pure.</summary>
internal static class SlackViews
{
    /// <summary>Slack's own limit of a title and of the words on its buttons.</summary>
    public const int MaxTitle = 24;

    public const string HomeCallback = "home";
    public const string ConfirmCallback = "confirm";

    // Slack takes a hundred; nobody scrolls through more than this.
    private const int MostBlocks = 20;

    private const string Name = "Newsroom";

    /// <summary>Opened at once, because what opens a window is good for three seconds only.</summary>
    public static View Loading() => Show(Name, SlackAnswerText.Blocks("One moment…"));

    /// <summary>An answer.</summary>
    /// <param name="markdown">Our own text with addresses that can be reached.</param>
    public static View Result(string markdown) => Show(Name, Text(markdown));

    /// <summary>A change as it would be, to be confirmed.</summary>
    /// <param name="markdown">Our own text with addresses that can be reached.</param>
    /// <param name="state">Holds the code.</param>
    public static View Confirm(string markdown, SlackFormState state) =>
        Show("Is this right?", Text(markdown)) with
        {
            CallbackId = ConfirmCallback,
            Submit = TextObject.Plain("Confirm"),
            Close = TextObject.Plain("Cancel"),
            PrivateMetadata = state.Write(),
        };

    /// <summary>The newsroom at a glance.</summary>
    /// <param name="latest">Lines of a list: the newest stories; our own Markdown with addresses that can be reached.</param>
    /// <param name="followed">Likewise: what whoever looks follows.</param>
    /// <param name="isAdmin">Whether they may change it.</param>
    /// <param name="state">Where they came from.</param>
    public static View Home(
        IReadOnlyList<string> latest,
        IReadOnlyList<string> followed,
        bool isAdmin,
        SlackFormState state
    )
    {
        List<Block> blocks =
        [
            Block.Header("Newest stories"),
            .. Text(latest.Count == 0 ? "There is no news yet." : string.Join('\n', latest)),
            Block.Header("You follow"),
            .. Text(
                followed.Count == 0
                    ? "No story. `/news follow` and its number tells you of new comments."
                    : string.Join('\n', followed)
            ),
        ];
        if (isAdmin)
        {
            blocks.Add(Block.Divider());
            blocks.Add(
                Block.Actions(
                    Opening(SlackFormKinds.Source, "Add a source", "primary"),
                    Opening(SlackFormKinds.Digest, "Digest"),
                    Opening(SlackFormKinds.Filter, "Filter"),
                    Opening(SlackFormKinds.Template, "Template"),
                    Opening(SlackFormKinds.Import, "Import")
                )
            );
        }

        blocks.AddRange(SlackAnswerText.Blocks("`/news help` lists all commands."));
        return Show(Name, blocks) with { CallbackId = HomeCallback, PrivateMetadata = state.Write() };
    }

    /// <summary>A window of ours with a title that fits.</summary>
    public static View Show(string title, IReadOnlyList<Block> blocks) =>
        new()
        {
            Title = TextObject.Plain(Shortened.To(title, MaxTitle)) with { Emoji = false },
            Close = TextObject.Plain("Close"),
            Blocks = blocks,
        };

    private static IReadOnlyList<Block> Text(string markdown)
    {
        var blocks = SlackAnswerText.Blocks(markdown);
        return blocks.Count switch
        {
            0 => SlackAnswerText.Blocks("There is nothing to show."),
            <= MostBlocks => blocks,
            _ => [.. blocks.Take(MostBlocks), .. SlackAnswerText.Blocks("…")],
        };
    }

    private static Element Opening(string kind, string words, string? style = null) =>
        SlackAnswer.Button(
            string.Create(CultureInfo.InvariantCulture, $"{SlackActions.Open}:{kind}"),
            words,
            kind,
            style
        );
}
