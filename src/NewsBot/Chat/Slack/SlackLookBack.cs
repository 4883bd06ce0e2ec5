using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Looks for a message of ours that nobody confirmed, before it is sent again: Slack would take the same message twice.
/// A message is known by the key in its metadata.
/// </summary>
internal static class SlackLookBack
{
    // A channel where more was written since the first try has lost sight of the card anyway.
    private const int MaxMessages = 10_000;

    // Our clock and Slack's, from which ids are made, need not agree.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <param name="install">The workspace, whose bot wrote it.</param>
    /// <param name="place">The channel.</param>
    /// <param name="thread">The thread in it; empty for the channel itself, whose history does not have the threads.</param>
    /// <param name="key">In the message's metadata.</param>
    /// <param name="since">When it was first tried.</param>
    /// <param name="cancellationToken">Cancels the wait, which is minutes where histories are limited.</param>
    /// <returns>The message; null where it certainly is not there.</returns>
    /// <exception cref="SlackException">The history cannot be read, so that nothing is known.</exception>
    public static async Task<Message?> FindAsync(
        SlackInstall install,
        string place,
        SlackTs thread,
        string key,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var query = new HistoryQuery(place)
        {
            Oldest = SlackTs.Of(since - Skew),
            Inclusive = true,
            WithMetadata = true,
        };
        var messages = thread.IsEmpty
            ? install.Api.ReadHistoryAsync(query, MaxMessages, cancellationToken)
            : install.Api.ReadRepliesAsync(query, thread, MaxMessages, cancellationToken);
        await foreach (var message in messages)
        {
            if (install.IsSelf(message.User, message.BotId) && SlackForm.HasKey(message, key))
            {
                return message;
            }
        }

        return null;
    }
}
