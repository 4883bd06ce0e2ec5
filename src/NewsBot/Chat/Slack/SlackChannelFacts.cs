using System.Data.Common;
using Dapper;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Channels;

namespace NewsBot.Chat.Slack;

/// <summary>What is kept of a channel's state at Slack, whether an event told of it or it was asked for.</summary>
internal static class SlackChannelFacts
{
    public const string Archived = "It is archived in Slack. Unarchive it there, and posting goes on.";
    public const string Deleted = "It was deleted in Slack.";

    public const string PutOut =
        "The app was removed from it. Type /invite there and choose the app, and posting goes on.";

    private const string Rename = "UPDATE channel SET name = @Name WHERE id = @Id AND name <> @Name";

    public static Task RenameAsync(DbConnection connection, ChannelId channel, string name) =>
        connection.ExecuteAsync(Rename, new { Id = channel.Value, Name = name });

    /// <summary>Brings a channel to what Slack says of it now; events that would have said so may have been missed.</summary>
    public static async Task KeepAsync(
        DbConnection connection,
        ChannelId channel,
        Conversation facts,
        DateTimeOffset now
    )
    {
        if (facts.Name is { Length: > 0 } name)
        {
            await RenameAsync(connection, channel, name);
        }

        await (
            facts.IsArchived
                ? ChatGone.ParkAsync(connection, channel, Archived, now)
                : ChatGone.UnparkAsync(connection, channel, Archived)
        );
        if (facts.IsMember)
        {
            await ChatGone.UnparkAsync(connection, channel, PutOut);
        }

        await (
            facts.IsPrivate
                ? ChatPrivacy.CloseAsync(connection, channel, "Slack", now)
                : ChatPrivacy.OpenAsync(connection, channel)
        );

        await (
            facts.IsExtShared
                ? SlackSharing.BeginAsync(connection, channel, now)
                : SlackSharing.EndAsync(connection, channel)
        );
    }
}
