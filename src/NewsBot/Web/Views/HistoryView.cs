using Microsoft.AspNetCore.Html;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Web.Views;

/// <summary>How a story changed at its source.</summary>
/// <param name="Changes">Newest first; never empty.</param>
/// <param name="Now">The time of the page.</param>
internal sealed record HistoryView(IReadOnlyList<StoryChange> Changes, DateTimeOffset Now)
{
    public string Times => Changes.Count == 1 ? "once" : Wording.Count(Changes.Count, "time");

    /// <summary>A comparison for eyes, and for screen readers, most of which tell nothing of what these elements mean.</summary>
    public static IHtmlContent Words(IReadOnlyList<WordChange> parts) =>
        new HtmlString(
            string.Concat(
                parts.Select(part =>
                    part.Kind switch
                    {
                        WordChangeKind.Gone => Marked("del", "removed", part.Text),
                        WordChangeKind.Added => Marked("ins", "added", part.Text),
                        _ => Wording.Html.Encode(part.Text),
                    }
                )
            )
        );

    // What went and what came in its place stand beside each other, so a space parts them; spaces at the ends are not marked.
    private static string Marked(string element, string what, string text)
    {
        var words = text.Trim();
        var before = text.Length > 0 && char.IsWhiteSpace(text[0]) ? " " : "";
        var after = element == "del" || (text.Length > 0 && char.IsWhiteSpace(text[^1])) ? " " : "";
        return $"{before}<{element}><span class=\"vh\">{what}: </span>{Wording.Html.Encode(words)}</{element}>{after}";
    }
}

/// <summary>One change of a story.</summary>
/// <param name="At">When we saw it, UTC.</param>
/// <param name="Headline">The headline with what went and came; empty where it stayed.</param>
/// <param name="Summary">The same of the summary.</param>
/// <param name="SkipsVersions">True where versions before it are no longer kept.</param>
internal sealed record StoryChange(
    DateTimeOffset At,
    IReadOnlyList<WordChange> Headline,
    IReadOnlyList<WordChange> Summary,
    bool SkipsVersions
)
{
    /// <summary>True where what changed is not part of what we show.</summary>
    public bool IsElsewhere => Headline.Count == 0 && Summary.Count == 0;

    /// <summary>The changes between versions.</summary>
    /// <param name="versions">Oldest first, the one that holds now last.</param>
    /// <returns>Newest first.</returns>
    public static IReadOnlyList<StoryChange> Between(IReadOnlyList<StoryVersion> versions) =>
        [
            .. versions
                .Zip(versions.Skip(1))
                .Select(pair => new StoryChange(
                    pair.Second.Since,
                    Difference(pair.First.Headline, pair.Second.Headline),
                    Difference(pair.First.Summary, pair.Second.Summary),
                    pair.Second.Number > pair.First.Number + 1
                ))
                .Reverse(),
        ];

    private static IReadOnlyList<WordChange> Difference(string old, string current) =>
        old == current ? [] : WordDifference.Between(old, current);
}

/// <summary>Why a story stands in the digest of a channel.</summary>
/// <param name="Channel">Its name, without the number sign.</param>
/// <param name="Why">One sentence.</param>
internal sealed record DigestPlace(string Channel, string Why);
