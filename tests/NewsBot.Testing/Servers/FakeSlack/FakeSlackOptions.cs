namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>How a fake Slack is started.</summary>
public sealed class FakeSlackOptions
{
    /// <summary>The port on loopback; 0 takes any.</summary>
    public int Port { get; set; }

    /// <summary>The clock of timestamps, rate limits, triggers and retries.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Where the state is kept over a restart; null keeps it in memory only.</summary>
    public string? DataFile { get; set; }

    /// <summary>Makes tokens and random faults repeatable.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The rate limits; changing them takes effect at once.</summary>
    public FakeLimits Limits { get; set; } = new();

    /// <summary>
    /// Where events, commands, interactions and options are posted to, such as http://127.0.0.1:5000/slack; below it stand
    /// /events, /commands, /interactions and /options. Null delivers all of it by Socket Mode.
    /// </summary>
    public string? RequestUrl { get; set; }

    /// <summary>How long the app may take to acknowledge something.</summary>
    public TimeSpan AckWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>When an event is sent again after it failed. The first retry comes nearly at once.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } =
    [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <summary>How often the server pings each socket. Real time: it is about a network.</summary>
    public TimeSpan PingEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Sockets that an app may have open.</summary>
    public int MaxConnections { get; set; } = 10;

    /// <summary>How long a socket lives before the server asks for a new one; null never asks.</summary>
    public TimeSpan? ConnectionLife { get; set; }

    /// <summary>
    /// History in the mode of apps that are sold outside the Marketplace: one request a minute, at most 15 objects.
    /// </summary>
    public bool SmallHistory { get; set; }

    /// <summary>The most objects on a page, whatever is asked for; smaller ones make short pages.</summary>
    public int MaxPage { get; set; } = 1000;

    /// <summary>
    /// Whether the app's own posts come back as bot_message without a user. Null takes turns, as both are seen: posts under
    /// another name always do.
    /// </summary>
    public bool? SelfAsBotMessage { get; set; }

    /// <summary>What becomes of the app's messages under other names; changing it takes effect at once.</summary>
    public FakeNameRules NameRules { get; set; }

    /// <summary>Whether tokens given by OAuth end after twelve hours and come with a refresh token.</summary>
    public bool TokenRotation { get; set; }
}
