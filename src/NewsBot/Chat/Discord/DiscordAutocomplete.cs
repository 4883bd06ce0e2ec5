using Dapper;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Suggests values while somebody types. What is typed is only ever compared, never made part of a question.</summary>
internal sealed class DiscordAutocomplete(Database database)
{
    private const int MostChoices = 25;
    private const int MaxLabel = 100;
    private const int MaxValue = 100;

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
        WHERE community_id = @Community ORDER BY name COLLATE NOCASE, id LIMIT @Limit
        """;

    private const string Members = """
        SELECT 'member-' || id AS Value, COALESCE(pseudonym, name) AS Label FROM member
        WHERE community_id = @Community AND erased_at IS NULL ORDER BY id DESC LIMIT @Limit
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

    /// <returns>At most 25; none where the asker may not use the command.</returns>
    public async Task<IReadOnlyList<CommandChoice>> FindAsync(
        Interaction interaction,
        CancellationToken cancellationToken
    )
    {
        if (
            interaction.Data is not { } data
            || DiscordInput.Read(data) is not { Focused: { } focused } input
            || await database.ReadAsync(
                connection => DiscordAsker.FindAsync(connection, interaction),
                cancellationToken
            )
                is not { } asker
            || asker.Member.Role < input.Spec.Role
        )
        {
            return [];
        }

        var typed = input.Text(focused) ?? "";
        typed = typed.Length <= MaxTyped ? typed : typed[..MaxTyped];
        return DiscordValues.Of(input.Spec, focused) switch
        {
            DiscordValue.Source => await ReadAsync(Sources, asker, typed, cancellationToken),
            DiscordValue.Story => await ReadAsync(Stories, asker, typed, cancellationToken),
            DiscordValue.Member => await ReadAsync(Members, asker, typed, cancellationToken),
            DiscordValue.Word => await ReadAsync(Words, asker, typed, cancellationToken),
            DiscordValue.Comment => await ReadAsync(
                Comments,
                asker,
                typed,
                cancellationToken,
                state: input.Spec.Name == "show" ? "hidden" : "visible"
            ),
            DiscordValue.Bundle => Match(
                TransferCommands.Bundles().Select(bundle => new Suggestion { Value = bundle.Key, Label = bundle.Key }),
                typed
            ),
            DiscordValue.Verb => Match(
                Catalogue
                    .All.Where(spec => spec.Role <= asker.Member.Role)
                    .Select(spec => new Suggestion { Value = spec.Name, Label = $"{spec.Name}: {spec.Summary}" }),
                typed
            ),
            DiscordValue.Schedule => Schedules(typed),
            _ => [],
        };
    }

    /// <summary>Completes a schedule: the times as typed, with the zones that fit.</summary>
    public static IReadOnlyList<CommandChoice> Schedules(string typed)
    {
        var text = typed.Trim();
        if (text.Length == 0)
        {
            return [.. UsualSchedules.Select(schedule => CommandChoice.Of(schedule, schedule))];
        }

        var cut = text.LastIndexOf(' ') + 1;
        var last = Folded.Of(text[cut..].Replace('_', ' '));
        var zones =
            last.Length > 1 && char.IsLetter(last[0])
                ? TimeZoneInfo
                    .GetSystemTimeZones()
                    .Select(zone => zone.Id)
                    .Where(id => Folded.Of(id.Replace('_', ' ')).Contains(last, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(id => text[..cut] + id)
                : [];
        return
        [
            .. new[] { text }
                .Concat(zones)
                .Concat(UsualZones.Select(zone => $"{text} {zone}"))
                .Where(one => one.Length <= MaxValue && DigestSchedule.TryParse(one, TimeZoneInfo.Utc, out _, out _))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MostChoices)
                .Select(one => CommandChoice.Of(one, one)),
        ];
    }

    private async Task<IReadOnlyList<CommandChoice>> ReadAsync(
        string sql,
        DiscordAsker asker,
        string typed,
        CancellationToken cancellationToken,
        string state = "visible"
    )
    {
        var rows = await database.ReadAsync(
            connection =>
                connection.QueryAsync<Suggestion>(
                    sql,
                    new
                    {
                        asker.Workspace.Community,
                        Channel = asker.Channel?.Value ?? 0,
                        State = state,
                        Limit = MostRead,
                    }
                ),
            cancellationToken
        );
        return Match(rows, typed);
    }

    private static IReadOnlyList<CommandChoice> Match(IEnumerable<Suggestion> all, string typed)
    {
        var words = Folded.Of(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. all.Where(one => one.Value.Length is > 0 and <= MaxValue)
                .Where(one =>
                    words.Length == 0
                    || one.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                    || Contains(Folded.Of(one.Label), words)
                )
                .Take(MostChoices)
                .Select(one => CommandChoice.Of(Label(one.Label), one.Value)),
        ];
    }

    private static bool Contains(string label, string[] words) =>
        Array.TrueForAll(words, word => label.Contains(word, StringComparison.Ordinal));

    // Discord refuses an empty label, and shows one line of it.
    private static string Label(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "…" : DiscordAnswer.Cut(line, MaxLabel);
    }

    private sealed class Suggestion
    {
        public required string Value { get; init; }
        public required string Label { get; init; }
    }
}
