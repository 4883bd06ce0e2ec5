using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>When a channel gets its digests: digest set, show, preview, now, off.</summary>
internal sealed class DigestCommands(Database database, DigestStore digests, Changes changes)
{
    private const int RunsShown = 3;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["digest set"] = SetAsync,
            ["digest show"] = ShowAsync,
            ["digest preview"] = PreviewAsync,
            ["digest now"] = NowAsync,
            ["digest off"] = OffAsync,
        };

    /// <summary>The zone of a channel; UTC where the machine does not know its name.</summary>
    public static TimeZoneInfo Zone(ChannelRow channel) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(channel.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    private Task<CommandReply> SetAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChannelCommands.ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                if (
                    !DigestSchedule.TryParse(
                        context.Command["schedule"],
                        Zone(channel),
                        out var schedule,
                        out var problem
                    )
                )
                {
                    return new Plan.Refused(MarkdownEscape.Line(problem));
                }

                var wanted = schedule.ToString();
                var next = schedule.NextAfter(context.Now);
                // A channel that takes everything at once would have nothing left for its digest.
                var mode = channel.Mode == "instant" ? "digest+breaking" : channel.Mode;
                var row = await AdminStore.CompareAsync(
                    connection,
                    "channel",
                    channel.Id,
                    ("schedule", wanted),
                    ("time_zone", schedule.Zone.Id),
                    ("next_digest_at", next.Ms()),
                    ("mode", mode)
                );
                return row is null
                    ? new Plan.Refused($"#{MarkdownEscape.Line(channel.Name)} has this schedule already.")
                    : new Plan.Change(
                        ChannelCommands.Target(channel),
                        Answers.Difference(
                            $"Digest of **#{MarkdownEscape.Line(channel.Name)}**",
                            ("schedule", channel.Schedule, wanted),
                            ("mode", channel.Mode, mode)
                        )
                            + $"\n\nThe next ones:\n{Runs(schedule, context.Now)}{ZoneHint(context.Command["schedule"], schedule)}",
                        $"Digests of #{MarkdownEscape.Line(channel.Name)} come {MarkdownEscape.Line(wanted)}; the next one {Answers.Time(next, schedule.Zone)}."
                    )
                    {
                        Rows = [row],
                    };
            },
            cancellationToken
        );

    private Task<CommandReply> ShowAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var found = await AdminStore.ChannelAsync(connection, context);
                if (found.Value is not { } channel)
                {
                    return CommandReply.Refused(found.Problem);
                }

                var name = $"#{MarkdownEscape.Line(channel.Name)}";
                if (
                    channel.Schedule is null
                    || !DigestSchedule.TryParse(channel.Schedule, Zone(channel), out var schedule, out _)
                )
                {
                    return CommandReply.Done(
                        $"{name} has no digest. `/news digest set \"weekdays 8:30, 17:00 Europe/Berlin\"` gives it one."
                    );
                }

                var off =
                    channel.Mode == "instant"
                        ? "\nIts mode is `instant`, so no digest is made; see `/news help channel mode`."
                        : "";
                return CommandReply.Done(
                    $"Digests of {name}: {MarkdownEscape.Line(channel.Schedule)}{off}\n\nThe next ones:\n{Runs(schedule, context.Now)}"
                );
            },
            cancellationToken
        );

    private async Task<CommandReply> PreviewAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            connection => AdminStore.ChannelAsync(connection, context),
            cancellationToken
        );
        return found.Value is { } channel
            ? await DraftAsync(channel, context.Now, cancellationToken) with
            {
                Suggestions = ["digest now"],
            }
            : CommandReply.Refused(found.Problem);
    }

    private async Task<CommandReply> NowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            connection => AdminStore.ChannelAsync(connection, context),
            cancellationToken
        );
        // What was shown is what is posted, so it is not made anew when it is confirmed.
        var preview =
            found.Value is { Mode: not "instant" } here && !context.Confirmed
                ? await DraftAsync(here, context.Now, cancellationToken)
                : null;
        var reply = await ChannelCommands.ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                if (channel.Mode == "instant")
                {
                    return new Plan.Refused(
                        $"#{MarkdownEscape.Line(channel.Name)} gets its stories at once and has no digest. `/news channel mode digest+breaking` changes that."
                    );
                }

                var row = await AdminStore.CompareAsync(
                    connection,
                    "channel",
                    channel.Id,
                    ("next_digest_at", context.Now.Ms())
                );
                return new Plan.Change(
                    ChannelCommands.Target(channel),
                    preview?.Markdown ?? "",
                    $"The digest of #{MarkdownEscape.Line(channel.Name)} is on its way; after it the schedule goes on as before."
                )
                {
                    Rows = row is null ? [] : [row],
                    // What is posted cannot be unposted by putting a date back.
                    CanUndo = false,
                    AuditAfter = new { now = true },
                };
            },
            cancellationToken
        );
        return reply with { Preview = preview?.Preview };
    }

    private async Task<CommandReply> DraftAsync(
        ChannelRow channel,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => DigestPreview.Of(channel, await digests.PreviewAsync(new ChannelId(channel.Id), cancellationToken), now);

    private Task<CommandReply> OffAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChannelCommands.ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                var row = await AdminStore.CompareAsync(
                    connection,
                    "channel",
                    channel.Id,
                    ("schedule", null),
                    ("next_digest_at", null),
                    ("mode", "instant")
                );
                return row is null
                    ? new Plan.Refused($"#{MarkdownEscape.Line(channel.Name)} has no digest.")
                    : new Plan.Change(
                        ChannelCommands.Target(channel),
                        Answers.Difference(
                            $"Digest of **#{MarkdownEscape.Line(channel.Name)}**",
                            ("schedule", channel.Schedule, null),
                            ("mode", channel.Mode, "instant")
                        ) + "\nStories will come at once, within the channel's limits.",
                        $"#{MarkdownEscape.Line(channel.Name)} gets no more digests."
                    )
                    {
                        Rows = [row],
                    };
            },
            cancellationToken
        );

    // Whoever writes "8:30" means their own clock, and a server's is most often set to UTC.
    private static string ZoneHint(string written, DigestSchedule schedule) =>
        schedule.Zone.Equals(TimeZoneInfo.Utc)
        && !written.Contains(schedule.Zone.Id, StringComparison.OrdinalIgnoreCase)
            ? $"\n\nThese are times in UTC. For your own clock put your zone behind them, such as {MarkdownEscape.Code($"/news digest set \"{written.Replace("\"", "", StringComparison.Ordinal)} Europe/Berlin\"")}."
            : "";

    private static string Runs(DigestSchedule schedule, DateTimeOffset now)
    {
        var lines = new List<string>();
        var at = now;
        for (var i = 0; i < RunsShown; i++)
        {
            at = schedule.NextAfter(at);
            lines.Add("- " + Answers.Time(at, schedule.Zone));
        }

        return string.Join('\n', lines);
    }
}
