using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;

namespace NewsBot.Chat.Discord;

/// <summary>Who we are on Discord; asked once.</summary>
internal sealed class DiscordSelf(DiscordRest rest) : IDisposable
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private Identity? _known;

    /// <exception cref="DiscordException">Discord does not know the token, or does not answer.</exception>
    public async Task<Identity> GetAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known)
        {
            return known;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            return _known ??= new Identity(
                await rest.GetApplicationAsync(cancellationToken),
                (await rest.GetCurrentUserAsync(cancellationToken)).Id
            );
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    /// <param name="Application">The application as it was when first asked for.</param>
    /// <param name="User">The bot's own account.</param>
    internal sealed record Identity(Application Application, Snowflake User);
}
