using NewsBot.Clients.Discord;

namespace NewsBot.Chat.Discord;

/// <summary>What came of looking for a story's thread. One type for each ending.</summary>
internal abstract record DiscordThreadFinding
{
    private DiscordThreadFinding() { }

    /// <summary>It is there.</summary>
    internal sealed record Found(Snowflake Thread) : DiscordThreadFinding;

    /// <summary>It cannot be opened now; the reason stands in its row, and it is tried again by itself.</summary>
    internal sealed record Later(TimeSpan Pause) : DiscordThreadFinding;

    /// <summary>Neither card nor thread is there any more.</summary>
    internal sealed record Gone : DiscordThreadFinding;
}
