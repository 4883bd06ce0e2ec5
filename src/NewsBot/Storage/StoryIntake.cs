using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Core.Flows;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;

namespace NewsBot.Storage;

/// <summary>Takes one new entry into one community: which story it belongs to, and which channels get it.</summary>
internal sealed class StoryIntake(DbConnection connection, RecentReports recent, IntakeSource source, FeedIntake intake)
{
    private const string AddStory = """
        INSERT INTO story (community_id, headline, slug, url, lead_entry_id, summary, summary_text, summary_method,
                           language, published_at, created_at, updated_at)
        VALUES (@Community, @Headline, @Slug, @Url, @Entry, @Summary, @SummaryText, @Method, @Language,
                @PublishedAt, @Now, @Now)
        RETURNING id
        """;

    private const string Join = """
        INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
        VALUES (@Story, @Entry, @Community, @Source, @Now)
        ON CONFLICT (community_id, entry_id) DO NOTHING
        """;

    private const string Grow = "UPDATE story SET updated_at = @Now WHERE id = @Story";

    private const string AddDecision = """
        INSERT INTO decision (entry_id, community_id, channel_id, stage, passed, detail, at)
        VALUES (@Entry, @Community, @Channel, @Stage, @Passed, @Detail, @Now)
        """;

    private const string StoryOf = """
        SELECT COALESCE(s.merged_into, s.id) AS Story, t.taken_down_at AS TakenDownAt
        FROM story_entry se JOIN story s ON s.id = se.story_id JOIN story t ON t.id = COALESCE(s.merged_into, s.id)
        WHERE se.community_id = @Community AND se.entry_id = @Entry
        """;

    private readonly DateTimeOffset _now = intake.Poll.Now;

    /// <summary>Offers an entry that is known already to the channels that came late.</summary>
    /// <param name="entryId">The entry's row.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="sum">What the intake made so far.</param>
    /// <returns>The sum with this entry.</returns>
    public async Task<IntakeResult> OfferAsync(long entryId, IncomingEntry entry, IntakeResult sum)
    {
        var there = await connection.QueryAsync<(long Story, long? TakenDownAt)>(
            StoryOf,
            new { Community = source.Community.Value, Entry = entryId }
        );
        return there.AsList() switch
        {
            [] => await TakeInAsync(entryId, entry, sum),
            [(var story, null)] => sum with
            {
                Posts = sum.Posts + await RouteAsync(new StoryId(story), entryId, entry),
            },
            _ => sum,
        };
    }

    /// <param name="entryId">The entry's new row.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="sum">What the intake made so far.</param>
    /// <returns>The sum with this entry.</returns>
    public async Task<IntakeResult> TakeInAsync(long entryId, IncomingEntry entry, IntakeResult sum)
    {
        await DecideAsync(entryId, null, "fetched", true, $"from {source.Name}");
        if (entry.Entry.Link is null || entry.Entry.Title.Length == 0)
        {
            await DecideAsync(entryId, null, "readable", false, "it has no link or no title");
            return sum;
        }

        var match =
            await KnownTexts.StoryOfAsync(connection, source.Community, entryId, _now)
            ?? await recent.ChooseAsync(connection, source.Community, Item(entry), _now);
        using var span = Traces.Start("story");
        var story = match?.Story ?? await AddStoryAsync(entryId, entry);
        span?.SetTag("story.id", story.Value);
        span?.SetTag("source.id", source.Id);
        span?.SetTag("kind", match is null ? "new" : "grown");
        await connection.ExecuteAsync(
            Join,
            new
            {
                Story = story.Value,
                Entry = entryId,
                Community = source.Community.Value,
                Source = source.Id,
                Now = _now.Ms(),
            }
        );
        await DecideAsync(
            entryId,
            null,
            "story",
            true,
            match is null ? $"began {story}" : $"joined {story} by {match.Reason}"
        );
        await StoryPictures.KeepAsync(connection, entryId, entry.Pictures, _now);
        await StoryPictures.BeginAsync(connection, story, _now);
        await StoryPictures.LearnAsync(connection, story, source.Id, entry.Pictures, _now);
        if (match is not null)
        {
            await connection.ExecuteAsync(Grow, new { Story = story.Value, Now = _now.Ms() });
            await StoryCards.EditAsync(connection, story, _now);
            if (
                await recent.OtherAsync(connection, source.Community, Item(entry), story, _now) is { } other
                && await StoryMerging.ConsiderAsync(connection, story, other, _now) is { } merged
            )
            {
                await recent.MergeAsync(connection, source.Community, merged.Loser, merged.Winner);
            }
        }

        var posts = await RouteAsync(story, entryId, entry);
        return new IntakeResult(
            sum.NewStories + (match is null ? 1 : 0),
            sum.Joined + (match is null ? 0 : 1),
            sum.Posts + posts
        );
    }

