using System.Collections.Concurrent;
using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Chat.Discord;

/// <summary>How the connection to Discord is doing. In memory: it is about this process.</summary>
internal sealed class DiscordState(DiscordGuilds guilds, TimeProvider time)
{
    private const string Blanked =
        "Replies come without their text. Switch on “Message Content Intent” on the page “Bot” of the application.";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, ShardLine> _shards = new();
    private volatile string? _stopped;
    private volatile CatchUpProgress? _catchUp;
    private volatile bool _isBlanked;
    private long _lastEventAt;

    /// <summary>Why nothing is connected and what an admin has to do; null while it runs.</summary>
    public string? Stopped
    {
        get => _stopped;
        set => _stopped = value;
    }

    /// <summary>How far catching up has come; null while there is nothing to catch up with.</summary>
    public CatchUpProgress? CatchUp
    {
        get => _catchUp;
        set => _catchUp = value;
    }

    /// <summary>Whether people's messages came without their text, as they do while the message content intent is off.</summary>
    public bool IsBlanked
    {
        get => _isBlanked;
        set => _isBlanked = value;
    }

    /// <summary>When the last event of ours came, UTC; null for none yet.</summary>
    public DateTimeOffset? LastEventAt =>
        Interlocked.Read(ref _lastEventAt) is not 0 and var ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>Whether every shard is connected.</summary>
    public bool IsConnected => !_shards.IsEmpty && _shards.Values.All(shard => shard.IsConnected);

    /// <summary>All of it, for the status page and the commands.</summary>
    public ChatConditions Conditions() =>
        new(
            [
                .. _shards
                    .Values.OrderBy(shard => shard.Shard)
                    .Select(shard => new ChatConnection(shard.Shard, shard.IsConnected, shard.Since)),
            ],
            guilds.Count,
            Stopped
                ?? _shards.Values.FirstOrDefault(shard => !shard.IsConnected && shard.Sentence.Length > 0)?.Sentence
                ?? (IsBlanked ? Blanked : null),
            CatchUp
        );

    /// <summary>Whether every shard has been connected for long enough that new guilds would have told of themselves.</summary>
    public bool HasSettled
    {
        get
        {
            var before = time.GetUtcNow() - Settling;
            return !_shards.IsEmpty && _shards.Values.All(shard => shard.IsConnected && shard.Since <= before);
        }
    }

    public void SawEvent() => Interlocked.Exchange(ref _lastEventAt, time.GetUtcNow().ToUnixTimeMilliseconds());

    public void Keep(GatewayState state)
    {
        if (state is GatewayState.Skipped)
        {
            return;
        }

        var (sentence, isConnected) = state switch
        {
            GatewayState.Ready or GatewayState.Resumed => ("", true),
            GatewayState.Waiting waiting => (waiting.Reason, false),
            GatewayState.Stopped stopped => (stopped.Sentence, false),
            _ => ("", false),
        };
        _shards[state.Shard] = new ShardLine(state.Shard, sentence, isConnected, time.GetUtcNow());
    }

    private sealed record ShardLine(int Shard, string Sentence, bool IsConnected, DateTimeOffset Since);
}
