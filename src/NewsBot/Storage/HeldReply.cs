using System.Globalization;
using NewsBot.Core.Posts;
using NewsBot.Core.Text;
using NewsBot.Web;

namespace NewsBot.Storage;

/// <summary>A reply that waits, or waited.</summary>
internal sealed class HeldReply
{
    // As much as a message of every platform holds beside the rest.
    private const int MaxShown = 1_200;

    /// <summary>What can be decided: the command's word, and what its button says.</summary>
    public static IReadOnlyList<(string Word, string Label)> Decisions { get; } =
    [("show", "Show"), ("keep", "Keep hidden"), ("mute", "Mute author")];

    public required long Comment { get; init; }
    public required string Why { get; init; }
    public required long HeldAt { get; init; }
    public string? Decision { get; init; }
    public string? DecidedBy { get; init; }
    public required long Story { get; init; }
    public required long Number { get; init; }
    public required string Body { get; init; }
    public required string Author { get; init; }
    public required string Headline { get; init; }
    public required string Slug { get; init; }
    public required long Community { get; init; }
    public required string Channel { get; init; }
    public required string Platform { get; init; }
    public required long Member { get; init; }
    public required string Role { get; init; }
    public long? Place { get; init; }

    public string Cause => PostSubject.Review(Comment).Value;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Story}#{Number}");

    private string Link =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"[comment {Number} on {MarkdownEscape.Line(Headline, 140)}]({PageAddresses.StoryPath(Story, Slug)}#c{Number})"
        );

    public PostBody.Panel Question() =>
        new(
            $"**A reply waits for you.** It {Why}. It is {Link} ({Name}), by {MarkdownEscape.Line(Author, 60)} in #{MarkdownEscape.Line(Channel, 60)}:\n\n> {MarkdownEscape.Line(Body, MaxShown)}",
            [.. Decisions.Select(decision => new PanelButton(decision.Label, $"review {Name} {decision.Word}"))]
        );

    public PostBody.Panel Decided(string decision, string who) =>
        new(
            decision switch
            {
                "shown" => $"**Shown** by {who}: {Link} ({Name}).",
                "kept" => $"**Kept hidden** by {who}: {Link} ({Name}).",
                "muted" => $"**Kept hidden, and its author muted,** by {who}: {Link} ({Name}).",
                _ => $"**Deleted by its author** before anybody decided: comment {Name}.",
            },
            []
        );
}
