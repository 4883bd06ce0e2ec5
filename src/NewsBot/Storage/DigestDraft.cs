using System.Data.Common;
using System.Globalization;
using System.Text.Json.Serialization;
using NewsBot.Core.Channels;
using NewsBot.Core.Digests;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>A digest before it is posted: what an admin is shown, and what is then posted.</summary>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Since">Begin of its period.</param>
/// <param name="Heading">Its first message.</param>
/// <param name="Stories">Its stories, those with cards first, best first.</param>
/// <param name="List">Its last message; null where every story has a card and nobody said anything.</param>
/// <param name="Repeats">Stories that only say what another one says; they are held back.</param>
/// <param name="HasLeftOver">Whether stories found no place in it and go on waiting.</param>
/// <param name="Wish">The settings of the channel it was made for.</param>
internal sealed record DigestDraft(
    DateTimeOffset MadeAt,
    DateTimeOffset Since,
    PostBody.DigestHeading Heading,
    IReadOnlyList<DraftStory> Stories,
    PostBody.DigestList? List,
    IReadOnlyList<long> Repeats,
    bool HasLeftOver,
    string Wish
)
{
    // A channel's first digest looks back so far.
    private static readonly TimeSpan FirstPeriod = TimeSpan.FromDays(2);

    /// <summary>Its messages in their order.</summary>
    [JsonIgnore]
    public IReadOnlyList<PostBody> Bodies =>
        [Heading, .. Stories.Select(story => story.Card).OfType<PostBody>(), .. List is null ? [] : new[] { List }];

    /// <returns>Null where there is no story to show.</returns>
    public static async Task<DigestDraft?> MakeAsync(
        DbConnection connection,
        DigestChannel channel,
        DateTimeOffset due,
        DateTimeOffset now
    )
    {
        var last = Instants.At(channel.LastDigestAt);
        var since = last ?? due - FirstPeriod;
        var candidates = await DigestCandidates.LoadAsync(connection, channel.Id, last, since, due);
        // What only repeats cards the channel has seen is no digest.
        if (!candidates.Any(candidate => !candidate.IsCarded))
        {
            return null;
        }

        var interest = await DigestInterest.LoadAsync(connection, channel.Id, now);
        var plan = DigestEditor.Choose(candidates, channel.Taste(), interest, now);
        List<DigestCandidate> shown = [.. plan.Cards, .. plan.Lines];
        if (shown.Count == 0)
        {
            return null;
        }

        var id = new ChannelId(channel.Id);
        List<DraftStory> stories = [];
        foreach (var candidate in shown)
        {
            var why = DigestReason.Of(candidate, interest, now);
            var card = plan.Cards.Contains(candidate)
                ? await StoryCards.LoadAsync(connection, candidate.Story, id, why)
                : null;
            stories.Add(new DraftStory(candidate.Story, why, card));
        }

        var counts = new DigestCounts(
            shown.Count,
            shown.Select(candidate => candidate.Source).Distinct(StringComparer.Ordinal).Count(),
            shown.Sum(candidate => candidate.Comments)
        );
        var zone = channel.Zone();
        return new DigestDraft(
            now,
            since,
            new PostBody.DigestHeading(
                DigestTitle.Heading(due, zone, channel.Name),
                DigestTitle.Subtitle(last, due, zone, counts)
            ),
            stories,
            await ListAsync(connection, channel, plan, shown, since),
            [.. plan.Repeats.Select(candidate => candidate.Story.Value)],
            candidates.Except(shown).Except(plan.Repeats).Any(candidate => !candidate.IsCarded),
            channel.Wish()
        );
    }

    private static async Task<PostBody.DigestList?> ListAsync(
        DbConnection connection,
        DigestChannel channel,
        DigestPlan plan,
        List<DigestCandidate> shown,
        DateTimeOffset since
    )
    {
        var id = new ChannelId(channel.Id);
        var best = await LiveliestComments.BestAsync(connection, id, since);
        // In a forum every card is a post of its own, so the digest links to them as well.
        var listed = channel.Kind is "forum" or "media" ? shown : plan.Lines;
        List<DigestLine> lines = [];
        foreach (var (candidate, section) in DigestSections.Arrange(listed))
        {
            var quote = await LiveliestComments.OfAsync(connection, id, candidate.Story);
            // It stands below the list already.
            var isBest =
                quote is not null && best is not null && (best.Story, best.Number) == (quote.Story, quote.Number);
            lines.Add(DigestEditor.Line(candidate) with { Quote = isBest ? null : quote, Section = section });
        }

        return lines.Count > 0 || best is not null ? new PostBody.DigestList(lines, best) : null;
    }
}

/// <summary>A story of a digest before it is posted.</summary>
/// <param name="Story">Which story.</param>
/// <param name="Why">Why it stands there, in one sentence.</param>
/// <param name="Card">Its card; null where it is a line of the list.</param>
internal sealed record DraftStory(StoryId Story, string Why, PostBody.Card? Card);

/// <summary>A channel as the making of its digest sees it.</summary>
internal sealed class DigestChannel
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public string? ScheduleText { get; init; }
    public required string TimeZone { get; init; }
    public string? QuietHours { get; init; }
    public required long DigestCards { get; init; }
    public required long PerSource { get; init; }
    public required string Layout { get; init; }
    public required string QuietDay { get; init; }
    public long? NextDigestAt { get; init; }
    public long? LastDigestAt { get; init; }

    public TimeZoneInfo Zone() =>
        TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>What the channel wants of its digest.</summary>
    public DigestTaste Taste() => new(Layout == "compact" ? 0 : (int)DigestCards, (int)Math.Max(1, PerSource));

    /// <summary>All that shapes the channel's digest, to tell whether one that was made before still fits.</summary>
    public string Wish() => string.Create(CultureInfo.InvariantCulture, $"{Taste()} {Kind} {TimeZone} #{Name}");

    /// <returns>Null where the channel has none.</returns>
    public DigestSchedule? Schedule() =>
        ScheduleText is { } text && DigestSchedule.TryParse(text, Zone(), out var schedule, out _) ? schedule : null;
}
