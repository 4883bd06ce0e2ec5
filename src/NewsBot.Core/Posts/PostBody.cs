using System.Globalization;
using System.Text.Json.Serialization;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Posts;

/// <summary>What one message of the bot says, before a platform renders it in its own flavour.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(DigestHeading), "heading")]
[JsonDerivedType(typeof(DigestList), "list")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(Copy), "copy")]
[JsonDerivedType(typeof(SoFar), "sofar")]
[JsonDerivedType(typeof(More), "more")]
[JsonDerivedType(typeof(Panel), "panel")]
public abstract record PostBody
{
    private PostBody() { }

    /// <summary>The story below whose card it stands; null for what stands in the channel itself.</summary>
    [JsonIgnore]
    public StoryId? Thread =>
        this switch
        {
            Copy copy => copy.Story,
            SoFar soFar => soFar.Story,
            More more => more.Story,
            Notice notice => notice.Below,
            _ => null,
        };

    /// <summary>One story.</summary>
    /// <param name="Story">Which story.</param>
    /// <param name="Headline">Plain text.</param>
    /// <param name="Url">The article at its publisher.</param>
    /// <param name="Source">Name of the source that leads.</param>
    /// <param name="Also">Names of the other sources, oldest report first.</param>
    /// <param name="PublishedAt">When the leading report appeared, UTC.</param>
    /// <param name="Summary">Two or three sentences of plain text; empty for none.</param>
    /// <param name="Picture">Id of the stored picture; null for none.</param>
    /// <param name="Comments">Visible comments when the body was made; the page is exact.</param>
    /// <param name="Correction">What the source changed after the first post; null for nothing.</param>
    /// <param name="IsRemoved">True once the story was taken down: only a line saying so is shown.</param>
    /// <param name="Ping">The platform's id of the role this card calls when it is new; null for nobody.</param>
    public sealed record Card(
        StoryId Story,
        string Headline,
        string Url,
        string Source,
        IReadOnlyList<string> Also,
        DateTimeOffset PublishedAt,
        string Summary,
        long? Picture,
        int Comments,
        string? Correction,
        bool IsRemoved,
        string? Ping = null
    ) : PostBody
    {
        /// <summary>Markdown that a template made, to stand in place of source and summary; null for the usual. Anything foreign in it is escaped.</summary>
        public string? Text { get; init; }

        /// <summary>The model that wrote the summary; null where it is made of the article's own sentences.</summary>
        public string? SummaryBy { get; init; }

        /// <summary>The liveliest comment that the channel may read, on the card of a digest; null for none.</summary>
        public BestComment? Quote { get; init; }

        /// <summary>What the picture shows, as one plain line in the publisher's words; null where nothing is said.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? PictureAlt { get; init; }

        /// <summary>When the source changed it, UTC; null for never.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateTimeOffset? CorrectedAt { get; init; }

        /// <summary>Why it stands in a digest, in one sentence of plain text; null outside of digests.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Why { get; init; }
    }

    /// <summary>What a digest begins with.</summary>
    public sealed record DigestHeading(string Title, string Subtitle) : PostBody;

    /// <summary>The stories of a digest that have no card, and the liveliest comment.</summary>
    /// <param name="Lines">Best first.</param>
    /// <param name="BestComment">The most answered comment of the period; null for none.</param>
    public sealed record DigestList(IReadOnlyList<DigestLine> Lines, BestComment? BestComment) : PostBody
    {
        /// <summary>What stands above the lines; null for the usual.</summary>
        public string? Title { get; init; }

        /// <summary>The most answered comments of a digest of discussions, best first; at most five.</summary>
        public IReadOnlyList<BestComment> MostAnswered { get; init; } = [];

        /// <summary>Some of those who wrote for the first time, in a digest of discussions; at most five.</summary>
        public IReadOnlyList<Newcomer> Newcomers { get; init; } = [];

        /// <summary>How many others did.</summary>
        public int MoreNewcomers { get; init; }

        /// <summary>The lines under their headings, in order; one part without a heading where there are none.</summary>
        public IEnumerable<(string? Title, IReadOnlyList<DigestLine> Lines)> InSections()
        {
            var start = 0;
            for (var end = 1; end <= Lines.Count; end++)
            {
                if (end == Lines.Count || Lines[end].Section != Lines[start].Section)
                {
                    yield return (Lines[start].Section, [.. Lines.Skip(start).Take(end - start)]);
                    start = end;
                }
            }
        }

