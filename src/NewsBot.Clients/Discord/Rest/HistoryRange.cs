namespace NewsBot.Clients.Discord.Rest;

/// <summary>Where in a channel's history to read: the newest, or beside one id.</summary>
public sealed record HistoryRange(Snowflake? After = null, Snowflake? Before = null, Snowflake? Around = null)
{
    public static HistoryRange Newest { get; } = new();
}
