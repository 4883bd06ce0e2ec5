using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Sources;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

/// <summary>Decides, channel by channel, whether a story is carded now, waits for the digest, or is held back.</summary>
internal sealed partial class StoryRouting(
    DbConnection connection,
    IntakeSource source,
    FeedIntake intake,
    Func<long, long?, string, bool, string, Task> decide
)
{
    // A channel without a schedule still gets what was too much at once, as a list, within the hour.
    private static readonly TimeSpan RollOver = TimeSpan.FromHours(1);

    private const string ChannelColumns = """
        c.ping_role AS ChannelPing, c.id AS ChannelId, c.name, c.mode, c.time_zone AS TimeZone,
        c.quiet_hours AS QuietHours, c.max_per_hour AS MaxPerHour, c.max_per_day AS MaxPerDay, c.languages,
        c.breaking_outlets AS BreakingOutlets, c.breaking_ms AS BreakingMs,
        (SELECT COUNT(*) FROM channel_story x
         WHERE x.channel_id = c.id AND x.state = 'carded' AND x.at > @HourAgo) AS LastHour,
        (SELECT COUNT(*) FROM channel_story x
         WHERE x.channel_id = c.id AND x.state = 'carded' AND x.at > @DayAgo) AS LastDay
        """;

    private const string Subscriptions = $"""
        SELECT su.filter, CASE WHEN su.offered_at IS NULL THEN su.offer ELSE 0 END AS Offer, su.ping_role AS SourcePing,
               (SELECT x.state FROM channel_story x WHERE x.channel_id = c.id AND x.story_id = @Story) AS State,
               {ChannelColumns}
        FROM subscription su JOIN channel c ON c.id = su.channel_id
        WHERE su.source_id = @Source ORDER BY c.id
        """;

    // Another outlet makes a story breaking also where only those that came before are read.
    private const string StillWaiting = $"""
        SELECT NULL AS Filter, 0 AS Offer, NULL AS SourcePing, cs.state, {ChannelColumns}
        FROM channel_story cs JOIN channel c ON c.id = cs.channel_id
        WHERE cs.story_id = @Story AND cs.state = 'waiting' AND c.mode = 'digest+breaking' ORDER BY c.id
        """;

    private const string Place = """
        INSERT INTO channel_story (channel_id, story_id, state, breaking, detail, at)
        VALUES (@Channel, @Story, @State, @Breaking, @Detail, @Now)
        ON CONFLICT (channel_id, story_id) DO UPDATE SET
            state = excluded.state, breaking = excluded.breaking, detail = excluded.detail, at = excluded.at
        """;

    private const string SetRollOver = """
        UPDATE channel SET next_digest_at = @At WHERE id = @Channel AND next_digest_at IS NULL AND schedule IS NULL
        """;

    private readonly DateTimeOffset _now = intake.Poll.Now;
    private IReadOnlyList<ReportedStory>? _reports;

    /// <returns>How many cards were written into the outbox.</returns>
    public async Task<int> RouteAsync(StoryId story, long entryId, IncomingEntry entry)
    {
        var posts = 0;
        var key = new
        {
            Source = source.Id,
            Story = story.Value,
            HourAgo = _now.AddHours(-1).Ms(),
            DayAgo = _now.AddDays(-1).Ms(),
        };
        // Most channels take every language, so it is told only where somebody asks.
        var language = new Lazy<string?>(() =>
            LanguageGuess.Of(entry.Entry.Language, $"{entry.Entry.Title}. {entry.Excerpt}")
        );
        var rows = await connection.QueryAsync<SubscriptionRow>(Subscriptions, key);
        foreach (var row in rows.AsList())
        {
            posts += await RouteAsync(row, story, entryId, entry, language);
        }

        // What a first look offers is old on purpose, and breaks nothing.
        if (!IsLooking(entry))
        {
            foreach (var row in (await connection.QueryAsync<SubscriptionRow>(StillWaiting, key)).AsList())
            {
                if (await IsWidelyReportedAsync(row, story))
                {
                    posts += await PlaceAsync(row, story, entryId, entry);
                }
            }
        }

        return posts;
    }

    private async Task<int> RouteAsync(
        SubscriptionRow row,
        StoryId story,
        long entryId,
        IncomingEntry entry,
        Lazy<string?> language
    )
    {
        if (entry.Known is not null && row.Offer == 0)
        {
            // It was decided for this channel when the entry was new.
            return 0;
        }

        if (row.State is "carded" or "listed")
        {
            await decide(entryId, row.ChannelId, "posted", true, "the story is in the channel already");
        }
        else if (IsLooking(entry) && intake.NewerThan(entry) >= row.Offer)
        {
            await decide(entryId, row.ChannelId, "first poll", false, "older than what a first poll offers");
        }
        else if (row.Languages is not null && !row.Speaks(language.Value))
        {
            await decide(
                entryId,
                row.ChannelId,
                "language",
                false,
                $"it is in “{language.Value}”, the channel takes {row.Languages}"
            );
            await HoldAsync(row, story, "left out by its language");
        }
        else if (await PassesAsync(row, entryId, entry, language))
        {
            return await PlaceAsync(row, story, entryId, entry);
        }
        else
        {
            await HoldAsync(row, story, "left out by the filter");
        }

        return 0;
    }

    // Where the story stands already, another report that does not fit takes nothing away.
    private Task HoldAsync(SubscriptionRow row, StoryId story, string detail) =>
        row.State is null ? SaveAsync(row, story, "held", false, detail) : Task.CompletedTask;

    // On a first look each channel is offered what its own subscription asked for. Such entries are old on purpose: they say
    // nothing of our speed and call nobody.
    private bool IsLooking(IncomingEntry entry) => intake.Poll.Feed.IsFirst || entry.Known is not null;

    private async Task<bool> PassesAsync(SubscriptionRow row, long entryId, IncomingEntry entry, Lazy<string?> language)
    {
        if (row.Filter is null)
        {
            return true;
        }

        // A filter is checked before it is saved; one that cannot be read any more lets everything through.
        if (!Filter.TryParse(row.Filter, out var filter, out _))
        {
            await decide(entryId, row.ChannelId, "filter", true, "the filter cannot be read any more");
            return true;
        }

        var verdict = filter.Matches(
            new FilterSubject(
                entry.Entry.Title,
                entry.Excerpt,
                language.Value,
                source.Name,
                entry.Entry.Categories,
                entry.Entry.Authors,
                entry.Entry.Link,
                entry.Pictures.Count > 0
            )
        );
        await decide(entryId, row.ChannelId, "filter", verdict.Passes, verdict.Reason);
        return verdict.Passes;
    }

    private async Task<int> PlaceAsync(SubscriptionRow row, StoryId story, long entryId, IncomingEntry entry)
    {
        var mode = ChannelModes.Parse(row.Mode);
        var isWide = mode is ChannelMode.DigestAndBreaking && await IsWidelyReportedAsync(row, story);
        var looksBreaking =
            isWide
            || (
                (mode is ChannelMode.DigestAndBreaking || row.ChannelPing is not null)
                && await IsBreakingAsync(row, story, entry)
            );
        var isBreaking = mode is ChannelMode.DigestAndBreaking && looksBreaking;
        var reason = isWide ? null : WhyWait(row, mode, isBreaking);
        if (reason is not null)
        {
            await SaveAsync(row, story, "waiting", false, reason);
            await connection.ExecuteAsync(SetRollOver, new { Channel = row.ChannelId, At = (_now + RollOver).Ms() });
            await decide(entryId, row.ChannelId, "queued", true, reason);
            return 0;
        }

        await SaveAsync(
            row,
            story,
            "carded",
            isBreaking,
            isWide ? row.WhyBreaking()
                : isBreaking ? "its publisher calls it breaking"
                : "as it came"
        );
        var notBefore = ChannelQuiet.End(row.QuietHours, row.TimeZone, _now);
        var card = await StoryCards.LoadAsync(connection, story, new ChannelId(row.ChannelId));
        var isNew = await Outbox.CreateAsync(
            connection,
            new PostDraft(
                new ChannelId(row.ChannelId),
                PostSubject.Of(story),
                0,
                card with
                {
                    Ping = IsLooking(entry) ? null : row.SourcePing ?? (looksBreaking ? row.ChannelPing : null),
                },
                _now
            )
            {
                NotBefore = notBefore,
                CauseAt = IsLooking(entry) ? null : entry.Entry.At(_now),
            }
        );
        await decide(
            entryId,
            row.ChannelId,
            "queued",
            true,
            notBefore is null ? "a card was written" : "a card was written; it goes out when the quiet hours end"
        );
        return isNew ? 1 : 0;
    }

    // What many outlets report can neither be a feed gone wrong nor one card too many, so it is not asked.
    private string? WhyWait(SubscriptionRow row, ChannelMode mode, bool isBreaking) =>
        (mode, isBreaking) switch
        {
            _ when intake.IsFlood => "far more came than usual, so it waits for the digest",
            (ChannelMode.DigestAndBreaking, false) or (ChannelMode.Digest, _) => "it waits for the digest",
            _ when row.LastHour >= row.MaxPerHour => "the channel has had its cards of this hour",
            _ when row.LastDay >= row.MaxPerDay => "the channel has had its cards of this day",
            _ => null,
        };

    private async Task<bool> IsWidelyReportedAsync(SubscriptionRow row, StoryId story) =>
        Breaking.IsWidelyReported(
            [.. (await ReportsAsync(story)).Select(report => report.Report)],
            row.BreakingRule(),
            _now
        );

    private async Task<bool> IsBreakingAsync(SubscriptionRow row, StoryId story, IncomingEntry entry)
    {
        var reports = await ReportsAsync(story);
        return Breaking.IsBreaking(
            entry.Entry.Title,
            [.. reports.SelectMany(report => report.Categories)],
            [.. reports.Select(report => report.Report)],
            row.BreakingRule(),
            _now
        );
    }

    // Read once for all channels: this is made for one entry of one story.
    private async Task<IReadOnlyList<ReportedStory>> ReportsAsync(StoryId story) =>
        _reports ??= [.. (await StoryReports.LoadAsync(connection, [story.Value]))[story.Value]];

    private Task SaveAsync(SubscriptionRow row, StoryId story, string state, bool isBreaking, string detail) =>
        connection.ExecuteAsync(
            Place,
            new
            {
                Channel = row.ChannelId,
                Story = story.Value,
                State = state,
                Breaking = isBreaking ? 1 : 0,
                Detail = detail,
                Now = _now.Ms(),
            }
        );
}
