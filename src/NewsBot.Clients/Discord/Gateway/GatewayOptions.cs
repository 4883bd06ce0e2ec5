namespace NewsBot.Clients.Discord.Gateway;

/// <summary>Who the bot is and how patient it is. The defaults suit Discord; tests shorten them.</summary>
public sealed class GatewayOptions
{
    /// <summary>The bot token, without "Bot ". Never logged.</summary>
    public required string Token { get; init; }

    /// <summary>Bits of https://discord.com/developers/docs/events/gateway#gateway-intents</summary>
    public required int Intents { get; init; }

    /// <summary>Sent with the socket, as "DiscordBot (url, version)".</summary>
    public required string UserAgent { get; init; }

    /// <summary>The name for the identify properties "browser" and "device".</summary>
    public string LibraryName { get; init; } = "NewsBot";

    /// <summary>How many shards all of this bot has, all run here; 0 = as Discord recommends at start.</summary>
    public int ShardCount { get; init; }

    /// <summary>UTF-8 JSON of the presence to show from the start; empty = Discord's own default. At most 2,048 bytes.</summary>
    public ReadOnlyMemory<byte> Presence { get; init; }

    /// <summary>Above how many members a guild comes without its offline members; 50 to 250. We ask for no members.</summary>
    public int LargeThreshold { get; init; } = 50;

    /// <summary>Whether to ask for zlib-stream, which saves about four fifths of the traffic.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Longest time to open the socket, TLS included. Default 20 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for Hello, and for READY or RESUMED while nothing else arrives. Default 60 s.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A connection that lived this long was good: the next attempt after it is made at once. Default 10 s.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the second attempt in a row; each further one doubles. Default 1 s.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts. Default 2 minutes.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Between two new sessions of one bucket. Discord's rule is 5 s; emulators may be quicker.</summary>
    public TimeSpan IdentifyEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longest message after inflation, in bytes. Default 16 MiB: a GUILD_CREATE with 500 channels, 1,000 active threads,
    /// 250 roles and 500 emoji is about 2 MB, and a small server still survives one that lies.
    /// </summary>
    public int MaxFrameBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most wanted events waiting for the handler. Default 10,000: a busy minute of a large bot.</summary>
    public int MaxQueuedEvents { get; init; } = 10_000;

    /// <summary>Most bytes waiting for the handler. Default 64 MiB: the guilds of one shard at start.</summary>
    public long MaxQueuedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How often a failed event is tried again. Default 4, over about 20 s: a locked database is free by then.</summary>
    public int HandlerRetries { get; init; } = 4;

    /// <summary>The wait before the first retry of a failed event; each further one is four times as long. Default 0.25 s.</summary>
    public TimeSpan HandlerRetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest time the handler may take for one attempt. Default 2 minutes.</summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
