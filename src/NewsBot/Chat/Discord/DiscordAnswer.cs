using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;

namespace NewsBot.Chat.Discord;

/// <summary>An answer to who used something in Discord; only they see it.</summary>
/// <param name="Markdown">Our own Markdown, not yet Discord's; anything foreign in it is escaped.</param>
internal sealed record DiscordAnswer(string Markdown)
{
    private const int MaxCustomId = 100;
    private const int MaxLabel = 80;
    private const int MostInRow = 5;

    // Two rows; more buttons than that are a list, and lists are text.
    private const int MostButtons = 10;

    private const int Grey = 2;
    private const int Green = 3;

    /// <summary>Rows of buttons or selects below it.</summary>
    public IReadOnlyList<Component> Rows { get; init; } = [];

    /// <summary>A file that belongs to it; null for none.</summary>
    public CommandFile? File { get; init; }

    /// <summary>Posts it shows as they would be posted; null for none.</summary>
    public CommandPreview? Preview { get; init; }

    /// <summary>The answer of a command with its buttons.</summary>
    public static DiscordAnswer Of(CommandReply reply) =>
        reply switch
        {
            { LoginFor: { } place } => ForLogin(reply, place),
            // The button stands below; nobody has to type the code.
            { ConfirmCode: { } code } => new DiscordAnswer(
                reply
                    .TextOn(Platform.Discord)
                    .Replace($"`/news confirm {code}` does it", "**Confirm** does it", StringComparison.Ordinal)
            )
            {
                File = reply.File,
                Preview = reply.Preview,
                Rows = [Ask(code)],
            },
            _ => new DiscordAnswer(reply.TextOn(Platform.Discord))
            {
                File = reply.File,
                Preview = reply.Preview,
                Rows = Next(reply),
            },
        };

    private static DiscordAnswer ForLogin(CommandReply reply, LoginPlace place) =>
        DiscordLoginForm.IdFor(place) is { } id
            ? new(reply.Markdown) { Rows = [Row([Button(Green, "Type the login", id)])] }
            : new(
                reply.Markdown
                    + "\n\nThis address is too long for the form; who runs the newsroom can add it on the command line."
            );

    private static Component Ask(string code) =>
        Row([Button(Green, "Confirm", $"confirm:{code}"), Button(Grey, "Cancel", $"cancel:{code}")]);

    private static IReadOnlyList<Component> Next(CommandReply reply) =>
        [
            .. reply
                .Suggestions.Where(line => line.Length + "run:".Length <= MaxCustomId)
                .Distinct(StringComparer.Ordinal)
                .Take(MostButtons)
                .Select(line => Button(Grey, Label(line), $"run:{line}"))
                .Chunk(MostInRow)
                .Select(Row),
        ];

    /// <summary>A row of buttons, or of one select.</summary>
    public static Component Row(IReadOnlyList<Component> components) =>
        new(ComponentType.ActionRow) { Components = components };

    private static Component Button(int style, string label, string customId) =>
        new(ComponentType.Button)
        {
            Style = style,
            Label = label,
            CustomId = customId,
        };

    private static string Label(string line) => Shortened.To(DiscordAnswerText.CommandLine(line), MaxLabel);
}
