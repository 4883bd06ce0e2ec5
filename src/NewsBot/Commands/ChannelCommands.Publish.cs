using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Posts;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Who may read a channel's replies on the web: channel publish.</summary>
internal sealed partial class ChannelCommands
{
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

                if (
                    wanted != "off"
                    && (await ModerationRow.FindAsync(connection, context.Community)).ChannelId == channel.Id
                )
                {
                    return new Plan.Refused(
                        $"Moderators are asked in #{MarkdownEscape.Line(channel.Name)} about what was held back, which would be in the open. `/news moderation channel` names another place first."
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
        DbConnection connection,
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
        DbConnection connection,
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
                wider = Among.Of(wider),
            }
        );
        await AdminStore.ShowChangeAsync(connection, [], stories.Distinct(), context.Now);
        return new Plan.Applied([]);
    }

    private static int Width(string publication) =>
        publication switch
        {
            "public" => 2,
            "members" => 1,
            _ => 0,
        };
}
