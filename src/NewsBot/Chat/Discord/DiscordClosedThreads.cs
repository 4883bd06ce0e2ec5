using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;

namespace NewsBot.Chat.Discord;

/// <summary>Acts in threads that are archived or locked: opens them for a moment and leaves them as they were.</summary>
internal sealed partial class DiscordClosedThreads(DiscordRest rest, ILogger<DiscordClosedThreads> logger)
{
    /// <summary>Runs an act, and where the thread is closed runs it again in the opened thread.</summary>
    /// <exception cref="DiscordException">The act was refused for another reason, or the thread could not be opened.</exception>
    public async Task<T> ActAsync<T>(
        Snowflake thread,
        Func<CancellationToken, Task<T>> act,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await act(cancellationToken);
        }
        catch (DiscordException error) when (IsClosed(error))
        {
            // Seen below; nothing happened yet.
        }

        var before = (await rest.GetChannelAsync(thread, cancellationToken)).ThreadMetadata ?? new ThreadMetadata();
        var open = new ThreadDraft { Archived = false, Locked = before.Locked ? false : null };
        await rest.ModifyThreadAsync(thread, open, cancellationToken);
        try
        {
            return await act(cancellationToken);
        }
        finally
        {
            await CloseAsync(thread, before, cancellationToken);
        }
    }

    public static bool IsClosed(DiscordException error) =>
        error.Code is DiscordCodes.ThreadArchived or DiscordCodes.ThreadLocked;

    private async Task CloseAsync(Snowflake thread, ThreadMetadata before, CancellationToken cancellationToken)
    {
        try
        {
            await rest.ModifyThreadAsync(
                thread,
                new ThreadDraft { Archived = before.Archived ? true : null, Locked = before.Locked ? true : null },
                cancellationToken
            );
        }
        catch (DiscordException error)
        {
            // Discord archives it by itself again; what was to be done is done.
            LogLeftOpen(thread, error.Code);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Thread {Thread} was opened for an edit and could not be closed again (error {Code})"
    )]
    private partial void LogLeftOpen(Snowflake thread, int code);
}
