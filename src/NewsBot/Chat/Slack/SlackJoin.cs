using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Chat.Slack;

/// <summary>Enters public channels by itself, when it is first told that it is not in one.</summary>
internal sealed partial class SlackJoin(ILogger<SlackJoin> logger)
{
    /// <summary>Does something in a channel; where the bot is not in it, enters it and does it then.</summary>
    /// <param name="api">Calls of the workspace.</param>
    /// <param name="channel">Which.</param>
    /// <param name="act">What to do.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="SlackException">Slack refused it, or the channel cannot be entered without an invitation.</exception>
    public async Task<T> ActAsync<T>(
        SlackWebApi api,
        string channel,
        Func<CancellationToken, Task<T>> act,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await act(cancellationToken);
        }
        catch (SlackException error) when (error.Kind is SlackErrorKind.NotInChannel)
        {
            if (!await TryAsync(api, channel, cancellationToken))
            {
                throw;
            }
        }

        return await act(cancellationToken);
    }

    /// <summary>Enters a channel.</summary>
    /// <returns>False where somebody has to invite the bot.</returns>
    /// <exception cref="SlackException">Slack does not answer, or the channel or the token is gone.</exception>
    public async Task<bool> TryAsync(SlackWebApi api, string channel, CancellationToken cancellationToken)
    {
        try
        {
            await api.JoinConversationAsync(channel, cancellationToken);
            LogJoined(channel);
            return true;
        }
        catch (SlackException error) when (NeedsInvitation(error))
        {
            LogRefused(channel, error.Code);
            return false;
        }
    }

    private static bool NeedsInvitation(SlackException error) =>
        error.Kind is SlackErrorKind.NotInChannel or SlackErrorKind.NotAllowed or SlackErrorKind.MissingScope
        || error.Code
            is "method_not_supported_for_channel_type"
                or "channel_not_found"
                or "invalid_join"
                or "user_is_restricted"
                or "is_private";

    [LoggerMessage(LogLevel.Information, "Joined channel {Channel} of Slack")]
    private partial void LogJoined(string channel);

    [LoggerMessage(
        LogLevel.Warning,
        "Could not join channel {Channel} of Slack ({Code}); somebody has to invite the bot"
    )]
    private partial void LogRefused(string channel, string code);
}