    private Task<int> RouteAsync(StoryId story, long entryId, IncomingEntry entry) =>
        new StoryRouting(connection, source, intake, DecideAsync).RouteAsync(story, entryId, entry);

    private ClusterItem Item(IncomingEntry entry) =>
        new(entry.Entry.Link, entry.Entry.Title, entry.Excerpt, source.Name, entry.Entry.At(_now));

    private async Task<StoryId> AddStoryAsync(long entryId, IncomingEntry entry)
    {
        var sentences = StorySummary.Within(entry.Summary, source.ExcerptChars);
        var id = await connection.ExecuteScalarAsync<long>(
            AddStory,
            new
            {
                Community = source.Community.Value,
                Headline = TitleKey.WithoutSite(entry.Entry.Title),
                Slug = Slug.Of(entry.Entry.Title),
                Url = entry.Entry.Link!.AbsoluteUri,
                Entry = entryId,
                Summary = StorySummary.Write(sentences, entryId),
                SummaryText = StorySummary.Text(sentences),
                entry.Summary.Method,
                entry.Entry.Language,
                PublishedAt = entry.Entry.At(_now).Ms(),
                Now = _now.Ms(),
            }
        );
        return new StoryId(id);
    }

    private Task DecideAsync(long entryId, long? channel, string stage, bool passed, string detail) =>
        connection.ExecuteAsync(
            AddDecision,
            new
            {
                Entry = entryId,
                Community = source.Community.Value,
                Channel = channel,
                Stage = stage,
                Passed = passed ? 1 : 0,
                Detail = detail,
                Now = _now.Ms(),
            }
        );
}

/// <summary>The source an entry is taken in for.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Community">Whose source it is.</param>
/// <param name="Name">As shown.</param>
/// <param name="ExcerptChars">Longest summary of its articles, in characters.</param>
internal sealed record IntakeSource(long Id, CommunityId Community, string Name, int ExcerptChars);

/// <summary>A story's summary as it is stored: each sentence with its span of the source.</summary>
internal static class StorySummary
{
    /// <summary>The first sentences that together are short enough for the source; its first sentence alone may be cut off nowhere, so it is left out when too long.</summary>
    public static IReadOnlyList<SummarySentence> Within(Summary summary, int maxChars)
    {
        var left = maxChars;
        List<SummarySentence> kept = [];
        foreach (var sentence in summary.Sentences)
        {
            left -= sentence.Text.Length + 1;
            if (left < 0)
            {
                break;
            }

            kept.Add(sentence);
        }

        return kept;
    }

    public static string Text(IReadOnlyList<SummarySentence> sentences) =>
        string.Join(' ', sentences.Select(sentence => sentence.Text));

    public static string Write(IReadOnlyList<SummarySentence> sentences, long entry) =>
        JsonSerializer.Serialize(
            sentences.Select(sentence => new
            {
                sentence.Text,
                Entry = entry,
                sentence.Start,
                sentence.End,
            }),
            JsonSerializerOptions.Web
        );
}
