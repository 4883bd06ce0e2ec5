using System.Data.Common;
using Dapper;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Channels;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>What happens to channels: renamed, archived, deleted, shared, closed, or the bot is put out of them.</summary>
internal sealed class SlackChannelLife(
    Database database,
    SlackInstalls installs,
    SlackTracking tracking,
    SlackChannels channels,
    SlackCatchUp catchUp,
    CheckRounds<SlackCheck> checks,
    LiveUpdates live,
    TimeProvider time
)
{
    private const string Find = """
        SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'slack' AND w.external_id = @Team AND c.external_id = @Channel
        """;

    // An id that is there already is that of a channel an admin has made use of meanwhile.
    private const string ChangeId = """
        UPDATE channel SET external_id = @Now
        WHERE external_id = @Before AND workspace_id IN (SELECT id FROM workspace WHERE platform = 'slack')
          AND NOT EXISTS (
              SELECT 1 FROM channel o WHERE o.workspace_id = channel.workspace_id AND o.external_id = @Now)
        """;

    /// <summary>Takes one event about a channel; those we do not use are left.</summary>
    public async Task TakeAsync(string team, string type, ChannelEvent change, CancellationToken cancellationToken)
    {
        var channel = change.Channel!.Id!;
        channels.Forget(team, channel);
        var isSelf = installs.IsSelf(change.User, null);
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                var id = await connection.ExecuteScalarAsync<long?>(Find, new { Team = team, Channel = channel });
                if (id is { } found)
                {
                    await TakeAsync(connection, new ChannelId(found), type, change, isSelf, now);
                }
            },
            cancellationToken
        );
        if (type is "channel_unarchive" or "group_unarchive" || (type == "member_joined_channel" && isSelf))
        {
            // What was said meanwhile was not told.
            await catchUp.FlagAsync(channel, cancellationToken);
        }

        // Whatever kept posts out may be mended now, or something else does.
        checks.Wake(team);
        live.Publish(LiveUpdate.Everything);
    }

    /// <summary>Takes that a channel became private.</summary>
    public Task CloseAsync(string team, string channel, CancellationToken cancellationToken)
    {
        channels.Forget(team, channel);
        return database.WriteAsync(
            async connection =>
            {
                var id = await connection.ExecuteScalarAsync<long?>(Find, new { Team = team, Channel = channel });
                if (id is { } found)
                {
                    await ChatPrivacy.CloseAsync(connection, new ChannelId(found), "Slack", time.GetUtcNow());
                }
            },
            cancellationToken
        );
    }

    /// <summary>Takes that a channel has another id now.</summary>
    public async Task ChangeIdAsync(string before, string now, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            connection => (Task)connection.ExecuteAsync(ChangeId, new { Before = before, Now = now }),
            cancellationToken
        );
        tracking.Add(now);
    }

    private static Task TakeAsync(
        DbConnection connection,
        ChannelId channel,
        string type,
        ChannelEvent change,
        bool isSelf,
        DateTimeOffset now
    ) =>
        type switch
        {
            "channel_rename" or "group_rename" when change.Channel?.Name is { Length: > 0 } name =>
                SlackChannelFacts.RenameAsync(connection, channel, name),
            "channel_archive" or "group_archive" => ChatGone.ParkAsync(
                connection,
                channel,
                SlackChannelFacts.Archived,
                now
            ),
            "channel_unarchive" or "group_unarchive" => ChatGone.UnparkAsync(
                connection,
                channel,
                SlackChannelFacts.Archived
            ),
            "channel_deleted" or "group_deleted" => ChatGone.HideChannelAsync(
                connection,
                channel,
                SlackChannelFacts.Deleted,
                now
            ),
            "channel_left" or "group_left" => ChatGone.ParkAsync(connection, channel, SlackChannelFacts.PutOut, now),
            "member_left_channel" when isSelf => ChatGone.ParkAsync(connection, channel, SlackChannelFacts.PutOut, now),
            "member_joined_channel" when isSelf => ChatGone.UnparkAsync(connection, channel, SlackChannelFacts.PutOut),
            // Workspaces of one organisation share without leaving it; a message in it says whether it leaves.
            "channel_shared" when change.IsExtShared => SlackSharing.BeginAsync(connection, channel, now),
            "channel_unshared" when !change.IsExtShared => SlackSharing.EndAsync(connection, channel),
            _ => Task.CompletedTask,
        };
}
