using System.Globalization;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;

namespace NewsBot.Chat.Slack;

/// <summary>An answer to who used something in Slack; only they see it.</summary>
/// <param name="Markdown">Our own Markdown, not yet Slack's; anything foreign in it is escaped.</param>
internal sealed record SlackAnswer(string Markdown)
{
    // Slack's own limits of a button.
    private const int MaxLabel = 75;
    private const int MaxValue = 2_000;

    // More buttons than that are a list, and lists are text.
    private const int MostButtons = 10;

    /// <summary>Blocks below the text: buttons and selects.</summary>
    public IReadOnlyList<Block> Rows { get; init; } = [];

    /// <summary>A file that belongs to it; null for none.</summary>
    public CommandFile? File { get; init; }

    /// <summary>Posts it shows as they would be posted; null for none.</summary>
    public CommandPreview? Preview { get; init; }

    /// <summary>The answer of a command with its buttons.</summary>
    public static SlackAnswer Of(CommandReply reply) =>
        reply switch
        {
            { LoginFor: { } place } => ForLogin(reply, place),
            { ConfirmCode: { } code } => new SlackAnswer(Asking(reply, code))
            {
                File = reply.File,
                Preview = reply.Preview,
                Rows = [Ask(code)],
            },
            _ => new SlackAnswer(reply.TextOn(Platform.Slack))
            {
                File = reply.File,
                Preview = reply.Preview,
                Rows = Next(reply.Suggestions),
            },
        };

    /// <summary>What is shown before a change; the button stands below, so nobody has to type the code.</summary>
    public static string Asking(CommandReply reply, string code) =>
        reply
            .TextOn(Platform.Slack)
            .Replace($"`/news confirm {code}` does it", "**Confirm** does it", StringComparison.Ordinal);

    /// <summary>Buttons that run lines.</summary>
    public static IReadOnlyList<Block> Next(IReadOnlyList<string> lines)
    {
        var buttons = lines
            .Where(line => line.Length <= MaxValue)
            .Distinct(StringComparer.Ordinal)
            .Take(MostButtons)
            .Select(
                (line, i) =>
                    Button($"{SlackActions.Run}:{i.ToString(CultureInfo.InvariantCulture)}", $"/news {line}", line)
            )
            .ToList();
        return buttons.Count == 0 ? [] : [Block.Actions(buttons)];
    }

    /// <summary>A button; its words are cut to what Slack shows.</summary>
    public static Element Button(string actionId, string words, string value, string? style = null) =>
        new(ElementTypes.Button)
        {
            ActionId = actionId,
            Text = TextObject.Plain(Shortened.To(words, MaxLabel)) with { Emoji = false },
            Value = value,
            Style = style is null ? null : ElementStyle.Of(style),
        };

    private static SlackAnswer ForLogin(CommandReply reply, LoginPlace place) =>
        SlackLoginForm.ValueFor(place) is { } value
            ? new(reply.Markdown)
            {
                Rows = [Block.Actions(Button(SlackActions.OpenLogin, "Type the login", value, "primary"))],
            }
            : new(
                reply.Markdown
                    + "\n\nThis address is too long for the form; who runs the newsroom can add it on the command line."
            );

    private static Block Ask(string code) =>
        Block.Actions(
            Button(SlackActions.Confirm, "Confirm", code, "primary"),
            Button(SlackActions.Cancel, "Cancel", code)
        );
}
