using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>Writes an answer as the private messages it takes.</summary>
internal sealed class SlackAnswerWriter(
    AnswerLinks links,
    ChatPosts posts,
    SlackInstalls installs,
    IOptions<WebOptions> web
)
{
    /// <summary>One response_url takes five; one is left for what was said while they waited.</summary>
    public const int MostPieces = 4;

    // Four blocks of rich text: Slack takes some 12,000 characters a message.
    private const int BlocksInPiece = 4;

    private const int MaxFallback = 300;

    // Slack takes 50 blocks a message, and the buttons below want room; and some 12,000 characters, of which the form of
    // the blocks takes the smaller part.
    private const int MaxShownBlocks = 45;
    private const int MaxShownChars = 12_000;

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
        List<SlackPiece> written = [.. blocks.Chunk(BlocksInPiece).Select(piece => new SlackPiece(fallback, piece))];
        written.AddRange(await ShownAsync(answer, cancellationToken));
        written[^1] = written[^1] with { Blocks = [.. written[^1].Blocks, .. answer.Rows] };
        return written;
    }

    // As the publisher would send them, but to one reader only; as many in one message as it takes.
    private async Task<IReadOnlyList<SlackPiece>> ShownAsync(SlackAnswer answer, CancellationToken cancellationToken)
    {
        List<SlackPiece> shown = [];
        foreach (var known in await posts.LoadAsync(answer.Preview, Platform.Slack, cancellationToken))
        {
            var install = await installs.FindAsync(known.Workspace, cancellationToken);
            var post = SlackPost.Of(known, install?.Url, web.Value.PublicUrl);
            var message = new SlackForm(post, SlackFormKind.Full).Message();
            var piece = new SlackPiece(message.Text, message.Blocks ?? []);
            if (
                shown is [.., var last]
                && Size(last) + Size(piece) <= MaxShownChars
                && last.Blocks.Count + piece.Blocks.Count <= MaxShownBlocks
            )
            {
                shown[^1] = last with { Blocks = [.. last.Blocks, .. piece.Blocks] };
            }
            else
            {
                shown.Add(piece);
            }
        }

        return shown;
    }

    private static int Size(SlackPiece piece) => JsonSerializer.Serialize(piece.Blocks).Length;

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
