using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>When a channel is told what its people said: digest discussion.</summary>
internal sealed class TalkCommands(Database database, TalkDigests talks, Changes changes)
{
    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal) { ["digest discussion"] = RunAsync };

    private async Task<CommandReply> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var asked = context.Command["schedule"].Trim();
        switch (asked.ToLowerInvariant())
        {
            case "preview":
                return await PreviewAsync(context, cancellationToken);
            case "off":
                return await OffAsync(context, cancellationToken);
            case "now":
                return await NowAsync(context, cancellationToken);
            default:
                const string Weekly = "weekly ";
                return await SetAsync(
                    context,
                    asked.StartsWith(Weekly, StringComparison.OrdinalIgnoreCase) ? asked[Weekly.Length..] : asked,
                    cancellationToken
                );
        }
    }

    private Task<CommandReply> SetAsync(CommandContext context, string asked, CancellationToken cancellationToken) =>
        ChannelCommands.ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                if (!DigestSchedule.TryParse(asked, DigestCommands.Zone(channel), out var schedule, out var problem))
                {
                    return new Plan.Refused(
                        $"{MarkdownEscape.Line(problem)} Besides a schedule such as `weekly monday 9:00` there are `now`, `preview` and `off`."
                    );
                }

                var next = schedule.NextAfter(context.Now);
                var row = await AdminStore.CompareAsync(
                    connection,
                    "channel",
                    channel.Id,
                    ("discussion_schedule", schedule.ToString()),
                    ("discussion_zone", schedule.Zone.Id),
                    ("next_discussion_at", next.Ms())
                );
                return row is null
                    ? new Plan.Refused($"#{MarkdownEscape.Line(channel.Name)} has this schedule already.")
                    : new Plan.Change(
                        ChannelCommands.Target(channel),
                        $"**#{MarkdownEscape.Line(channel.Name)}** will be told what its people said: {MarkdownEscape.Line(schedule.ToString())}, first {Answers.Time(next, schedule.Zone)}. Nothing is posted when nobody said anything.",
                        $"#{MarkdownEscape.Line(channel.Name)} is told {MarkdownEscape.Line(schedule.ToString())}; the next time {Answers.Time(next, schedule.Zone)}."
                    )
                    {
                        Rows = [row],
                    };
            },
            cancellationToken
        );

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
                    ("discussion_schedule", null),
                    ("next_discussion_at", null)
                );
                return row is null
                    ? new Plan.Refused($"#{MarkdownEscape.Line(channel.Name)} has no digest of discussions.")
                    : new Plan.Change(
                        ChannelCommands.Target(channel),
                        $"**#{MarkdownEscape.Line(channel.Name)}** will no longer be told what its people said.",
                        $"#{MarkdownEscape.Line(channel.Name)} gets no more digests of discussions."
                    )
                    {
                        Rows = [row],
                    };
            },
            cancellationToken
        );

    private async Task<CommandReply> NowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            connection => AdminStore.ChannelAsync(connection, context),
            cancellationToken
        );
        var preview = found.Value is { } here ? await DescribeAsync(here, cancellationToken) : null;
        return await ChannelCommands.ChangeAsync(
            changes,
            context,
            (_, channel) =>
                Task.FromResult<Plan>(
                    preview is null
                        ? new Plan.Refused(Silence(channel))
                        : new Plan.Change(
                            ChannelCommands.Target(channel),
                            preview,
                            $"It is on its way to #{MarkdownEscape.Line(channel.Name)}."
                        )
                        {
                            ApplyAsync = async inside =>
                            {
                                await inside.ExecuteAsync(
                                    "UPDATE channel SET next_discussion_at = @Now WHERE id = @Id",
                                    new { Now = context.Now.Ms(), channel.Id }
                                );
                                return new Plan.Applied([]);
                            },
                            CanUndo = false,
                            AuditAfter = new { now = true },
                        }
                ),
            cancellationToken
        );
    }

    private async Task<CommandReply> PreviewAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            connection => AdminStore.ChannelAsync(connection, context),
            cancellationToken
        );
        return found.Value is { } channel
            ? CommandReply.Done(await DescribeAsync(channel, cancellationToken) ?? Silence(channel))
            : CommandReply.Refused(found.Problem);
    }

    private async Task<string?> DescribeAsync(ChannelRow channel, CancellationToken cancellationToken)
    {
        var bodies = await talks.PreviewAsync(new ChannelId(channel.Id), cancellationToken);
        return bodies.Count == 0
            ? null
            : $"This is what #{MarkdownEscape.Line(channel.Name)} would be told now:\n\n"
                + string.Join('\n', bodies.Select(DigestPreview.Line));
    }

    private static string Silence(ChannelRow channel) =>
        $"Nobody said anything that #{MarkdownEscape.Line(channel.Name)} may read since the last time, so nothing would be posted.";
}