        /// <summary>Names the newcomers in a sentence.</summary>
        /// <param name="shown">Makes a name fit to stand in the message.</param>
        /// <returns>Null where nobody is named.</returns>
        public string? Welcome(Func<string, string> shown)
        {
            List<string> names = [.. Newcomers.Select(one => shown(one.Name))];
            var last =
                MoreNewcomers > 0
                    ? string.Create(CultureInfo.InvariantCulture, $"{MoreNewcomers} more")
                    : names.LastOrDefault();
            var others = MoreNewcomers > 0 ? names : names[..Math.Max(0, names.Count - 1)];
            return names.Count == 0 ? null
                : others.Count == 0 ? $"New here: {last}"
                : $"New here: {string.Join(", ", others)} and {last}";
        }
    }

    /// <summary>A few words of the bot: a welcome, a quiet day, a flood that was held back.</summary>
    /// <param name="Markdown">Our own text; anything foreign in it is escaped.</param>
    public sealed record Notice(string Markdown) : PostBody
    {
        /// <summary>The story below whose card it stands; null where it stands in the channel itself.</summary>
        public StoryId? Below { get; init; }
    }

    /// <summary>Words to those who look after a place, with buttons. Whoever presses one is asked again who they are.</summary>
    /// <param name="Markdown">Our own text; anything foreign in it is escaped.</param>
    /// <param name="Buttons">At most five, as one row of every platform holds; none once it is decided.</param>
    public sealed record Panel(string Markdown, IReadOnlyList<PanelButton> Buttons) : PostBody;

    /// <summary>A comment that was written elsewhere. The outbox keeps nobody's words: they are read when it is sent.</summary>
    /// <param name="Story">Which story.</param>
    /// <param name="Number">The comment's number there.</param>
    public sealed record Copy(StoryId Story, int Number) : PostBody
    {
        /// <summary>What it says now; null until it is handed out.</summary>
        [JsonIgnore]
        public CopiedComment? Comment { get; init; }
    }

    /// <summary>What a channel that gets a story late is told of its discussion, in place of a flood of copies.</summary>
    /// <param name="Story">Which story.</param>
    public sealed record SoFar(StoryId Story) : PostBody
    {
        /// <summary>What it says now; null until it is handed out.</summary>
        [JsonIgnore]
        public DiscussionSoFar? Discussion { get; init; }
    }

    /// <summary>One message in place of many copies that waited for the same thread.</summary>
    /// <param name="Story">Which story.</param>
    /// <param name="First">Number of the first of them.</param>
    /// <param name="Count">How many they are.</param>
    public sealed record More(StoryId Story, int First, int Count) : PostBody
    {
        /// <summary>The page that has them; null where there is none that its readers may open, or until it is handed out.</summary>
        [JsonIgnore]
        public string? Page { get; init; }
    }
}

/// <summary>A button that runs a line.</summary>
/// <param name="Label">What it says; at most 40 characters.</param>
/// <param name="Line">What it runs, without "/news"; at most 90 characters.</param>
public sealed record PanelButton(string Label, string Line);

/// <summary>One story in a digest's list.</summary>
/// <param name="Story">Which story.</param>
/// <param name="Headline">Plain text.</param>
/// <param name="Url">The article at its publisher.</param>
/// <param name="Source">Name of the source that leads.</param>
/// <param name="Comments">Visible comments when the digest was made.</param>
/// <param name="CardMessage">The message of the card this channel already has; null where there is none.</param>
public sealed record DigestLine(
    StoryId Story,
    string Headline,
    string Url,
    string Source,
    int Comments,
    string? CardMessage
)
{
    /// <summary>The liveliest comment that the channel may read; null for none.</summary>
    public BestComment? Quote { get; init; }

    /// <summary>The heading it stands under together with its neighbours; null in a list without headings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Section { get; init; }

    /// <summary>When the source changed it after the digest was posted, UTC; null for never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>A comment worth a place in a digest.</summary>
/// <param name="Story">The story it belongs to.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Author">Name as shown.</param>
/// <param name="Text">Plain text, at most 280 characters.</param>
public sealed record BestComment(StoryId Story, int Number, string Author, string Text);
