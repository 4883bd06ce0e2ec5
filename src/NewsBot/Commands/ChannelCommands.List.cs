using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Which channels there are: channel list, channel create.</summary>
internal sealed partial class ChannelCommands
{
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
                        ? AdminStore.NoChannel
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
        var breaking =
            channel.Mode == "digest+breaking"
                ? $", breaking from {Rule(channel.BreakingOutlets, channel.BreakingMs)}"
                : "";
        var languages = channel.Languages is { } codes ? $", only {MarkdownEscape.Line(codes)}" : "";
        var parked = channel.ParkedReason is { } reason ? $"\n  ✖ {MarkdownEscape.Line(reason, 200)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"- **#{MarkdownEscape.Line(channel.Name)}** ({channel.Platform}): {channel.Mode}{schedule}, {LengthOfTime.Count(sources, "source")}, at most {channel.MaxPerHour} cards an hour and {channel.MaxPerDay} a day{quiet}{breaking}{languages}, layout {channel.Layout}, replies {channel.Mirror}, published {channel.Publication}{parked}"
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
}
