using System.Text.Json;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>
/// The numbers of the gateway protocol, version 10.
/// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
/// </summary>
internal static class GatewayProtocol
{
    public const int Dispatch = 0;
    public const int Heartbeat = 1;
    public const int Identify = 2;
    public const int PresenceUpdate = 3;
    public const int VoiceStateUpdate = 4;
    public const int Resume = 6;
    public const int Reconnect = 7;
    public const int RequestGuildMembers = 8;
    public const int InvalidSession = 9;
    public const int Hello = 10;
    public const int HeartbeatAck = 11;
    public const int RequestSoundboardSounds = 31;
    public const int RequestChannelInfo = 43;

    public const int UnknownError = 4000;
    public const int UnknownOpcode = 4001;
    public const int DecodeError = 4002;
    public const int NotAuthenticated = 4003;
    public const int AuthenticationFailed = 4004;
    public const int AlreadyAuthenticated = 4005;
    public const int InvalidSeq = 4007;
    public const int RateLimited = 4008;
    public const int SessionTimedOut = 4009;
    public const int InvalidShard = 4010;
    public const int ShardingRequired = 4011;
    public const int InvalidVersion = 4012;
    public const int InvalidIntents = 4013;
    public const int DisallowedIntents = 4014;

    public const long Guilds = 1L << 0;
    public const long GuildMembers = 1L << 1;
    public const long GuildPresences = 1L << 8;
    public const long MessageContent = 1L << 15;

    /// <summary>Every intent there is: bits 0 to 16, 20, 21, 24 and 25.</summary>
    public const long AllIntents = ((1L << 17) - 1) | (1L << 20) | (1L << 21) | (1L << 24) | (1L << 25);

    /// <summary>Longest payload a client may send, in bytes.</summary>
    public const int MaxPayloadBytes = 4096;

    /// <summary>Payloads a client may send within a minute.</summary>
    public const int MaxSendsPerMinute = 120;

    /// <summary>Guilds one shard may hold.</summary>
    public const int MaxGuildsPerShard = 2500;

    /// <summary>Letters of all languages are sent as they are, so that a client meets real UTF-8.</summary>
    public static JsonSerializerOptions Json { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The shard a guild belongs to. Source: https://discord.com/developers/docs/events/gateway#sharding</summary>
    public static int ShardOf(ulong? guild, int shards) => guild is { } id ? (int)((id >> 22) % (ulong)shards) : 0;
}
