using Dapper;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Digests;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Suggests values while somebody types. What is typed is only ever compared, never made part of a question.</summary>
internal sealed class CommandSuggestions(Database database)
{
    // More of what somebody typed says nothing more.
    private const int MaxTyped = 100;

    // So many are read and compared in a few milliseconds.
    private const int MostRead = 2_000;

    private const string Stories = """
        SELECT CAST(id AS TEXT) AS Value, headline AS Label FROM story
        WHERE community_id = @Community AND taken_down_at IS NULL AND merged_into IS NULL
        ORDER BY created_at DESC, id DESC LIMIT @Limit
        """;

    private const string Sources = """
        SELECT 'source-' || id AS Value, name AS Label FROM source
        WHERE community_id = @Community ORDER BY LOWER(name), id LIMIT @Limit
        """;

    private const string Members = """
        SELECT 'member-' || id AS Value, COALESCE(pseudonym, name) AS Label FROM member
        WHERE community_id = @Community AND erased_at IS NULL AND joined_into IS NULL ORDER BY id DESC LIMIT @Limit
        """;

    private const string Words = """
        SELECT word AS Value, word AS Label FROM word WHERE community_id = @Community ORDER BY word LIMIT @Limit
        """;

    // What was written where nothing is published is suggested only there.
    private const string Comments = """
        SELECT c.story_id || '#' || c.number AS Value,
               c.story_id || '#' || c.number || ' ' || COALESCE(m.pseudonym, m.name) || ': ' || c.body AS Label
        FROM comment c JOIN story s ON s.id = c.story_id JOIN member m ON m.id = c.member_id
        WHERE s.community_id = @Community AND s.taken_down_at IS NULL AND c.state = @State
          AND (c.visibility <> 'off' OR c.channel_id = @Channel)
        ORDER BY c.accepted_at DESC, c.id DESC LIMIT @Limit
        """;

    private static readonly string[] UsualSchedules = ["daily 8:30", "weekdays 8:30, 17:00", "saturday 9:00"];

    private static readonly string[] UsualZones =
    [
        "Europe/Berlin",
        "Europe/London",
        "America/New_York",
        "America/Sao_Paulo",
        "Asia/Tokyo",
        "UTC",
    ];

    /// <summary>Finds what fits in one place of a command.</summary>
    /// <param name="command">The command; nothing is suggested for one that the asker may not use.</param>
    /// <param name="place">The name of the argument or option.</param>
    /// <param name="typed">What stands there so far.</param>
    /// <param name="asker">Who types.</param>
    /// <param name="channel">Where they stand; null where it is none of ours.</param>
    /// <param name="limits">What the platform shows.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<Suggestion>> FindAsync(
        CommandSpec command,
        string place,
        string typed,
        Member asker,
        ChannelId? channel,
        SuggestionLimits limits,
        CancellationToken cancellationToken
    )
    {
        if (asker.Role < command.Role)
        {
            return [];
        }

        typed = typed.Length <= MaxTyped ? typed : typed[..MaxTyped];
        var sql = CommandValues.Of(command, place) switch
        {
            CommandValue.Source => Sources,
            CommandValue.Story => Stories,
            CommandValue.Member => Members,
            CommandValue.Word => Words,
            CommandValue.Comment => Comments,
            _ => null,
        };
        if (sql is not null)
        {
            var state = command.Name == "show" ? "hidden" : "visible";
            return Match(await ReadAsync(sql, asker, channel, state, cancellationToken), typed, limits);
        }

        return CommandValues.Of(command, place) switch
        {
            CommandValue.Bundle => Match(
                TransferCommands.Bundles().Select(bundle => new Suggestion(bundle.Key, bundle.Key)),
                typed,
                limits
            ),
            CommandValue.Verb => Match(
                Catalogue
                    .All.Where(spec => spec.Role <= asker.Role)
                    .Select(spec => new Suggestion(spec.Name, $"{spec.Name}: {spec.Summary}")),
                typed,
                limits
            ),
            CommandValue.Schedule => Schedules(typed, limits),
            _ => [],
        };
    }

    /// <summary>Completes a schedule: the times as typed, with the zones that fit.</summary>
    public static IReadOnlyList<Suggestion> Schedules(string typed, SuggestionLimits limits)
    {
        var text = typed.Trim();
        if (text.Length == 0)
        {
            return [.. UsualSchedules.Select(schedule => new Suggestion(schedule, schedule))];
        }

        var cut = text.LastIndexOf(' ') + 1;
        var last = Folded.Of(text[cut..].Replace('_', ' '));
        var zones = last.Length > 1 && char.IsLetter(last[0]) ? Fitting(last).Select(id => text[..cut] + id) : [];
        return
        [
            .. new[] { text }
                .Concat(zones)
                .Concat(UsualZones.Select(zone => $"{text} {zone}"))
                .Where(one =>
                    one.Length <= Math.Min(limits.MaxValue, limits.MaxLabel)
                    && DigestSchedule.TryParse(one, TimeZoneInfo.Utc, out _, out _)
                )
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(limits.Most)
                .Select(one => new Suggestion(one, one)),
        ];
    }

    /// <summary>Time zones by a part of their name; the usual ones where nothing is typed.</summary>
    public static IReadOnlyList<Suggestion> Zones(string typed, SuggestionLimits limits)
    {
        var text = Folded.Of(typed.Trim().Replace('_', ' '));
        return
        [
            .. (text.Length == 0 ? UsualZones : Fitting(text))
                .Where(id => id.Length <= Math.Min(limits.MaxValue, limits.MaxLabel))
                .Take(limits.Most)
                .Select(id => new Suggestion(id, id)),
        ];
    }

    private static IEnumerable<string> Fitting(string folded) =>
        TimeZoneInfo
            .GetSystemTimeZones()
            .Select(zone => zone.Id)
            .Where(id => Folded.Of(id.Replace('_', ' ')).Contains(folded, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private Task<IEnumerable<Suggestion>> ReadAsync(
        string sql,
        Member asker,
        ChannelId? channel,
        string state,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
                (
                    await connection.QueryAsync<(string Value, string Label)>(
                        sql,
                        new
                        {
                            Community = asker.Community.Value,
                            Channel = channel?.Value ?? 0,
                            State = state,
                            Limit = MostRead,
                        }
                    )
                ).Select(row => new Suggestion(row.Value, row.Label)),
            cancellationToken
        );

    private static IReadOnlyList<Suggestion> Match(IEnumerable<Suggestion> all, string typed, SuggestionLimits limits)
    {
        var words = Folded.Of(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. all.Where(one => one.Value.Length > 0 && one.Value.Length <= limits.MaxValue)
                .Where(one =>
                    words.Length == 0
                    || one.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                    || Contains(Folded.Of(one.Label), words)
                )
                .Take(limits.Most)
                .Select(one => one with { Label = OneLine(one.Label, limits.MaxLabel) }),
        ];
    }

    private static bool Contains(string label, string[] words) =>
        Array.TrueForAll(words, word => label.Contains(word, StringComparison.Ordinal));

    // Platforms refuse an empty label, and show one line of it.
    private static string OneLine(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "…" : Shortened.To(line, most);
    }
}

/// <summary>A value and how it is shown.</summary>
internal sealed record Suggestion(string Value, string Label);

/// <summary>What a platform shows of suggestions.</summary>
/// <param name="Most">So many at most.</param>
/// <param name="MaxLabel">Characters of what is shown.</param>
/// <param name="MaxValue">Characters of the value itself; a longer one is not suggested.</param>
internal sealed record SuggestionLimits(int Most, int MaxLabel, int MaxValue);
