using System.Text;
using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

/// <summary>Valid things to start a test from.</summary>
internal static class A
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Uri Home = new("wss://gateway.example/");

    public static GatewayOptions Options(int intents = 34309, string presence = "") =>
        new()
        {
            Token = "secret-token",
            Intents = intents,
            UserAgent = "DiscordBot (https://bot.example, 1.0)",
            Presence = Encoding.UTF8.GetBytes(presence),
        };

    /// <summary>For tests over a real socket, in which the clock runs much faster than the socket.</summary>
    public static GatewayOptions PatientOptions(
        int maxQueuedEvents = 10_000,
        int maxFrameBytes = 16_000_000,
        bool compress = true,
        int shardCount = 0
    ) =>
        new()
        {
            Token = "secret-token",
            Intents = 34309,
            UserAgent = "DiscordBot (https://bot.example, 1.0)",
            ConnectTimeout = TimeSpan.FromDays(1),
            HelloTimeout = TimeSpan.FromDays(1),
            MaxQueuedEvents = maxQueuedEvents,
            MaxFrameBytes = maxFrameBytes,
            Compress = compress,
            ShardCount = shardCount,
        };

    public static GatewayAddress Address(Uri url, int shards = 1, int remaining = 1000, int concurrency = 1) =>
        new(url, shards, 1000, remaining, TimeSpan.FromHours(3), concurrency);

    public static GatewayResume Resume(long sequence = 40, string url = "wss://resume.example/", string scope = "") =>
        new("old", url, sequence, scope);

    public static GatewaySession Session(GatewayResume? saved = null, double random = 0.5, int intents = 34309) =>
        new(Options(intents), 0, 1, saved, () => random);

    /// <summary>A session that has identified and is live at <see cref="Now"/>, with READY stored as number 1.</summary>
    public static GatewaySession LiveSession(double random = 0.5)
    {
        var session = Session(random: random);
        session.Start(Now);
        session.GoLive(Now);
        return session;
    }

    public static void GoLive(this GatewaySession session, DateTimeOffset now, string id = "abc")
    {
        session.Opened(Home, now);
        session.Hello(TimeSpan.FromSeconds(40), now);
        session.Ready(id, "wss://resume.example/", 1, now);
        session.Store(1, now);
    }

    public static void Store(this GatewaySession session, long sequence, DateTimeOffset now) =>
        session.Accept(sequence, isWanted: false, now, out _);

    public static string Text(this ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
