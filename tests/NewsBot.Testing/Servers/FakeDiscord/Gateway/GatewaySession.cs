using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>
/// What outlives a connection: the numbered dispatches of one identified client. Not safe for threads: the gateway's lock
/// guards it.
/// </summary>
/// <param name="id">32 hexadecimal digits.</param>
/// <param name="intents">What it wants to hear of.</param>
/// <param name="shard">Its shard.</param>
/// <param name="shards">Of how many.</param>
internal sealed class GatewaySession(string id, long intents, int shard, int shards)
{
    // Enough for some minutes of a busy guild; a client that missed more has to identify anew.
    private const int MaxKept = 20_000;
    private const int MaxKeptBytes = 64 * 1024 * 1024;

    private readonly Queue<(long Number, byte[] Frame)> _kept = new();
    private long _keptBytes;

    /// <summary>What a client resumes with.</summary>
    public string Id => id;

    /// <summary>What it wants to hear of.</summary>
    public long Intents => intents;

    /// <summary>Its shard.</summary>
    public int Shard => shard;

    /// <summary>Of how many.</summary>
    public int Shards => shards;

    /// <summary>The number of the last dispatch; 0 before the first.</summary>
    public long LastNumber { get; private set; }

    /// <summary>Where it is heard at the moment; null while the client is away.</summary>
    public FakeSocket? Connection { get; private set; }

    /// <summary>When the client went away.</summary>
    public DateTimeOffset AwaySince { get; private set; }

    /// <summary>The presence last set.</summary>
    public JsonNode? Presence { get; set; }

    /// <summary>How often it was resumed.</summary>
    public int Resumes { get; private set; }

    /// <summary>Whether a dispatch is for this session.</summary>
    public bool Wants(FakeDispatch dispatch) =>
        (dispatch.Intent == 0 || (dispatch.Intent & intents) != 0)
        && GatewayProtocol.ShardOf(dispatch.GuildId, shards) == shard;

    /// <summary>Whether it hears of guilds of its shard.</summary>
    public bool Holds(ulong guild) => GatewayProtocol.ShardOf(guild, shards) == shard;

    /// <summary>Numbers a dispatch, keeps it and sends it where the client is there.</summary>
    /// <param name="name">The event.</param>
    /// <param name="body">Its d.</param>
    /// <param name="kept">False for RESUMED, which takes a number but is not replayed.</param>
    public void Append(string name, ReadOnlySpan<byte> body, bool kept = true)
    {
        LastNumber++;
        var frame = GatewayFrame.Dispatch(name, LastNumber, body);
        if (kept)
        {
            Keep(LastNumber, frame);
        }

        Connection?.Send(frame);
    }

    /// <summary>Makes a connection the one to hear this session.</summary>
    public void Attach(FakeSocket connection) => Connection = connection;

    /// <summary>Lets go of the connection that still hears it, as a client on another one resumes it.</summary>
    public void TakeOver(DateTimeOffset now)
    {
        if (Connection is { } before)
        {
            before.Close(new SocketRefusal(GatewayProtocol.UnknownError, "The session is resumed elsewhere."));
            Detach(now);
        }
    }

    /// <summary>The client is away.</summary>
    public void Detach(DateTimeOffset now)
    {
        Connection = null;
        AwaySince = now;
    }

    /// <summary>Whether everything behind a number is still there.</summary>
    public bool CanReplayFrom(long number) =>
        number >= LastNumber || (_kept.TryPeek(out var first) && first.Number <= number + 1);

    /// <summary>Sends again what has come after a number, then RESUMED.</summary>
    public void Replay(long number)
    {
        Resumes++;
        foreach (var (_, frame) in _kept.Where(kept => kept.Number > number))
        {
            Connection?.Send(frame);
        }

        Append("RESUMED", "{\"_trace\":[\"fake\"]}"u8, kept: false);
    }

    /// <summary>For people.</summary>
    public JsonObject Describe() =>
        new()
        {
            ["id"] = id,
            ["shard"] = new JsonArray(shard, shards),
            ["intents"] = intents,
            ["seq"] = LastNumber,
            ["kept"] = _kept.Count,
            ["connected"] = Connection is not null,
            ["resumes"] = Resumes,
            ["presence"] = Presence?.DeepClone(),
        };

    /// <summary>All there is to go on with after a restart.</summary>
    public JsonObject Save() =>
        new()
        {
            ["id"] = id,
            ["intents"] = intents,
            ["shard"] = shard,
            ["shards"] = shards,
            ["number"] = LastNumber,
            ["away_since"] = AwaySince.ToString("O", CultureInfo.InvariantCulture),
            ["kept"] = new JsonArray([
                .. _kept.Select(kept => (JsonNode)new JsonArray(kept.Number, Convert.ToBase64String(kept.Frame))),
            ]),
        };

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static GatewaySession Load(JsonNode saved)
    {
        var session = new GatewaySession(
            saved["id"]!.GetValue<string>(),
            saved["intents"]!.GetValue<long>(),
            saved["shard"]!.GetValue<int>(),
            saved["shards"]!.GetValue<int>()
        )
        {
            LastNumber = saved["number"]!.GetValue<long>(),
            AwaySince = DateTimeOffset.Parse(
                saved["away_since"]!.GetValue<string>(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind
            ),
        };
        foreach (var kept in saved["kept"]!.AsArray())
        {
            session.Keep(kept![0]!.GetValue<long>(), Convert.FromBase64String(kept[1]!.GetValue<string>()));
        }

        return session;
    }

    private void Keep(long number, byte[] frame)
    {
        _kept.Enqueue((number, frame));
        _keptBytes += frame.Length;
        while (_kept.Count > MaxKept || _keptBytes > MaxKeptBytes)
        {
            _keptBytes -= _kept.Dequeue().Frame.Length;
        }
    }
}
