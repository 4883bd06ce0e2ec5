namespace NewsBot.Chat.Discord;

/// <summary>How the connection to Discord is, for those who ask. Whoever holds it says so here; without anybody nothing is known.</summary>
internal sealed class DiscordStatus
{
    private Func<DiscordConditions>? _source;

    /// <summary>Names who knows. The function is called for every page and has to be quick.</summary>
    public void From(Func<DiscordConditions> source) => Volatile.Write(ref _source, source);

    /// <returns>Null where nobody holds a connection in this process.</returns>
    public DiscordConditions? Read() => Volatile.Read(ref _source)?.Invoke();
}

/// <summary>The connection to Discord at one moment.</summary>
/// <param name="Shards">One for each connection, in order.</param>
/// <param name="Guilds">Guilds the bot is in and hears of.</param>
/// <param name="Problem">Why nothing works, in a sentence for an admin; null where it does.</param>
/// <param name="CatchUp">How far reading up on what was missed has come; null while nothing is to be read.</param>
internal sealed record DiscordConditions(
    IReadOnlyList<DiscordShard> Shards,
    int Guilds,
    string? Problem = null,
    DiscordCatchUpProgress? CatchUp = null
);

/// <param name="Number">From 0.</param>
/// <param name="IsConnected">Whether events arrive.</param>
/// <param name="Since">Since when it is so.</param>
internal sealed record DiscordShard(int Number, bool IsConnected, DateTimeOffset Since);

/// <param name="Done">Threads read.</param>
/// <param name="Of">Threads to read in all.</param>
internal sealed record DiscordCatchUpProgress(int Done, int Of);
