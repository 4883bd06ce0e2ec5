using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Testing.Simulation;

/// <summary>
/// The gateway of a fake Discord as far as a process sees it: events with numbers in a session that can be continued from
/// any number, or is lost with all that was not told.
/// </summary>
internal sealed class SimulatedGateway(FakeDiscordServer discord, Random random)
{
    // Discord keeps the order of a channel; a client that handles beside each other, or resumes, sees neighbours exchanged.
    private const int Neighbours = 2;

    private readonly List<GatewayEvent> _log = [];
    private readonly HashSet<long> _done = [];
    private int _sessions;
    private long _last;

    /// <summary>What names the session.</summary>
    public string Session { get; private set; } = "";

    /// <summary>Whether somebody listens.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Up to which number everything was handled.</summary>
    public long Stored { get; private set; }

    public void Publish(FakeDispatch dispatch)
    {
        if (Session.Length > 0 && (dispatch.Intent == 0 || (dispatch.Intent & DiscordListener.Intents) != 0))
        {
            Append(dispatch.Event, dispatch.Data);
        }
    }

    /// <summary>Begins a session; what happened before it is told to nobody.</summary>
    public void Begin()
    {
        _log.Clear();
        _done.Clear();
        (_last, Stored) = (0, 0);
        Session = $"session-{++_sessions}";
        IsOpen = true;
        var guilds = new JsonArray([
            .. discord.State.GuildIds.Select(id => new JsonObject { ["id"] = $"{id}", ["unavailable"] = true }),
        ]);
        Append(
            "READY",
            new JsonObject
            {
                ["v"] = 10,
                ["user"] = discord.State.BotUser(),
                ["guilds"] = guilds,
                ["session_id"] = Session,
                ["shard"] = new JsonArray(0, 1),
            }
        );
        foreach (var guild in discord.State.GuildIds)
        {
            Append("GUILD_CREATE", discord.State.GuildCreate(guild));
        }
    }

    /// <summary>Tells again everything after a number.</summary>
    public void Resume(long from)
    {
        _done.RemoveWhere(sequence => sequence > from);
        Stored = from;
        IsOpen = true;
    }

    /// <summary>Breaks the connection; events wait in the session.</summary>
    public void Cut() => IsOpen = false;

    /// <returns>What is told next; null where nothing waits.</returns>
    public GatewayEvent? Next()
    {
        if (!IsOpen)
        {
            return null;
        }

        var waiting = _log.Where(one => !_done.Contains(one.Sequence)).Take(Neighbours).ToList();
        // The first events of a session say what it is about.
        return waiting.Count == 0 ? null
            : waiting[0].Sequence <= 2 ? waiting[0]
            : waiting[random.Next(8) == 0 ? waiting.Count - 1 : 0];
    }

    /// <summary>Notes that an event was handled.</summary>
    public void Done(GatewayEvent handled)
    {
        _done.Add(handled.Sequence);
        while (_done.Contains(Stored + 1))
        {
            Stored++;
        }
    }

    private void Append(string type, JsonObject data) =>
        _log.Add(new GatewayEvent(0, ++_last, type, Encoding.UTF8.GetBytes(data.ToJsonString())));
}
