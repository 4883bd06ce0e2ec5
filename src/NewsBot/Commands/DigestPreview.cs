using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Posts;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Writes the digest a channel would get now as text.</summary>
internal static class DigestPreview
{
    /// <summary>The answer to who asks for it.</summary>
    /// <param name="channel">Whose digest.</param>
    /// <param name="bodies">Its messages in their order; empty where there is nothing to say.</param>
    /// <param name="now">For how long the next one is away.</param>
    public static CommandReply Of(ChannelRow channel, IReadOnlyList<PostBody> bodies, DateTimeOffset now)
    {
        var name = $"#{MarkdownEscape.Line(channel.Name)}";
        var next = channel.NextDigestAt is { } at ? $" The next one is due {Answers.Age(at, now)}." : "";
        if (bodies.Count == 0)
        {
            var quiet =
                channel.QuietDay == "say"
                    ? "The digest would say that it is a quiet day."
                    : "No digest would be posted.";
            return CommandReply.Done($"Nothing waits for the digest of {name}. {quiet}{next}");
        }

        var words = string.Join('\n', bodies.Select(Line));
        var life = LengthOfTime.Words(DigestDrafts.Life);
        return CommandReply.Done(
            $"This is the digest that {name} would get now.{next} Within {life} exactly this one is posted, unless something in it changes.\n\n{words}"
        ) with
        {
            Preview = new CommandPreview(
                Enum.Parse<Platform>(channel.Platform, ignoreCase: true),
                new ChannelId(channel.Id),
                channel.ExternalId,
                bodies,
                words
            ),
        };
    }

    /// <summary>One message of a digest as text.</summary>
    public static string Line(PostBody body) =>
        body switch
        {
            PostBody.DigestHeading heading =>
                $"**{MarkdownEscape.Line(heading.Title, 120)}**\n{MarkdownEscape.Line(heading.Subtitle, 200)}",
            PostBody.Card card =>
                $"- card: {MarkdownEscape.Link(card.Headline, card.Url)} · {MarkdownEscape.Line(card.Source, 60)}{(card.Why is { } why ? $"\n  {MarkdownEscape.Line(why, 240)}" : "")}",
            PostBody.DigestList list => string.Join('\n', list.InSections().Select(Section))
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

    private static string Section((string? Title, IReadOnlyList<DigestLine> Lines) section) =>
        (section.Title is { } title ? $"\n**{MarkdownEscape.Line(title, 60)}**\n" : "")
        + string.Join(
            '\n',
            section.Lines.Select(line =>
                $"- {MarkdownEscape.Link(line.Headline, line.Url)} · {MarkdownEscape.Line(line.Source, 60)}{(line.Quote is { } said ? $": {Quote(said)}" : "")}"
            )
        );

    private static string Quote(BestComment comment) =>
        $"“{MarkdownEscape.Line(comment.Text, 160)}” by {MarkdownEscape.Line(comment.Author, 60)}";
}
