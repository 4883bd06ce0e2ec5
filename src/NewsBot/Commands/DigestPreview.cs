using NewsBot.Core.Posts;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Writes the digest a channel would get now as text.</summary>
internal static class DigestPreview
{
    /// <param name="channel">Whose digest.</param>
    /// <param name="bodies">Its messages in their order; empty where there is nothing to say.</param>
    /// <param name="now">For how long the next one is away.</param>
    public static string Of(ChannelRow channel, IReadOnlyList<PostBody> bodies, DateTimeOffset now)
    {
        var name = $"#{MarkdownEscape.Line(channel.Name)}";
        var next = channel.NextDigestAt is { } at ? $" The next one is due {Answers.Age(at, now)}." : "";
        if (bodies.Count == 0)
        {
            var quiet =
                channel.QuietDay == "say"
                    ? "The digest would say that it is a quiet day."
                    : "No digest would be posted.";
            return $"Nothing waits for the digest of {name}. {quiet}{next}";
        }

        return $"This is the digest that {name} would get now.{next}\n\n" + string.Join('\n', bodies.Select(Line));
    }

    /// <summary>One message of a digest as text.</summary>
    public static string Line(PostBody body) =>
        body switch
        {
            PostBody.DigestHeading heading =>
                $"**{MarkdownEscape.Line(heading.Title, 120)}**\n{MarkdownEscape.Line(heading.Subtitle, 200)}",
            PostBody.Card card =>
                $"- card: {MarkdownEscape.Link(card.Headline, card.Url)} · {MarkdownEscape.Line(card.Source, 60)}",
            PostBody.DigestList list => string.Join(
                '\n',
                list.Lines.Select(line =>
                    $"- {MarkdownEscape.Link(line.Headline, line.Url)} · {MarkdownEscape.Line(line.Source, 60)}{(line.Quote is { } said ? $": {Quote(said)}" : "")}"
                )
            )
                + (list.Welcome(name => MarkdownEscape.Line(name, 60)) is { } welcome ? $"\n- {welcome}" : "")
                + string.Concat(list.MostAnswered.Select(answered => $"\n- most answered: {Quote(answered)}"))
                + (
                    list.BestComment is { } best
                        ? $"\n- most discussed: {MarkdownEscape.Line(best.Author, 60)}: {MarkdownEscape.Line(best.Text, 280)}"
                        : ""
                ),
            PostBody.Notice notice => notice.Markdown,
            _ => "",
        };

    private static string Quote(BestComment comment) =>
        $"“{MarkdownEscape.Line(comment.Text, 160)}” by {MarkdownEscape.Line(comment.Author, 60)}";
}
