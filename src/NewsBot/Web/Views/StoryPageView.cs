using System.Globalization;
using NewsBot.Core.Summaries;

namespace NewsBot.Web.Views;

/// <summary>The whole page of a story.</summary>
internal sealed record StoryPageView
{
    public required StoryView Story { get; init; }

    public required CommentPage Comments { get; init; }

    public required IReadOnlyList<StoryLine> Latest { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The form below the comments; null where there is nothing to be said of writing here.</summary>
    public CommentFormView? Form { get; init; }

    /// <summary>False where it is the story of another community than the one whose front page this server has.</summary>
    public bool IsHome => Story.Community == Storage.PageReader.HomeCommunity;

    /// <summary>The built-in channel where comments are written; null where there is none.</summary>
    public ChannelLink? Channel => Story.Channels.FirstOrDefault(channel => channel.IsBuiltIn);

    /// <summary>The id of the comment somebody came for; null for none.</summary>
    public string? At { get; init; }

    /// <summary>The story's own comments.</summary>
    public CommentListView List => ListOf(Story.Id, Comments.Items, "c", !Story.IsLocked && Story.MergedInto is null);

    /// <summary>The comments of a story that was joined with this one; its threads go on under its own numbers.</summary>
    public CommentListView ListOf(CommentSection section) =>
        ListOf(section.Story.Id, section.Items, CommentAnchors.Prefix(section.Story.Id), !Story.IsLocked);

    /// <summary>What tells an open page that it has to look again.</summary>
    public string Live =>
        "/live?"
        + string.Join(
            '&',
            Story
                .Merged.Select(other => other.Id)
                .Prepend(Story.Id)
                .Select(id => string.Create(CultureInfo.InvariantCulture, $"story={id}"))
        );

    private CommentListView ListOf(long story, IReadOnlyList<CommentView> items, string prefix, bool isOpen) =>
        new()
        {
            Items = items,
            Now = Now,
            Story = story,
            Prefix = prefix,
            Chat = null,
            Channel = Channel?.Name,
            Form = story == Story.Id ? Form : null,
            IsOpen = isOpen,
            At =
                At is { } at
                && at.StartsWith(prefix, StringComparison.Ordinal)
                && int.TryParse(
                    at.AsSpan(prefix.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                    : null,
        };

    public string MethodLine
    {
        get
        {
            if (Story.Summary.Count == 0)
            {
                return "";
            }

            var letters = Story
                .Summary.Select(sentence => sentence.Letter)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .ToList();
            var sources = letters.Count switch
            {
                0 => "its source",
                1 => $"source {letters[0]}",
                _ => $"the sources {string.Join(", ", letters[..^1])} and {letters[^1]}",
            };
            var how = SummaryMethods.Model(Story.Method) is { } model
                ? $"Summary written by a machine ({model}), each sentence checked against"
                : "Summary made on this server from sentences of";
            return $"{how} {sources}, ";
        }
    }

    public string LicenceLine
    {
        get
        {
            var licensed = Story
                .Reports.Where(report => report.Licence is not null)
                .DistinctBy(report => report.Source, StringComparer.Ordinal)
                .Select(report => $"{report.Source}: {report.Licence}")
                .ToList();
            return licensed.Count switch
            {
                0 => "All rights with the publishers.",
                _ when licensed.Count
                        == Story.Reports.DistinctBy(report => report.Source, StringComparer.Ordinal).Count() =>
                    string.Join("; ", licensed) + ".",
                _ => string.Join("; ", licensed) + "; the others: all rights with their publishers.",
            };
        }
    }

    public string SourceOf(string letter) =>
        Story.Reports.FirstOrDefault(report => report.Letter == letter)?.Source
        ?? letter.ToString(CultureInfo.InvariantCulture);
}
