using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>Everything a fake Slack remembers. One lock guards it all.</summary>
/// <param name="options">Clock, seed and limits. The state is that of the data file, or the starting stock.</param>
public sealed partial class FakeSlackState(FakeSlackOptions options)
{
    private readonly ChangeSignal _signal = new();
    private readonly FakeSlackOptions _options = options;

    /// <summary>Guards everything here; may be entered again by the thread that holds it.</summary>
    public Lock Sync => _signal.Sync;

    /// <summary>Who was notified, in order.</summary>
    public IReadOnlyList<FakePing> Pings
    {
        get
        {
            lock (Sync)
            {
                return [.. World.Pings];
            }
        }
    }

    /// <summary>Called under the lock and in order for every event the app is to hear of.</summary>
    public Action<FakeEvent>? Dispatched { get; set; }

    internal StoredWorld World { get; } = Stock.Load(options) ?? Stock.Create(options);

    internal DateTimeOffset Now => _options.Time.GetUtcNow();

    internal FakeSlackOptions Options => _options;

    internal FakeNameRules NameRules => _options.NameRules;

    /// <summary>Set once the port is known: what files, pages and answers are served from.</summary>
    internal string Root { get; set; } = "http://127.0.0.1";

    /// <summary>When each message of the app was accepted in this run.</summary>
    internal List<(DateTimeOffset At, string ChannelId)> Accepted { get; } = [];

    /// <summary>Sends a command or interaction to the app: what it is, and its payload.</summary>
    internal Action<StoredExchange, JsonObject>? Asked { get; set; }

    /// <summary>Waits until something is so. Tried anew after every change.</summary>
    /// <param name="condition">Read under the lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        _signal.WaitAsync(condition, cancellationToken);

    /// <summary>The messages of a channel as its history shows them, oldest first; replies too.</summary>
    public IReadOnlyList<JsonObject> Messages(string channel)
    {
        lock (Sync)
        {
            return [.. Stored(channel).Values.Select(one => Message(one, withMetadata: true))];
        }
    }

    /// <summary>Runs a change under the lock, then wakes whoever waits for it.</summary>
    internal T Change<T>(Func<T> change) => _signal.Change(change);

    internal void Change(Action change) =>
        Change(() =>
        {
            change();
            return true;
        });

    /// <summary>A new id, such as C0… for a channel.</summary>
    internal string NextId(string prefix) => Stock.Id(prefix, ++World.LastId, _options.Seed);

    /// <summary>A new secret; the same seed and the same requests make the same ones.</summary>
    internal string NextSecret(int length) =>
        Convert.ToHexStringLower(
            SHA512.HashData(Encoding.UTF8.GetBytes($"{_options.Seed} {World.ClientSecret} {++World.LastId}"))
        )[..length];

    /// <summary>
    /// A new ts of a channel: the second and a number within it, so that messages of different channels often share one.
    /// </summary>
    internal string NextTs(StoredChannel channel)
    {
        var second = Math.Max(Now.ToUnixTimeSeconds(), channel.LastSecond);
        channel.InSecond = second == channel.LastSecond ? channel.InSecond + 1 : 1;
        if (channel.InSecond > 9999)
        {
            second++;
            channel.InSecond = 1;
        }

        channel.LastSecond = second;
        return Ts(second, channel.InSecond * 100);
    }

    internal static string Ts(long second, int rest) =>
        string.Create(CultureInfo.InvariantCulture, $"{second:D10}.{rest:D6}");

    internal StoredTeam Team(string id) => World.Teams[id];

    internal StoredUser User(string id) =>
        World.Users.GetValueOrDefault(id) ?? throw new FakeApiException("user_not_found");

    /// <summary>A human by name; null for none. Names are looked for in the first workspace before the others.</summary>
    internal StoredUser? HumanNamed(string name, string? team = null) =>
        World
            .Users.Values.Where(user => !user.IsBot && user.Name == name && (team is null || user.TeamId == team))
            .OrderBy(user => user.TeamId != World.TeamId)
            .FirstOrDefault();

    /// <summary>Whether a user is the bot of a workspace.</summary>
    internal bool IsBot(string user) => World.Users.GetValueOrDefault(user)?.IsBot ?? false;

    /// <summary>Tells the app of something in a channel, where one of its installs sees that.</summary>
    /// <param name="channel">Where it happened.</param>
    /// <param name="what">The event, without event_ts where it is that of its ts.</param>
    /// <param name="scopes">By kind of channel: public, private, direct.</param>
    private void TellOf(StoredChannel channel, JsonObject what, EventScopes scopes)
    {
        var needed =
            channel.DirectWith is not null ? scopes.Direct
            : channel.IsPrivate ? scopes.Private
            : scopes.Public;
        foreach (var team in channel.Teams.Select(Team))
        {
            if (team.Installed && team.Scopes.Contains(needed) && channel.Members.Contains(team.BotUserId))
            {
                // Each event comes once, however many installs see it.
                Tell(team, what, channel.IsExternal);
                return;
            }
        }
    }

    /// <summary>Tells the app of something, if it may hear of it.</summary>
    private void Tell(StoredTeam team, JsonObject what, bool external = false)
    {
        var second = Now.ToUnixTimeSeconds();
        what["event_ts"] ??= Ts(second, (int)(++World.LastId % 10_000 * 100));
        var id = NextId("Ev");
        var payload = new JsonObject
        {
            ["token"] = World.VerificationToken,
            ["team_id"] = team.Id,
            ["context_team_id"] = team.Id,
            ["context_enterprise_id"] = null,
            ["api_app_id"] = World.AppId,
            ["event"] = what,
            ["type"] = "event_callback",
            ["event_id"] = id,
            ["event_time"] = second,
            ["authorizations"] = new JsonArray(
                new JsonObject
                {
                    ["enterprise_id"] = null,
                    ["team_id"] = team.Id,
                    ["user_id"] = team.BotUserId,
                    ["is_bot"] = true,
                    ["is_enterprise_install"] = false,
                }
            ),
            ["is_ext_shared_channel"] = external,
            ["event_context"] = "4-" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{team.Id} {id}")),
        };
        Dispatched?.Invoke(new FakeEvent(team.Id, id, payload));
    }
}

/// <summary>The scope that lets an app hear of something, by the kind of channel it happens in.</summary>
internal sealed record EventScopes(string Public, string Private, string Direct)
{
    public static EventScopes History { get; } = new("channels:history", "groups:history", "im:history");

    public static EventScopes Reading { get; } = new("channels:read", "groups:read", "im:read");

    public static EventScopes Reactions { get; } = new("reactions:read", "reactions:read", "reactions:read");
}
