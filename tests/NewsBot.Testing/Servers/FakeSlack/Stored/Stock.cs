using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Testing.Servers.FakeSlack.Stored;

/// <summary>The workspace, channels and people a fake Slack starts with.</summary>
internal static class Stock
{
    /// <summary>What the install link of the bot asks for.</summary>
    public static readonly IReadOnlyList<string> Scopes =
    [
        "chat:write",
        "chat:write.customize",
        "channels:history",
        "groups:history",
        "im:history",
        "channels:read",
        "groups:read",
        "im:read",
        "im:write",
        "channels:join",
        "users:read",
        "reactions:read",
        "reactions:write",
        "team:read",
        "commands",
        "metadata.message:read",
        "files:read",
        "files:write",
        "app_mentions:read",
    ];

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly (string Name, string Real, string Display, string Locale)[] People =
    [
        ("owner", "Odalys", "Odalys", "en-US"),
        ("admin", "Adaeze", "Adaeze", "en-GB"),
        ("moderator", "Mattias", "Mattias", "de-DE"),
        ("Inês", "Inês", "Inês", "pt-BR"),
        ("Tomasz", "Tomasz Zielony", "Tomek", "pl-PL"),
        ("saga_w", "Saga Wiklund", "", "sv-SE"),
        ("Kofi", "Kofi", "Kofi", "en-GB"),
        ("Marguerite", "Marguerite", "Marguerite", "fr-FR"),
        ("ליאור", "ליאור", "ליאור", "en-US"),
    ];

