using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web.Views;

namespace NewsBot.Commands;

/// <summary>How a channel gets its stories and what happens with its replies: channel ….</summary>
internal sealed partial class ChannelCommands(Database database, Changes changes)
{
    private const int MostPerHour = 500;
    private const int MostPerDay = 5_000;
    private const int MostCards = 20;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["channel list"] = ListAsync,
            ["channel create"] = CreateAsync,
            ["channel mode"] = ModeAsync,
            ["channel layout"] = LayoutAsync,
            ["channel limits"] = LimitsAsync,
            ["channel quiet"] = QuietAsync,
            ["channel breaking"] = BreakingAsync,
            ["channel languages"] = LanguagesAsync,
            ["channel variety"] = VarietyAsync,
            ["channel mirror"] = MirrorAsync,
            ["channel publish"] = PublishAsync,
            ["channel ping"] = PingAsync,
            ["channel tags"] = TagsAsync,
            ["channel crosspost"] = CrosspostAsync,
        };

    public static string Target(ChannelRow channel) =>
        string.Create(CultureInfo.InvariantCulture, $"channel-{channel.Id} #{channel.Name}");

    /// <summary>Plans a change of the channel that is meant.</summary>
    public static Task<CommandReply> ChangeAsync(
        Changes changes,
        CommandContext context,
        Func<DbConnection, ChannelRow, Task<Plan>> plan,
        CancellationToken cancellationToken
    ) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var found = await AdminStore.ChannelAsync(connection, context);
                return found.Value is { } channel ? await plan(connection, channel) : new Plan.Refused(found.Problem);
            },
            cancellationToken
        );

    private Task<CommandReply> ModeAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                var mode = context.Command["mode"];
                if (mode != "instant" && channel.Schedule is null)
                {
                    return new Plan.Refused(
                        $"#{MarkdownEscape.Line(channel.Name)} has no digest times yet. Set them first: `/news digest set \"weekdays 8:30, 17:00 Europe/Berlin\"`."
                    );
                }

                long? next = null;
                if (
                    mode != "instant"
                    && DigestSchedule.TryParse(channel.Schedule!, DigestCommands.Zone(channel), out var schedule, out _)
                )
                {
                    next = schedule.NextAfter(context.Now).Ms();
                }

                return await PlanAsync(
                    connection,
                    channel,
                    [("mode", channel.Mode, mode)],
                    mode == "instant"
                        ? "\nWhat waits for a digest now will be posted as cards, within the channel's limits."
                        : "",
                    ("mode", mode),
                    ("next_digest_at", next)
                );
            },
            cancellationToken
        );

    private async Task<CommandReply> LayoutAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var cards = -1;
        if (
            context.Command.Find("cards") is { } text
            && (!int.TryParse(text, CultureInfo.InvariantCulture, out cards) || cards is < 0 or > MostCards)
        )
        {
            return CommandReply.Wrong($"The number of cards in a digest is from 0 to {MostCards}.");
        }

        return await ChangeAsync(
            changes,
            context,
            (connection, channel) =>
            {
                var wanted = cards < 0 ? channel.DigestCards : cards;
                return PlanAsync(
                    connection,
                    channel,
                    [
                        ("layout", channel.Layout, context.Command["layout"]),
                        ("cards in a digest", Text(channel.DigestCards), Text(wanted)),
                    ],
                    "",
                    ("layout", context.Command["layout"]),
                    ("digest_cards", wanted)
                );
            },
            cancellationToken
        );
    }

    private async Task<CommandReply> LimitsAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (
            Number(context.Command["per-hour"], MostPerHour) is not { } perHour
            || Number(context.Command["per-day"], MostPerDay) is not { } perDay
            || perDay < perHour
        )
        {
            return CommandReply.Wrong(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Give two numbers: cards an hour (1 to {MostPerHour}) and cards a day (up to {MostPerDay}, not fewer than an hour's), such as `/news channel limits 10 50`."
                )
            );
        }

        return await SetAsync(
            context,
            channel =>
                [
                    ("cards an hour", Text(channel.MaxPerHour), Text(perHour)),
                    ("cards a day", Text(channel.MaxPerDay), Text(perDay)),
                ],
            "\nWhat comes beyond waits for the next digest.",
            [("max_per_hour", perHour), ("max_per_day", perDay)],
            cancellationToken
        );
    }

    private async Task<CommandReply> QuietAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var text = context.Command["hours"];
        string? hours = null;
        if (!text.Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            if (!QuietHours.TryParse(text, out var quiet, out var problem))
            {
                return CommandReply.Wrong(MarkdownEscape.Line(problem) + " `/news channel quiet off` ends the quiet.");
            }

            hours = quiet!.ToString();
        }

        var days = context.Command.Option("days")?.ToLowerInvariant();
        if (days is not null and not "silent" and not "say")
        {
            return CommandReply.Wrong(
                "`--days` is `silent` (no post on a day without news) or `say` (a line that says so)."
            );
        }

        return await ChangeAsync(
            changes,
            context,
            (connection, channel) =>
                PlanAsync(
                    connection,
                    channel,
                    [
                        ($"quiet hours ({Answers.ZoneName(channel.TimeZone)})", channel.QuietHours, hours),
                        ("days without news", channel.QuietDay, days ?? channel.QuietDay),
                    ],
                    "",
                    ("quiet_hours", hours),
                    ("quiet_day", days ?? channel.QuietDay)
                ),
            cancellationToken
        );
    }

    private static string Summed(IReadOnlyList<(string What, string? Before, string? After)> fields) =>
        string.Join(
            ", ",
            fields
                .Where(field => field.Before != field.After)
                .Select(field => $"{field.What} is now {MarkdownEscape.Line(field.After ?? "none", 80)}")
        );

    /// <summary>Sets columns of the channel that is meant, whatever they are now.</summary>
    private Task<CommandReply> SetAsync(
        CommandContext context,
        Func<ChannelRow, IReadOnlyList<(string What, string? Before, string? After)>> fields,
        string note,
        IReadOnlyList<(string Column, object? Value)> wanted,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            changes,
            context,
            (connection, channel) => PlanAsync(connection, channel, fields(channel), note, wanted),
            cancellationToken
        );

    private static async Task<Plan> PlanAsync(
        DbConnection connection,
        ChannelRow channel,
        IReadOnlyList<(string What, string? Before, string? After)> fields,
        string note,
        params IReadOnlyList<(string Column, object? Value)> wanted
    )
    {
        var row = await AdminStore.CompareAsync(connection, "channel", channel.Id, wanted);
        var name = $"#{MarkdownEscape.Line(channel.Name)}{await PlaceAsync(connection, channel)}";
        return row is null
            ? new Plan.Refused($"{name} is set so already; nothing to change.")
            : new Plan.Change(
                Target(channel),
                Answers.Difference($"**{name}**", fields) + note,
                $"Changed {name}: {Summed(fields)}."
            )
            {
                Rows = [row],
            };
    }

    // Where a community is in several places, channels of one name are common.
    private static async Task<string> PlaceAsync(DbConnection connection, ChannelRow channel) =>
        await connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*) FROM channel c JOIN channel o ON o.community_id = c.community_id
            WHERE o.id = @Id AND c.name = @Name
            """,
            new { channel.Id, channel.Name }
        ) > 1
            ? $" ({Wording.Platform(channel.Platform)})"
            : "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string text, int most) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : null;
}
