using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using Fail = NewsBot.Testing.Servers.FakeDiscord.Routes.Fail;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>Everything a fake Discord remembers. One lock guards it all.</summary>
/// <param name="options">Clock, seed and limits. The state is that of the data file, or the starting stock.</param>
public sealed partial class FakeDiscordState(FakeDiscordOptions options)
{
    /// <summary>2015-01-01, from which ids count.</summary>
    internal const long Epoch = 1_420_070_400_000;

    private readonly FakeDiscordOptions _options = options;
    private readonly ChangeSignal _signal = new();
    private readonly Dictionary<ulong, ITimer> _clocks = [];

    /// <summary>Guards everything here; may be entered again by the thread that holds it.</summary>
    public Lock Sync => _signal.Sync;

    /// <summary>The Ed25519 key that signs interactions sent by HTTP, as hex.</summary>
    public string PublicKey => Signing.PublicKey(World.SigningSeed);

    /// <summary>The only token the gateway and the REST routes take from the bot, without "Bot ".</summary>
    public string BotToken => World.BotToken;

    /// <summary>The user id of the bot, equal to its application id.</summary>
    public ulong BotUserId => World.BotUserId;

    /// <summary>The application of the bot.</summary>
    public ulong ApplicationId => World.BotUserId;

    /// <summary>Whether MESSAGE_CONTENT is switched on in the application's settings.</summary>
    public bool MessageContentEnabled
    {
        get => World.MessageContentEnabled;
        set => World.MessageContentEnabled = value;
    }

    /// <summary>Identifies left today; the gateway takes from it.</summary>
    public int SessionStartsRemaining
    {
        get => World.SessionStartsRemaining;
        set => World.SessionStartsRemaining = value;
    }

    /// <summary>Called under the lock and in order for everything the gateway has to tell.</summary>
    public Action<FakeDispatch>? Dispatched { get; set; }

    /// <summary>The guilds the bot is in, unavailable ones too.</summary>
    public IReadOnlyList<ulong> GuildIds
    {
        get
        {
            lock (Sync)
            {
                return [.. World.Guilds.Values.Where(guild => guild.BotIn).Select(guild => guild.Id)];
            }
        }
    }

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

    internal StoredWorld World { get; } = Stock.Load(options) ?? Stock.Create(options);

    internal DateTimeOffset Now => _options.Time.GetUtcNow();

    internal FakeLimits Limits => _options.Limits;

    internal TimeSpan NonceWindow => _options.NonceWindow;

    /// <summary>Set once the port is known: what files and avatars are served from.</summary>
    internal string Root { get; set; } = "http://127.0.0.1";

    /// <summary>Sends an interaction to the endpoint, where there is one.</summary>
    internal Action<ulong, JsonObject>? Deliver { get; set; }

    /// <summary>Whether a token is the bot's; "Bot " before it is allowed.</summary>
    public bool IsToken(string token) => token == BotToken || token == "Bot " + BotToken;

    /// <summary>The user object of the bot.</summary>
    public JsonObject BotUser()
    {
        lock (Sync)
        {
            var bot = User(BotUserId);
            bot["verified"] = true;
            bot["mfa_enabled"] = false;
            bot["email"] = null;
            return bot;
        }
    }

    /// <summary>Waits until something is so. Tried anew after every change.</summary>
    /// <param name="condition">Read under the lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        _signal.WaitAsync(condition, cancellationToken);

    /// <summary>Runs a change under the lock, then wakes whoever waits for it.</summary>
    internal T Change<T>(Func<T> change) => _signal.Change(change);

    internal void Change(Action change) =>
        Change(() =>
        {
            change();
            return true;
        });

    /// <summary>A new id; later ones are greater, also while the clock stands still.</summary>
    internal ulong NextId()
    {
        var least = Snowflake(Now);
        World.LastId = Math.Max(World.LastId + 1, least);
        return World.LastId;
    }

    /// <summary>The least id of an instant.</summary>
    internal static ulong Snowflake(DateTimeOffset at) => (ulong)Math.Max(0, at.ToUnixTimeMilliseconds() - Epoch) << 22;

    /// <summary>When an id was given.</summary>
    internal static DateTimeOffset When(ulong id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(id >> 22) + Epoch);

    internal static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);

    internal static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    /// <summary>Ends all clocks of interactions.</summary>
    internal void StopClocks()
    {
        lock (Sync)
        {
            foreach (var clock in _clocks.Values)
            {
                clock.Dispose();
            }

            _clocks.Clear();
        }
    }

    /// <summary>Tells the gateway, if the bot may see it.</summary>
    private void Tell(string name, ulong guild, StoredChannel? channel, long intent, JsonObject data)
    {
        if (guild != 0)
        {
            if (!World.Guilds.TryGetValue(guild, out var found) || !found.BotIn || found.Unavailable)
            {
                return;
            }

            if (channel is not null && !Can(BotUserId, channel, Permissions.ViewChannel))
            {
                return;
            }
        }
        else if (channel is not null && !channel.Members.Contains(BotUserId))
        {
            return;
        }

        Dispatched?.Invoke(new FakeDispatch(name, guild == 0 ? null : guild, channel?.Id, intent, data));
    }

    private static FakeApiException Unknown(int code) => Fail.With(code);
}

/// <summary>The intents that dispatches need. Source: https://discord.com/developers/docs/events/gateway#gateway-intents</summary>
internal static class Intents
{
    public const long Guilds = 1 << 0;
    public const long Members = 1 << 1;
    public const long Moderation = 1 << 2;
    public const long Webhooks = 1 << 5;
    public const long Invites = 1 << 6;
    public const long Messages = 1 << 9;
    public const long Reactions = 1 << 10;
    public const long DirectMessages = 1 << 12;
    public const long DirectReactions = 1 << 13;
}
