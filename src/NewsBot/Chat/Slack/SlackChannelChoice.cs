using System.Data.Common;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>Makes the channel an admin means one of ours: the one they chose, else the one they stand in.</summary>
internal sealed class SlackChannelChoice(Database database, TimeProvider time)
{
    /// <param name="asker">An admin.</param>
    /// <param name="channel">Slack's id of the channel; null where nobody said which.</param>
    /// <param name="cancellationToken">Cancels the question to Slack.</param>
    /// <returns>The channel, or the sentence that says why stories cannot come there.</returns>
    public async Task<Found<SlackChosenChannel>> KeepAsync(
        SlackAsker asker,
        string? channel,
        CancellationToken cancellationToken
    )
    {
        if (channel is not { Length: > 0 })
        {
            return No("Say which channel is meant, such as `--channel #news`.");
        }

        Conversation found;
        try
        {
            found = await asker.Room.Api.GetConversationAsync(channel, cancellationToken);
        }
        catch (SlackException error) when (error.IsTargetGone || error.Kind == SlackErrorKind.NotInChannel)
        {
            return No("I am not in that channel. Write `/invite` and my name in it, and try again.");
        }

        if (found.IsIm || found.IsMpim)
        {
            return No("Stories cannot come into a direct message. Name a channel: `--channel #news`.");
        }

        var name = MarkdownEscape.Line(found.Name ?? "this channel", 80);
        if (found.IsArchived)
        {
            return No($"#{name} is archived. Bring it back in Slack, or choose another.");
        }

        if (found is { IsPrivate: true, IsMember: false })
        {
            return No($"I am not in #{name}. Write `/invite` and my name in it, and try again.");
        }

        var kept = await database.WriteAsync(
            connection => KeepAsync(connection, asker.Room, found, time.GetUtcNow()),
            cancellationToken
        );
        return new Found<SlackChosenChannel>(new SlackChosenChannel(kept), "");
    }

    private static async Task<ChannelId> KeepAsync(
        DbConnection connection,
        SlackRoom room,
        Conversation found,
        DateTimeOffset now
    )
    {
        var kept = await ChatPlaces.KeepChannelAsync(
            connection,
            room.Workspace,
            found.Id,
            found.Name ?? found.Id,
            "text",
            now
        );
        // An admin who is about to publish it has to hear that it cannot be.
        await (
            found.IsPrivate
                ? ChatPrivacy.CloseAsync(connection, kept, "Slack", now)
                : ChatPrivacy.OpenAsync(connection, kept)
        );
        if (found.IsExtShared)
        {
            // Stories may come there; the words of people elsewhere are taken only once an admin says so.
            await SlackSharing.BeginAsync(connection, kept, now);
        }

        return kept;
    }

    private static Found<SlackChosenChannel> No(string problem) => new(null, problem);
}

/// <summary>A channel of ours.</summary>
internal sealed record SlackChosenChannel(ChannelId Id);