    // A fixed instant: what is old enough stays the same from one start to the next.
    private static readonly DateTimeOffset Founded = new(2020, 2, 3, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What was kept of the run before.</summary>
    /// <returns>Null where there is no file, or none is wished.</returns>
    public static StoredWorld? Load(FakeSlackOptions options)
    {
        if (StateFile.Load<StoredWorld>(options.DataFile) is not { } world)
        {
            return null;
        }

        foreach (var (channel, messages) in world.Messages)
        {
            // A comparer is not kept in a file.
            world.Messages[channel] = new SortedList<string, StoredMessage>(messages, StringComparer.Ordinal);
        }

        // Whatever waited for an answer waits no more: its clock ran out while nobody was there.
        foreach (var exchange in world.Exchanges.Values.Where(one => !one.Acked))
        {
            exchange.Failed = true;
        }

        return world;
    }

    /// <summary>Makes it all anew; the same seed gives the same ids and tokens.</summary>
    public static StoredWorld Create(FakeSlackOptions options)
    {
        var seed = options.Seed;
        var world = new StoredWorld
        {
            AppId = Id("A0", 1, seed),
            ClientId = $"{Digits(seed, "client one", 12)}.{Digits(seed, "client two", 13)}",
            ClientSecret = Hex(seed, "client", 32),
            SigningSecret = Hex(seed, "signing", 32),
            VerificationToken = Hex(seed, "verification", 24),
        };
        world.AppToken = $"xapp-1-{world.AppId}-{Digits(seed, "app", 13)}-{Hex(seed, "app", 64)}";
        world.Tokens[world.AppToken] = new StoredToken
        {
            Kind = "app",
            Scopes = ["connections:write", "authorizations:read"],
        };
        world.LastId = 1;
        var team = AddTeam(world, seed, "The Harbour", "the-harbour");
        world.TeamId = team.Id;
        foreach (var (name, real, display, locale) in People)
        {
            AddHuman(world, seed, team.Id, name, real, display, locale);
        }

        var humans = world.Users.Values.Where(user => !user.IsBot).ToList();
        humans[0].IsOwner = humans[0].IsAdmin = humans[1].IsAdmin = true;
        var everybody = humans.Select(user => user.Id).ToList();
        var general = AddChannel(world, seed, team.Id, "general", humans[0].Id, isPrivate: false);
        general.IsGeneral = true;
        general.Members.AddRange(everybody);
        var news = AddChannel(world, seed, team.Id, "news", humans[0].Id, isPrivate: false);
        news.Members.AddRange(everybody);
        var desk = AddChannel(world, seed, team.Id, "newsroom", humans[1].Id, isPrivate: true);
        desk.Members.AddRange(everybody.Take(4));
        desk.Members.Add(team.BotUserId);
        var old = AddChannel(world, seed, team.Id, "old-news", humans[0].Id, isPrivate: false);
        old.Members.AddRange(everybody);
        old.IsArchived = true;
        (world.PublicId, world.PrivateId, world.ArchivedId) = (news.Id, desk.Id, old.Id);
        Install(world, team, Scopes, seed);
        return world;
    }

    /// <summary>A new workspace, without the app.</summary>
    public static StoredTeam AddTeam(StoredWorld world, int seed, string name, string domain)
    {
        var team = new StoredTeam
        {
            Id = Id("T0", ++world.LastId, seed),
            Name = name,
            Domain = domain,
            BotUserId = Id("U0", ++world.LastId, seed),
            BotId = Id("B0", ++world.LastId, seed),
        };
        world.Teams[team.Id] = team;
        world.Users[team.BotUserId] = new StoredUser
        {
            Id = team.BotUserId,
            TeamId = team.Id,
            Name = "newsbot",
            RealName = "NewsBot",
            IsBot = true,
        };
        return team;
    }

    /// <summary>A new human.</summary>
    public static StoredUser AddHuman(
        StoredWorld world,
        int seed,
        string team,
        string name,
        string real,
        string display,
        string locale
    )
    {
        var id = Id("U0", ++world.LastId, seed);
        var token = $"xoxp-{Digits(seed, id, 12)}-{Digits(seed, id + "2", 12)}-{Hex(seed, id, 32)}";
        var user = new StoredUser
        {
            Id = id,
            TeamId = team,
            Name = name,
            RealName = real,
            DisplayName = display,
            Locale = locale,
            Token = token,
        };
        world.Users[id] = user;
        world.Tokens[token] = new StoredToken
        {
            Kind = "user",
            TeamId = team,
            UserId = id,
        };
        return user;
    }

    /// <summary>A new channel without members.</summary>
    public static StoredChannel AddChannel(
        StoredWorld world,
        int seed,
        string team,
        string name,
        string creator,
        bool isPrivate
    )
    {
        var channel = new StoredChannel
        {
            Id = Id("C0", ++world.LastId, seed),
            Name = name,
            TeamId = team,
            Teams = [team],
            IsPrivate = isPrivate,
            CreatorId = creator,
            Created = Founded.ToUnixTimeSeconds(),
        };
        world.Channels[channel.Id] = channel;
        world.Messages[channel.Id] = new SortedList<string, StoredMessage>(StringComparer.Ordinal);
        return channel;
    }

    /// <summary>Installs the app, or adds scopes to an install.</summary>
    /// <returns>The new bot token.</returns>
    public static string Install(StoredWorld world, StoredTeam team, IEnumerable<string> scopes, int seed)
    {
        team.Scopes = [.. team.Scopes.Union(scopes, StringComparer.Ordinal)];
        team.Installed = true;
        var number = (++world.LastId).ToString(CultureInfo.InvariantCulture);
        team.BotToken =
            $"xoxb-{Digits(seed, team.Id, 12)}-{Digits(seed, team.BotId, 13)}-{Hex(seed, "bot" + number, 24)}";
        world.Tokens[team.BotToken] = new StoredToken
        {
            Kind = "bot",
            TeamId = team.Id,
            UserId = team.BotUserId,
            Scopes = team.Scopes,
        };
        return team.BotToken;
    }

    /// <summary>An id: a prefix and letters, of eleven characters in all.</summary>
    public static string Id(string prefix, long number, int seed)
    {
        var hash = Hash(seed, $"{prefix} {number.ToString(CultureInfo.InvariantCulture)}");
        return prefix + string.Concat(hash.Take(11 - prefix.Length).Select(one => Letters[one % Letters.Length]));
    }

    private static string Digits(int seed, string what, int length) =>
        string.Concat(Hash(seed, what).Take(length).Select(one => (char)('0' + (one % 9) + 1)));

    private static string Hex(int seed, string what, int length) =>
        Convert.ToHexStringLower(Hash(seed, what))[..length];

    private static byte[] Hash(int seed, string what) =>
        SHA512.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"slack {seed} {what}")));
}
