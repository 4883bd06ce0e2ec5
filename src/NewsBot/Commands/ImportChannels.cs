using System.Data.Common;
using NewsBot.Core.Digests;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>
/// The channels of an imported file. A channel is known by its id; in another chat, where the id means nothing, by its
/// name, so that a file comes in with at most the names changed.
/// </summary>
internal static class ImportChannels
{
    /// <summary>Which channel of the community each channel of the file is, by the file's key of it.</summary>
    public static async Task<IReadOnlyDictionary<string, ImportedChannel>> FindAsync(
        DbConnection connection,
        CommandContext context,
        ConfigurationFile file
    )
    {
        var all = await AdminStore.ChannelsAsync(connection, context.Community);
        // Also those that only sources speak of, as in a file somebody shortened.
        var found = all.ToDictionary(
            ConfigurationExport.Key,
            channel => new ImportedChannel(channel, IsMoved: false),
            StringComparer.Ordinal
        );
        var taken = (file.Channels ?? []).Select(Key).Where(found.ContainsKey).ToHashSet(StringComparer.Ordinal);
        foreach (var wanted in file.Channels ?? [])
        {
            var namesakes = found.ContainsKey(Key(wanted))
                ? []
                : all.Where(channel => IsNamed(channel, wanted) && !taken.Contains(ConfigurationExport.Key(channel)))
                    .ToList();
            // Of two channels of that name nobody can say which is meant.
            if (namesakes is [var only])
            {
                found[Key(wanted)] = new ImportedChannel(only, IsMoved: only.Platform != wanted.Platform);
                taken.Add(ConfigurationExport.Key(only));
            }
        }

        return found;
    }

    /// <summary>Notes what the file changes about channels.</summary>
    public static async Task CompareAsync(ImportWork work, ConfigurationFile file)
    {
        foreach (var channel in file.Channels ?? [])
        {
            await CompareAsync(work, channel);
        }
    }

    private static string Key(ConfiguredChannel channel) => $"{channel.Platform}:{channel.Id}";

    private static bool IsNamed(ChannelRow channel, ConfiguredChannel wanted) =>
        string.Equals(
            channel.Name.TrimStart('#'),
            wanted.Name?.Trim().TrimStart('#'),
            StringComparison.OrdinalIgnoreCase
        );

    private static string Remedy(ConfiguredChannel wanted) =>
        wanted.Platform == "web"
            ? $"Make it first: `/news channel create {MarkdownEscape.Line(wanted.Id, 40)}`."
            : "Use a command in it once, such as `/news digest show`, or write the name of the one that takes its place into the file.";

    /// <summary>What of a channel's settings its place here can have; the rest is told.</summary>
    private static ConfiguredChannel Fitting(
        ImportWork work,
        ConfiguredChannel wanted,
        ImportedChannel found,
        string name
    )
    {
        if (wanted.Tags is not null && found.Row.Kind is not ("forum" or "media"))
        {
            work.Problems.Add($"{name}: it is no forum, so its posts have no tags.");
            wanted = wanted with { Tags = null };
        }

        if (wanted.Crosspost == true && found.Row.Kind != "announcement")
        {
            work.Problems.Add($"{name}: it is no announcement channel, so nobody can follow it from elsewhere.");
            wanted = wanted with { Crosspost = null };
        }

        if (wanted.PingRole is not null && found.IsMoved)
        {
            work.Problems.Add(
                $"{name}: the role it pings is one of another chat; `/news channel ping` names one here."
            );
            wanted = wanted with { PingRole = null };
        }

        return wanted;
    }

    private static async Task CompareAsync(ImportWork work, ConfiguredChannel wanted)
    {
        var name = MarkdownEscape.Line("#" + (wanted.Name ?? wanted.Id), 60);
        if (!work.Channels.TryGetValue(Key(wanted), out var found))
        {
            work.Problems.Add($"{name}: there is no such channel here. {Remedy(wanted)}");
            return;
        }

        var channel = found.Row;
        if (Problem(wanted, channel) is { } problem)
        {
            work.Problems.Add($"{name}: {problem}");
            return;
        }

        wanted = Fitting(work, wanted, found, name);
        var talks = Talks(wanted, channel);
        await work.CompareAsync(
            "channel",
            channel.Id,
            name,
            Fields(wanted, channel, talks),
            [
                .. NextDigest(wanted, channel, work.Context.Now),
                .. talks is null
                    ? Array.Empty<(string, object?)>()
                    :
                    [
                        ("discussion_zone", talks.Zone.Id),
                        ("next_discussion_at", talks.NextAfter(work.Context.Now).Ms()),
                    ],
                .. wanted.Mirror is { } mirror && mirror != channel.Mirror
                    ? [("mirror_since", (object?)work.Context.Now.Ms())]
                    : Array.Empty<(string, object?)>(),
            ]
        );
    }

