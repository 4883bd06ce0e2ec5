using System.Globalization;
using System.Text;
using NewsBot.Core.Posts;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Web;

/// <summary>What the bot says, as plain text: for the API, notifications and screen readers.</summary>
internal static class WebRenderer
{
    public static string Text(PostBody body) =>
        body switch
        {
            PostBody.Card { IsRemoved: true } => "This story was taken down.",
            PostBody.Card card => Card(card),
            PostBody.DigestHeading heading => $"{heading.Title}\n{heading.Subtitle}",
            PostBody.DigestList list => List(list),
            PostBody.Notice notice => notice.Markdown,
            _ => "",
        };

    private static string Card(PostBody.Card card)
    {
        if (card.Text is { } made)
        {
            return $"{card.Headline}\n{MarkdownPlain.Render(made)}\n{card.Url}";
        }

        var text = new StringBuilder(card.Headline).Append('\n').Append(card.Source);
        if (card.Also.Count > 0)
        {
            text.Append(" · also: ").AppendJoin(", ", card.Also);
        }

        if (card.Correction is { } correction)
        {
            text.Append("\nCorrected: ").Append(correction);
        }

        if (card.Summary.Length > 0)
        {
            text.Append('\n').Append(card.Summary);
        }

        return text.Append('\n').Append(card.Url).ToString();
    }

    private static string List(PostBody.DigestList list)
    {
        var lines = list.Lines.Select(line => $"• {line.Headline} ({line.Source}) {line.Url}");
        var best = list.BestComment is { } comment
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"\nMost discussed: #{comment.Number} by {comment.Author}: {comment.Text}"
            )
            : "";
        return string.Join('\n', lines) + best;
    }
}
