using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Slack;

/// <summary>Turns the Markdown of an answer into what Slack shows, in blocks it takes. Pure.</summary>
internal static class SlackAnswerText
{
    /// <summary>Characters of one block; a few of them are a message.</summary>
    public const int MaxBlockChars = 2_500;

    /// <summary>Writes a text as blocks.</summary>
    /// <param name="markdown">Links in it lead where whoever reads it can go; others are left as words.</param>
    /// <returns>One block for each <see cref="MaxBlockChars"/> characters; none for an empty text.</returns>
    public static IReadOnlyList<Block> Blocks(string markdown) =>
        [
            .. AnswerText
                .Split(markdown, MaxBlockChars)
                // An address that stands for itself counts twice, as words and as where they lead.
                .Select(piece => SlackMarkdown.Block(piece, origin: null, 2 * MaxBlockChars))
                .OfType<Block>(),
        ];

    /// <summary>The same text without signs, for notifications, screen readers and places without styles.</summary>
    public static string Plain(string markdown) => MarkdownPlain.Render(markdown);
}
