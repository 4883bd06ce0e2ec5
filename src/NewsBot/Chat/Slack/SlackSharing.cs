using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Clients.Slack;
using NewsBot.Core.Channels;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Channels shared with another organisation. People there did not agree to anything here, so their words are taken only
/// after an admin has said so anew.
/// </summary>
internal static class SlackSharing
{
    private const string Begin = """
        UPDATE channel SET shared_at = @Now, mirror = 'post-only' WHERE id = @Channel AND shared_at IS NULL
        RETURNING community_id AS Community, name
        """;

    private const string Refuse = """
        UPDATE channel SET refused_message = MAX(COALESCE(refused_message, ''), @Message) WHERE id = @Channel
        """;

    private const string End = "UPDATE channel SET shared_at = NULL, refused_message = NULL WHERE id = @Channel";

    public static async Task BeginAsync(DbConnection connection, ChannelId channel, DateTimeOffset now)
    {
        var key = new { Channel = channel.Value, Now = now.Ms() };
        if (await connection.QueryFirstOrDefaultAsync<ChannelRow>(Begin, key) is { } shared)
        {
            await ChannelMirroring.RetractAsync(connection, channel, CopyChange.Removal.Priority, now);
            await PrivateMessages.TellAdminsAsync(
                connection,
                shared.Community,
                string.Create(CultureInfo.InvariantCulture, $"shared:{channel.Value}:{now.Ms()}"),
                $"#{MarkdownEscape.Line(shared.Name, 100)} is shared with another organisation in Slack, so replies there are no longer collected. "
                    + $"If people there know of it, type `/news channel mirror collect --channel #{shared.Name}`.",
                now
            );
        }
    }

    /// <summary>Remembers up to where replies were not taken, so that they are not later either.</summary>
    public static Task RefuseAsync(DbConnection connection, ChannelId channel, SlackTs message) =>
        connection.ExecuteAsync(Refuse, new { Channel = channel.Value, Message = message.Text });

    public static Task EndAsync(DbConnection connection, ChannelId channel) =>
        connection.ExecuteAsync(End, new { Channel = channel.Value });

    private sealed class ChannelRow
    {
        public required long Community { get; init; }
        public required string Name { get; init; }
    }
}
