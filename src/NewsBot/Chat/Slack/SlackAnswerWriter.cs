using System.Text;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Commands;

namespace NewsBot.Chat.Slack;

/// <summary>Writes an answer as the private messages it takes.</summary>
internal sealed class SlackAnswerWriter(AnswerLinks links)
{
    /// <summary>One response_url takes five; one is left for what was said while they waited.</summary>
    public const int MostPieces = 4;

    // Four blocks of rich text: Slack takes some 12,000 characters a message.
    private const int BlocksInPiece = 4;

    private const int MaxFallback = 300;

    private const string NotAll =
        "…\n\n*There is more than Slack shows here; the command line hands it out: `newsbot help`.*";

    /// <returns>At least one message; buttons are on the last.</returns>
    public async Task<IReadOnlyList<SlackPiece>> WriteAsync(SlackAnswer answer, CancellationToken cancellationToken)
    {
        var markdown = await links.ResolveAsync(WithFile(answer), cancellationToken);
        var blocks = SlackAnswerText.Blocks(markdown).ToList();
        if (blocks.Count == 0)
        {
            blocks = [.. SlackAnswerText.Blocks("There is nothing to show.")];
        }

        if (blocks.Count > MostPieces * BlocksInPiece)
        {
            blocks = [.. blocks.Take(MostPieces * BlocksInPiece - 1), .. SlackAnswerText.Blocks(NotAll)];
        }

        var fallback = SlackText.Line(SlackAnswerText.Plain(markdown), MaxFallback);
        var pieces = blocks.Chunk(BlocksInPiece).ToList();
        return
        [
            .. pieces.Select(
                (piece, i) => new SlackPiece(fallback, i == pieces.Count - 1 ? [.. piece, .. answer.Rows] : piece)
            ),
        ];
    }

    // What the answer does not show already; files cannot be handed out privately in Slack.
    private static string WithFile(SlackAnswer answer) =>
        answer.File is { } file && !answer.Markdown.Contains("```", StringComparison.Ordinal)
            ? $"{answer.Markdown}\n\n{Answers.Block(Encoding.UTF8.GetString(file.Bytes.Span))}"
            : answer.Markdown;
}

/// <summary>One message of an answer.</summary>
/// <param name="Text">What notifications and screen readers say.</param>
/// <param name="Blocks">What it shows.</param>
internal sealed record SlackPiece(string Text, IReadOnlyList<Block> Blocks);
