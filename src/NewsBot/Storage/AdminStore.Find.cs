using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    // More names than this in one answer help nobody.
    private const int MostNames = 8;

    /// <summary>Answers whoever has none: channels of a platform come with their first source.</summary>
    public const string NoChannel =
        "There is no channel yet. In Discord and in Slack, use `/news add` in the channel that is to get a source's stories; `/news channel create news` makes one in the built-in chat.";

    private const string SourceColumns = """
        SELECT s.id, s.feed_id AS FeedId, s.name, s.category, s.weight, s.min_interval_ms AS MinIntervalMs,
               s.paused_at AS PausedAt, s.licence, s.excerpt_chars AS ExcerptChars,
               f.url, f.site_url AS SiteUrl, f.state, f.failures, f.last_error AS LastError,
               f.last_polled_at AS LastPolledAt, f.last_success_at AS LastSuccessAt, f.next_poll_at AS NextPollAt,
               EXISTS (SELECT 1 FROM feed_credential c WHERE c.feed_id = f.id) AS HasLogin,
               f.recipe, f.usual_entries AS UsualEntries, f.last_entries AS LastEntries, f.few_in_row AS FewInRow
        FROM source s JOIN feed f ON f.id = s.feed_id WHERE s.community_id = @community
        """;

    private const string ChannelColumns = """
        SELECT c.id, c.name, c.external_id AS ExternalId, w.platform, c.mode, c.schedule, c.time_zone AS TimeZone,
               c.quiet_hours AS QuietHours, c.max_per_hour AS MaxPerHour, c.max_per_day AS MaxPerDay,
               c.digest_cards AS DigestCards, c.digest_per_source AS PerSource, c.languages,
               c.breaking_outlets AS BreakingOutlets, c.breaking_ms AS BreakingMs, c.layout, c.quiet_day AS QuietDay, c.mirror,
               c.mirror_within AS MirrorWithin, c.publication,
               c.ping_role AS PingRole, c.next_digest_at AS NextDigestAt, c.last_digest_at AS LastDigestAt,
               c.parked_reason AS ParkedReason, c.kind, c.tags, c.crosspost,
               c.discussion_schedule AS DiscussionSchedule
        FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE c.community_id = @community
        """;

    /// <returns>By name.</returns>
    public static async Task<IReadOnlyList<SourceRow>> SourcesAsync(DbConnection connection, long community) =>
        [.. await connection.QueryAsync<SourceRow>(SourceColumns + " ORDER BY LOWER(s.name), s.id", new { community })];

    /// <returns>In the order they were made.</returns>
    public static async Task<IReadOnlyList<ChannelRow>> ChannelsAsync(DbConnection connection, long community) =>
        [.. await connection.QueryAsync<ChannelRow>(ChannelColumns + " ORDER BY c.id", new { community })];

    /// <summary>Finds a source by id, name, beginning of a name, or address.</summary>
    public static async Task<Found<SourceRow>> SourceAsync(DbConnection connection, long community, string asked)
    {
        var all = await SourcesAsync(connection, community);
        return Pick(
            all,
            asked,
            source => source.Name,
            [
                source => asked == Id("source", source.Id) || asked == source.Id.ToString(CultureInfo.InvariantCulture),
                source => SameUrl(source.Url, asked) || SameUrl(source.SiteUrl, asked),
            ],
            ("source", "`/news list` shows all of them.")
        );
    }

    /// <summary>Finds a channel by id or name, else the one the asker writes in, else the only one.</summary>
    public static async Task<Found<ChannelRow>> ChannelAsync(DbConnection connection, CommandContext context)
    {
        var all = await ChannelsAsync(connection, context.Community);
        if (context.Command.Option("channel") is { } asked)
        {
            var name = asked.TrimStart('#');
            return Pick(
                all,
                name,
                channel => channel.Name,
                [channel => name == Id("channel", channel.Id), channel => channel.ExternalId == name],
                ("channel", "`/news channel list` shows all of them.")
            );
        }

        if (context.Channel is { } here && all.FirstOrDefault(channel => channel.Id == here.Value) is { } current)
        {
            return new Found<ChannelRow>(current, "");
        }

        return all switch
        {
            [var only] => new Found<ChannelRow>(only, ""),
            [] => new Found<ChannelRow>(null, NoChannel),
            _ => new Found<ChannelRow>(
                null,
                $"Say which channel is meant with `--channel`: {Names(all.Select(channel => "#" + channel.Name))}."
            ),
        };
    }

    /// <summary>Finds a member by the name shown, their own name, or id.</summary>
    public static async Task<Found<MemberRow>> MemberAsync(DbConnection connection, long community, string asked)
    {
        var all = (
            await connection.QueryAsync<MemberRow>(
                """
                SELECT id, name, pseudonym, role, muted_until AS MutedUntil, opted_out_at AS OptedOutAt,
                       joined_at AS JoinedAt, first_seen_at AS FirstSeenAt
                FROM member WHERE community_id = @community AND erased_at IS NULL AND joined_into IS NULL ORDER BY id
                """,
                new { community }
            )
        ).AsList();
        var name = asked.TrimStart('@');
        var found = Pick(
            all,
            name,
            member => member.Shown,
            [member => name == Id("member", member.Id)],
            ("member", "Names are those shown beside comments.")
        );
        return found.Value is null && await JoinedNameAsync(connection, community, name) is { } id
            ? new Found<MemberRow>(all.Find(member => member.Id == id), "")
            : found;
    }

    // Somebody of several names is shown by each beside what was written under it, unless a pseudonym covers them all.
    private static async Task<long?> JoinedNameAsync(DbConnection connection, long community, string name)
    {
        var names = await connection.QueryAsync<JoinedNameRow>(
            """
            SELECT joined.name, joined.joined_into AS Member, joined.id FROM member joined
            JOIN member m ON m.id = joined.joined_into
            WHERE m.community_id = @community AND m.erased_at IS NULL AND m.pseudonym IS NULL
            """,
            new { community }
        );
        List<long> hits =
        [
            .. names
                .Where(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || name == Id("member", one.Id))
                .Select(one => one.Member)
                .Distinct(),
        ];
        return hits is [var only] ? only : null;
    }

    private sealed class JoinedNameRow
    {
        public required string Name { get; init; }
        public required long Member { get; init; }
        public required long Id { get; init; }
    }

    public static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        var shown = string.Join(", ", all.Take(MostNames).Select(name => MarkdownEscape.Line(name, 60)));
        return all.Count <= MostNames
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown} and {all.Count - MostNames} more");
    }

    private static Found<T> Pick<T>(
        IReadOnlyList<T> all,
        string asked,
        Func<T, string> name,
        IReadOnlyList<Func<T, bool>> exact,
        (string Kind, string Hint) words
    )
        where T : class
    {
        Func<T, bool>[] ways =
        [
            .. exact,
            one => name(one).Equals(asked, StringComparison.OrdinalIgnoreCase),
            one => name(one).StartsWith(asked, StringComparison.OrdinalIgnoreCase),
            // "daily" for "The Daily".
            one => name(one).Contains(" " + asked, StringComparison.OrdinalIgnoreCase),
        ];
        foreach (var way in ways)
        {
            var hits = all.Where(way).ToList();
            if (hits.Count == 1)
            {
                return new Found<T>(hits[0], "");
            }

            if (hits.Count > 1)
            {
                return new Found<T>(
                    null,
                    $"“{MarkdownEscape.Line(asked, 60)}” could be {LengthOfTime.Count(hits.Count, words.Kind)}: "
                        + $"{Names(hits.Select(name))}. Write more of the name."
                );
            }
        }

        var nearest = EditDistance.Nearest(asked, all.Select(name), Math.Clamp(asked.Length / 3, 1, 4));
        var meant = nearest is null ? "" : $"Did you mean “{MarkdownEscape.Line(nearest, 60)}”? ";
        return new Found<T>(null, $"There is no {words.Kind} “{MarkdownEscape.Line(asked, 80)}”. {meant}{words.Hint}");
    }

    private static string Id(string kind, long id) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{id}");

    private static bool SameUrl(string? url, string asked) =>
        url is not null
        && Uri.TryCreate(asked, UriKind.Absolute, out var wanted)
        && Uri.TryCreate(url, UriKind.Absolute, out var known)
        && wanted.Host.Equals(known.Host, StringComparison.OrdinalIgnoreCase)
        && wanted.PathAndQuery.TrimEnd('/') == known.PathAndQuery.TrimEnd('/');
}