    private static (string Column, object? Before, object? After)[] Fields(
        ConfiguredChannel wanted,
        ChannelRow channel,
        DigestSchedule? talks
    ) =>
        [
            ("mode", channel.Mode, wanted.Mode ?? channel.Mode),
            ("schedule", channel.Schedule, wanted.Schedule ?? channel.Schedule),
            ("time_zone", channel.TimeZone, wanted.TimeZone ?? channel.TimeZone),
            ("quiet_hours", channel.QuietHours, wanted.QuietHours ?? channel.QuietHours),
            ("quiet_day", channel.QuietDay, wanted.QuietDay ?? channel.QuietDay),
            ("max_per_hour", channel.MaxPerHour, wanted.MaxPerHour ?? channel.MaxPerHour),
            ("max_per_day", channel.MaxPerDay, wanted.MaxPerDay ?? channel.MaxPerDay),
            ("layout", channel.Layout, wanted.Layout ?? channel.Layout),
            ("digest_cards", channel.DigestCards, wanted.DigestCards ?? channel.DigestCards),
            ("digest_per_source", channel.PerSource, wanted.PerSource ?? channel.PerSource),
            ("breaking_outlets", channel.BreakingOutlets, wanted.BreakingOutlets ?? channel.BreakingOutlets),
            ("breaking_ms", channel.BreakingMs, wanted.BreakingMinutes * 60_000 ?? channel.BreakingMs),
            (
                "languages",
                channel.Languages,
                wanted.Languages is null ? channel.Languages : Languages(wanted.Languages)
            ),
            ("mirror", channel.Mirror, wanted.Mirror ?? channel.Mirror),
            (
                "mirror_within",
                channel.MirrorWithin,
                wanted.MirrorWithin is { } near ? (near ? 1L : 0L) : channel.MirrorWithin
            ),
            ("ping_role", channel.PingRole, wanted.PingRole ?? channel.PingRole),
            ("tags", channel.Tags, wanted.Tags is null ? channel.Tags : Tags(wanted.Tags)),
            ("crosspost", channel.Crosspost, wanted.Crosspost is { } on ? (on ? 1L : 0L) : channel.Crosspost),
            ("discussion_schedule", channel.DiscussionSchedule, talks?.ToString() ?? channel.DiscussionSchedule),
        ];

    private static string? Languages(string text) =>
        ChannelCommands.TryReadLanguages(text, out var languages) ? languages : null;

    private static string? Tags(string text) => ForumTags.TryParse(text, out var tags) ? tags : null;

    private static (string, object?)[] NextDigest(ConfiguredChannel wanted, ChannelRow channel, DateTimeOffset now) =>
        (wanted.Mode ?? channel.Mode) != "instant"
        && (wanted.Schedule ?? channel.Schedule) is { } text
        && text != channel.Schedule
        && DigestSchedule.TryParse(text, DigestCommands.Zone(channel), out var schedule, out _)
            ? [("next_digest_at", schedule.NextAfter(now).Ms())]
            : [];

    // Null where it stays as it is: the next one is not put off by an import that changes nothing.
    private static DigestSchedule? Talks(ConfiguredChannel wanted, ChannelRow channel) =>
        wanted.Discussion is { } text
        && DigestSchedule.TryParse(text, DigestCommands.Zone(channel), out var schedule, out _)
        && schedule.ToString() != channel.DiscussionSchedule
            ? schedule
            : null;

    private static string? Problem(ConfiguredChannel wanted, ChannelRow channel)
    {
        (string Name, string? Value, string[] Allowed)[] choices =
        [
            ("mode", wanted.Mode, ["instant", "digest", "digest+breaking"]),
            ("layout", wanted.Layout, ["cards", "compact"]),
            ("quietDay", wanted.QuietDay, ["silent", "say"]),
            ("mirror", wanted.Mirror, ["post-only", "collect", "two-way"]),
        ];
        foreach (var (field, value, allowed) in choices)
        {
            if (value is not null && !allowed.Contains(value, StringComparer.Ordinal))
            {
                return $"{field} is one of {string.Join(", ", allowed)}, not “{MarkdownEscape.Line(value, 40)}”.";
            }
        }

        foreach (var text in new[] { wanted.Schedule, wanted.Discussion }.OfType<string>())
        {
            if (!DigestSchedule.TryParse(text, DigestCommands.Zone(channel), out _, out var unread))
            {
                return MarkdownEscape.Line(unread);
            }
        }

        if (wanted.QuietHours is { } quiet && !QuietHours.TryParse(quiet, out _, out var problem))
        {
            return MarkdownEscape.Line(problem);
        }

        return wanted switch
        {
            { TimeZone: { } zone } when !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) =>
                $"there is no time zone “{MarkdownEscape.Line(zone, 40)}”.",
            { MaxPerHour: < 1 or > 500 } or { MaxPerDay: < 1 or > 5_000 } or { DigestCards: < 0 or > 20 } =>
                "one of its limits is out of bounds.",
            { PerSource: < 1 or > DigestTaste.MostPerSource }
            or { BreakingOutlets: < BreakingRule.FewestOutlets or > BreakingRule.MostOutlets }
            or { BreakingMinutes: < 1 or > 24 * 60 } => "one of its limits is out of bounds.",
            { Languages: { } codes } when !ChannelCommands.TryReadLanguages(codes, out _) =>
                "its languages are no codes such as “en de”.",
            _ when !ConfigurationCheck.IsRole(wanted.PingRole) =>
                "what it pings is no id of a role or user group; a name pings nobody.",
            { Tags: { } tags } when !ForumTags.TryParse(tags, out _) => "its tags cannot be used.",
            _ => null,
        };
    }
}
