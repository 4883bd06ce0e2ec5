using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Ends the publication of channels that not everybody may see any more.</summary>
internal static class ChatPrivacy
{
    // A channel that not everybody may see is never published, and what was published of it is not shown any more.
    private const string Unpublish = """
        UPDATE channel SET publication = 'off' WHERE id = @Channel AND publication <> 'off'
        RETURNING community_id AS Community, name
        """;

    private const string Close = """
        UPDATE channel SET private_at = @Now WHERE id = @Channel AND private_at IS NULL
        """;

    private const string Open = """
        UPDATE channel SET private_at = NULL WHERE id = @Channel AND private_at IS NOT NULL
        """;

    private const string Narrow = """
        UPDATE comment SET visibility = 'off' WHERE channel_id = @Channel AND visibility <> 'off' RETURNING id
        """;

    /// <summary>Takes that a channel is private; the admins are told where it was published.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="channel">Which.</param>
    /// <param name="platform">What the platform is called, such as "Discord".</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>Whether it was published until now.</returns>
    public static async Task<bool> CloseAsync(
        DbConnection connection,
        ChannelId channel,
        string platform,
        DateTimeOffset now
    )
    {
        var key = new { Channel = channel.Value };
        await connection.ExecuteAsync(Close, new { Channel = channel.Value, Now = now.Ms() });
        if (await connection.QueryFirstOrDefaultAsync<ChannelRow>(Unpublish, key) is not { } closed)
        {
            return false;
        }

        await ChatGone.ChangedAsync(connection, await connection.QueryAsync<long>(Narrow, key), now);
        await ChannelMirroring.RetractAsync(connection, channel, CopyChange.Removal.Priority, now);
        await ThreadNotices.RenewAsync(connection, channel, now);
        await PrivateMessages.TellAdminsAsync(
            connection,
            closed.Community,
            string.Create(CultureInfo.InvariantCulture, $"private:{channel.Value}:{now.Ms()}"),
            $"#{MarkdownEscape.Line(closed.Name, 100)} has become private on {platform}, so its discussions are not published any more. "
                + "When it is open again, publish it anew.",
            now
        );
        return true;
    }

    /// <summary>Takes that everybody in its workspace may see a channel; publishing it is an admin's choice again.</summary>
    public static Task OpenAsync(DbConnection connection, ChannelId channel) =>
        connection.ExecuteAsync(Open, new { Channel = channel.Value });

    private sealed class ChannelRow
    {
        public required long Community { get; init; }
        public required string Name { get; init; }
    }
}
