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

    // A clock that was far ahead at the first try names an instant after the message: a page more costs no second call.
    private const int Older = 100;

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
        var first = SlackTs.Of(since - Skew);
        var query = new HistoryQuery(place) { Inclusive = true, WithMetadata = true };
        if (install.Api.IsHistoryLimited)
        {
            // Fifteen messages a minute: what lies before cannot be looked at as well.
            query = query with
            {
                Oldest = first,
            };
        }

        var messages = thread.IsEmpty
            ? install.Api.ReadHistoryAsync(query, MaxMessages, cancellationToken)
            : install.Api.ReadRepliesAsync(query, thread, MaxMessages, cancellationToken);
        var older = 0;
        await foreach (var message in messages)
        {
            // A thread comes oldest first and is read to its end.
            if (thread.IsEmpty && message.Ts < first && ++older > Older)
            {
                return null;
            }

            if (install.IsSelf(message.User, message.BotId) && SlackForm.HasKey(message, key))
            {
                return message;
            }
        }

        return null;
    }
}
