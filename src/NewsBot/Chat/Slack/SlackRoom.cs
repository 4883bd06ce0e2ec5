using NewsBot.Clients.Slack.WebApi;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>A workspace of Slack the bot is in.</summary>
/// <param name="Team">Slack's id of it.</param>
/// <param name="Workspace">Ours.</param>
/// <param name="Api">Speaks there.</param>
internal sealed record SlackRoom(string Team, ChatWorkspace Workspace, SlackWebApi Api);

/// <summary>Finds the workspace something was used in.</summary>
internal sealed class SlackRooms(SlackInstalls installs, Database database)
{
    /// <returns>Null for one the bot is not in (any more), and while Slack does not say where it is.</returns>
    public async Task<SlackRoom?> FindAsync(string team, CancellationToken cancellationToken)
    {
        try
        {
            return
                await installs.ForTeamAsync(team, cancellationToken) is { } api
                && await database.ReadAsync(
                    connection => ChatPlaces.Slack.FindAsync(connection, team),
                    cancellationToken
                )
                    is { RemovedAt: null } workspace
                ? new SlackRoom(team, workspace, api)
                : null;
        }
        catch (SlackException)
        {
            return null;
        }
    }
}
