namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>How a fake Discord is started.</summary>
public sealed class FakeDiscordOptions
{
    /// <summary>The port on loopback; 0 takes any.</summary>
    public int Port { get; set; }

    /// <summary>The clock of ids, rate limits, interactions and heartbeats.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Where the state is kept over a restart; null keeps it in memory only.</summary>
    public string? DataFile { get; set; }

    /// <summary>Makes tokens, hashes and random faults repeatable.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The rate limits; changing them takes effect at once.</summary>
    public FakeLimits Limits { get; set; } = new();

    /// <summary>How long a nonce is remembered. Discord says "a few minutes".</summary>
    public TimeSpan NonceWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The heartbeat interval that Hello names.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(41_250);

    /// <summary>Identifies allowed at once within five seconds.</summary>
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>Identifies allowed in a day.</summary>
    public int SessionStarts { get; set; } = 1000;

    /// <summary>Shards that GET /gateway/bot recommends.</summary>
    public int Shards { get; set; } = 1;
}
