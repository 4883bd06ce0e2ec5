using System.Globalization;
using System.Text;
using NewsBot.Core.Posts;
using NewsBot.Core.Summaries;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

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
            PostBody.Panel panel => panel.Markdown,
            PostBody.SoFar { Discussion: { } discussion } => SoFar(discussion),
            PostBody.More more => string.Create(
                CultureInfo.InvariantCulture,
                $"{more.Count} more comments from #{more.First} on"
            ),
            _ => "",
        };

    private static string Card(PostBody.Card card)
    {
        var label = card.SummaryBy is { } model ? $"\n{SummaryMethods.Label(model)}" : "";
        if (card.Text is { } made)
        {
            return $"{card.Headline}\n{MarkdownPlain.Render(made)}{label}\n{card.Url}";
        }

        var text = new StringBuilder(card.Headline).Append('\n').Append(card.Source);
        if (card.Also.Count > 0)
        {
            text.Append(" · also: ").AppendJoin(", ", card.Also);
        }

        if (card.Correction is { } correction)
        {
            text.Append("\nUpdated");
            if (card.CorrectedAt is { } at)
            {
                text.Append(' ').Append(UpdatedMark.Words(at, card.PublishedAt));
            }

            text.Append(": ").Append(correction);
        }

        if (card.Summary.Length > 0)
        {
            text.Append('\n').Append(card.Summary).Append(label);
        }

        if (card.Quote is { } quote)
        {
            text.Append('\n').Append(Quote(quote));
        }

        if (card.Why is { } why)
        {
            text.Append("\nWhy here: ").Append(why);
        }

        return text.Append('\n').Append(card.Url).ToString();
    }

    private static string SoFar(DiscussionSoFar discussion) =>
        string.Join(
            '\n',
            discussion
                .Best.Select(best =>
                    string.Create(CultureInfo.InvariantCulture, $"#{best.Number} {best.Author}: {best.Text}")
                )
                .Prepend($"{Wording.Count(discussion.Count, "comment")} so far")
        );

    private static string List(PostBody.DigestList list)
    {
        var lines = list.InSections()
            .SelectMany(section => section.Lines.Select(Line).Prepend(section.Title).OfType<string>());
        var best = list.BestComment is { } comment
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"\nMost discussed: #{comment.Number} by {comment.Author}: {comment.Text}"
            )
            : "";
        var answered = string.Concat(list.MostAnswered.Select(quote => "\n" + Quote(quote)));
        var welcome = list.Welcome(name => name) is { } words ? "\n" + words : "";
        return string.Join('\n', lines) + best + answered + welcome;
    }

    private static string Line(DigestLine line)
    {
        var updated = line.UpdatedAt is { } at ? $" (updated {UpdatedMark.Words(at, at)})" : "";
        var quote = line.Quote is { } said ? "\n  " + Quote(said) : "";
        return $"• {line.Headline} ({line.Source}){updated} {line.Url}{quote}";
    }

    private static string Quote(BestComment comment) =>
        string.Create(CultureInfo.InvariantCulture, $"“{comment.Text}” — {comment.Author}, #{comment.Number}");
}
