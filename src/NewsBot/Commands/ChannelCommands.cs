using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Posts;
using NewsBot.Core.Text;
using NewsBot.Storage;

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
        Func<SqliteConnection, ChannelRow, Task<Plan>> plan,
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

    private Task<CommandReply> ListAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var channels = await AdminStore.ChannelsAsync(connection, context.Community);
                var sources = (await AdminStore.SubscriptionsAsync(connection, context.Community)).ToLookup(one =>
                    one.ChannelId
                );
                return CommandReply.Done(
                    channels.Count == 0
                        ? "There is no channel yet. `/news channel create news` makes one in the built-in chat."
                        : string.Join('\n', channels.Select(channel => Line(channel, sources[channel.Id].Count())))
                );
            },
            cancellationToken
        );

    private static string Line(ChannelRow channel, int sources)
    {
        var schedule =
            channel.Mode != "instant" && channel.Schedule is { } text ? $" ({MarkdownEscape.Line(text)})" : "";
        var quiet = channel.QuietHours is { } hours ? $", quiet {MarkdownEscape.Line(hours)}" : "";
        var parked = channel.ParkedReason is { } reason ? $"\n  ✖ {MarkdownEscape.Line(reason, 200)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"- **#{MarkdownEscape.Line(channel.Name)}** ({channel.Platform}): {channel.Mode}{schedule}, {LengthOfTime.Count(sources, "source")}, at most {channel.MaxPerHour} cards an hour and {channel.MaxPerDay} a day{quiet}, layout {channel.Layout}, replies {channel.Mirror}, published {channel.Publication}{parked}"
        );
    }

    private Task<CommandReply> CreateAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var asked = context.Command["name"].TrimStart('#').ToLowerInvariant().Replace(' ', '-');
                if (asked.Length is 0 or > 40 || !asked.All(one => char.IsLetterOrDigit(one) || one is '-' or '_'))
                {
                    return new Plan.Refused(
                        "A channel's name has 1 to 40 letters, digits and hyphens, such as `science` or `my-phones`."
                    );
                }

                var workspace = await connection.ExecuteScalarAsync<long?>(
                    "SELECT id FROM workspace WHERE community_id = @Community AND platform = 'web' ORDER BY id LIMIT 1",
                    new { context.Community }
                );
                if (workspace is null)
                {
                    return new Plan.Refused(
                        "The built-in chat is off, so it has no channels. `Chat:Web:Enabled` turns it on."
                    );
                }

                var channels = await AdminStore.ChannelsAsync(connection, context.Community);
                if (channels.Any(channel => channel.Platform == "web" && channel.ExternalId == asked))
                {
                    return new Plan.Refused($"There is a channel #{MarkdownEscape.Line(asked)} already.");
                }

                return new Plan.Change(
                    $"#{asked}",
                    $"A new channel **#{MarkdownEscape.Line(asked)}** in the built-in chat, without sources yet.",
                    $"Made [#{MarkdownEscape.Line(asked)}](/chat/{Uri.EscapeDataString(asked)}). `/news add` there gives it sources."
                )
                {
                    Rows =
                    [
                        AdminStore.Insertion(
                            "channel",
                            ("community_id", context.Community),
                            ("workspace_id", workspace),
                            ("external_id", asked),
                            ("name", asked),
                            // Whoever reaches the built-in chat can read it, so its replies are public from the start.
                            ("publication", "public"),
                            ("created_at", context.Now.Ms())
                        ),
                    ],
                };
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

        return await ChangeAsync(
            changes,
            context,
            (connection, channel) =>
                PlanAsync(
                    connection,
                    channel,
                    [
                        ("cards an hour", Text(channel.MaxPerHour), Text(perHour)),
                        ("cards a day", Text(channel.MaxPerDay), Text(perDay)),
                    ],
                    "\nWhat comes beyond waits for the next digest.",
                    ("max_per_hour", perHour),
                    ("max_per_day", perDay)
                ),
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

    private Task<CommandReply> PublishAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                var wanted = context.Command["publication"];
                if (
                    wanted != "off"
                    && await connection.ExecuteScalarAsync<long?>(
                        "SELECT private_at FROM channel WHERE id = @Id",
                        new { channel.Id }
                    )
                        is not null
                )
                {
                    return new Plan.Refused(
                        $"Not everybody may see #{MarkdownEscape.Line(channel.Name)} where it is, so it cannot be published. Open it there first."
                    );
                }

                var widens = Width(wanted) > Width(channel.Publication);
                var plan = await PlanAsync(
                    connection,
                    channel,
                    [("published to", channel.Publication, wanted)],
                    widens
                        ? "\nThis holds for what is written from then on; what was written before stays as it is. The channel is told."
                        : "\nThis holds for what was written before, too.",
                    ("publication", wanted)
                );
                return plan is not Plan.Change change
                    ? plan
                    : change with
                    {
                        ApplyAsync = inside =>
                            widens
                                ? TellAsync(inside, channel, wanted, context)
                                : NarrowAsync(inside, channel, wanted, context),
                        // The narrowing of single comments is not kept, and a widening must be told.
                        CanUndo = false,
                        AuditBefore = new { publication = channel.Publication },
                        AuditAfter = new { publication = wanted },
                    };
            },
            cancellationToken
        );

    private static async Task<Plan.Applied> TellAsync(
        SqliteConnection connection,
        ChannelRow channel,
        string wanted,
        CommandContext context
    )
    {
        var readers = wanted == "public" ? "everybody on the web" : "members of this community";
        var notice = new PostBody.Notice($"From now on {readers} can read what is written here below the stories.");
        await Outbox.CreateAsync(
            connection,
            new PostDraft(
                new Core.Channels.ChannelId(channel.Id),
                PostSubject.Notice(string.Create(CultureInfo.InvariantCulture, $"publish-{wanted}-{context.Now.Ms()}")),
                0,
                notice,
                context.Now
            )
        );
        return new Plan.Applied([]);
    }

    private static async Task<Plan.Applied> NarrowAsync(
        SqliteConnection connection,
        ChannelRow channel,
        string wanted,
        CommandContext context
    )
    {
        string[] wider = wanted == "off" ? ["members", "public"] : ["public"];
        var stories = await connection.QueryAsync<long>(
            """
            UPDATE comment SET visibility = @wanted WHERE channel_id = @Id AND visibility IN @wider RETURNING story_id
            """,
            new
            {
                wanted,
                channel.Id,
                wider,
            }
        );
        await AdminStore.ShowChangeAsync(connection, [], stories.Distinct(), context.Now);
        return new Plan.Applied([]);
    }

    private static string Summed(IReadOnlyList<(string What, string? Before, string? After)> fields) =>
        string.Join(
            ", ",
            fields
                .Where(field => field.Before != field.After)
                .Select(field => $"{field.What} is now {MarkdownEscape.Line(field.After ?? "none", 80)}")
        );

    private static async Task<Plan> PlanAsync(
        SqliteConnection connection,
        ChannelRow channel,
        IReadOnlyList<(string What, string? Before, string? After)> fields,
        string note,
        params IReadOnlyList<(string Column, object? Value)> wanted
    )
    {
        var row = await AdminStore.CompareAsync(connection, "channel", channel.Id, wanted);
        var name = $"#{MarkdownEscape.Line(channel.Name)}";
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

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string text, int most) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : null;

    private static int Width(string publication) =>
        publication switch
        {
            "public" => 2,
            "members" => 1,
            _ => 0,
        };
}