/// <summary>A source and how its feed is.</summary>
internal sealed class SourceRow
{
    public required long Id { get; init; }
    public required long FeedId { get; init; }
    public required string Name { get; init; }
    public required string? Category { get; init; }
    public required double Weight { get; init; }
    public required long? MinIntervalMs { get; init; }
    public required long? PausedAt { get; init; }
    public required string? Licence { get; init; }
    public required long ExcerptChars { get; init; }
    public required string Url
    {
        get;
        init => field = FeedAddress.Bare(value);
    }

    public required string? SiteUrl { get; init; }
    public required string State { get; init; }
    public required long Failures { get; init; }
    public required string? LastError { get; init; }
    public required long? LastPolledAt { get; init; }
    public required long? LastSuccessAt { get; init; }
    public required long NextPollAt { get; init; }
    public required long HasLogin { get; init; }

    /// <summary>The selectors of a page; null for a feed.</summary>
    public required string? Recipe { get; init; }
    public required double UsualEntries { get; init; }
    public required long LastEntries { get; init; }
    public required long FewInRow { get; init; }
}

/// <summary>A channel and its settings.</summary>
internal sealed class ChannelRow
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string ExternalId { get; init; }
    public required string Platform { get; init; }
    public required string Mode { get; init; }
    public required string? Schedule { get; init; }
    public required string TimeZone { get; init; }
    public required string? QuietHours { get; init; }
    public required long MaxPerHour { get; init; }
    public required long MaxPerDay { get; init; }
    public required long DigestCards { get; init; }
    public required long PerSource { get; init; }
    public required string? Languages { get; init; }
    public required long BreakingOutlets { get; init; }
    public required long BreakingMs { get; init; }
    public required string Layout { get; init; }
    public required string QuietDay { get; init; }
    public required string Mirror { get; init; }
    public required long MirrorWithin { get; init; }
    public required string Publication { get; init; }
    public required string? PingRole { get; init; }
    public required long? NextDigestAt { get; init; }
    public required long? LastDigestAt { get; init; }
    public required string? ParkedReason { get; init; }
    public required string Kind { get; init; }
    public required string? Tags { get; init; }
    public required long Crosspost { get; init; }
    public string? DiscussionSchedule { get; init; }
}

/// <summary>A member of the community.</summary>
internal sealed class MemberRow
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string? Pseudonym { get; init; }
    public required string Role { get; init; }
    public required long? MutedUntil { get; init; }
    public required long? OptedOutAt { get; init; }
    public required long? JoinedAt { get; init; }
    public required long FirstSeenAt { get; init; }

    public string Shown => Pseudonym ?? Name;
}
