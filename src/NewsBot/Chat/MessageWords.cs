using System.Globalization;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Web;

namespace NewsBot.Chat;

/// <summary>What the menu of a message says and does, in any chat. Pure.</summary>
internal static class MessageWords
{
    public const string NothingToHide =
        "This message is no comment, so there is nothing to hide. `/news takedown` removes a whole story.";

    public const string NoCard = "This message is no story's card.";

    public const string NoOtherStory = "There is no other story to merge it into.";

    public static readonly CommandSpec Hide = Catalogue.Find("hide")!;
    public static readonly CommandSpec Merge = Catalogue.Find("merge")!;

    /// <summary>What a message is, and how it is answered.</summary>
    /// <param name="what">The message.</param>
    /// <param name="place">Where it can be linked on its platform; null where it has a page.</param>
    /// <param name="howTo">How a comment is answered there, as the end of "To answer it, …".</param>
    public static string Describe(MessageTarget what, string? place, string howTo)
    {
        if (what.Story is not { } story)
        {
            return "This message is neither a story nor a comment on one. Reply to a story's card, or write in its thread, and it becomes one.";
        }

        if (what.Comment is not { } number)
        {
            return what.IsCard
                ? $"This is the card of {Link(what)}. A reply to it, or a message in its thread, is a comment."
                : $"This message belongs to {Link(what)}, but it is no comment: it was written before the thread was followed, or by a program.";
        }

        var answered =
            what.Parent == 0
                ? "It answers the story."
                : string.Create(CultureInfo.InvariantCulture, $"It answers #{what.Parent}.");
        var link =
            place
            ?? string.Create(
                CultureInfo.InvariantCulture,
                $"[its place on the page](/stories/{story}/comments/{number})"
            );
        var hidden = what.IsHidden ? " A moderator has hidden it on the page." : "";
        var copy = what.IsCopy ? " (a copy: it was written elsewhere)" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Comment **#{number}**{copy} on {Link(what)}: {link}. {answered}{hidden}\nTo answer it, {howTo}, or begin yours with `#{number}`."
        );
    }

    /// <returns>The command that hides the comment; null where the message is none.</returns>
    public static TypedCommand? Hiding(MessageTarget what) =>
        what is { Story: { } story, Comment: { } number }
            ? new TypedCommand(
                Hide,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["comment"] = string.Create(CultureInfo.InvariantCulture, $"{story}#{number}"),
                }
            )
            : null;

    /// <summary>The command that points one story at another.</summary>
    public static TypedCommand Merging(long loser, long winner) =>
        new(
            Merge,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["loser"] = loser.ToString(CultureInfo.InvariantCulture),
                ["winner"] = winner.ToString(CultureInfo.InvariantCulture),
            }
        );

    /// <summary>What is asked before a story is chosen to merge into.</summary>
    public static string WhichStory(MessageTarget what) =>
        $"Into which story is {Link(what)} to be merged? For an older one use `/news merge`.";

    private static string Link(MessageTarget what) =>
        $"[{MarkdownEscape.Line(what.Headline, 140)}]({PageAddresses.StoryPath(what.Story ?? 0, what.Slug)})";
}
