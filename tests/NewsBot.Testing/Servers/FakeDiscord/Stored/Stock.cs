using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>The guild, channels and people a fake Discord starts with.</summary>
internal static class Stock
{
    /// <summary>What the install link of the bot asks for.</summary>
    public const ulong BotPermissions =
        Permissions.ViewChannel
        | Permissions.SendMessages
        | Permissions.SendInThreads
        | Permissions.CreatePublicThreads
        | Permissions.EmbedLinks
        | Permissions.AttachFiles
        | Permissions.ReadHistory
        | Permissions.AddReactions
        | Permissions.ManageWebhooks
        | Permissions.ManageThreads
        | Permissions.ManageMessages;

    private const ulong EveryonePermissions =
        Permissions.ViewChannel
        | Permissions.SendMessages
        | Permissions.SendInThreads
        | Permissions.CreatePublicThreads
        | Permissions.EmbedLinks
        | Permissions.AttachFiles
        | Permissions.ReadHistory
        | Permissions.AddReactions
        | Permissions.UseCommands;

    private static readonly (string Name, string Shown, string Locale, int DaysAgo)[] People =
    [
        ("owner", "Odalys", "en-US", 2400),
        ("admin", "Adaeze", "en-GB", 2100),
        ("moderator", "Mattias", "de", 1800),
        ("Inês", "Inês", "pt-BR", 1500),
        ("Tomasz", "Tomasz", "pl", 1100),
        ("saga_w", "Saga Wiklund", "sv-SE", 700),
        ("Kofi", "Kofi", "en-GB", 400),
        ("Marguerite", "Marguerite", "fr", 90),
        ("ליאור", "ליאור", "en-US", 12),
    ];

    // A fixed instant: ids and tokens stay the same from one start to the next.
    private static readonly DateTimeOffset Founded = new(2020, 2, 3, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What was kept of the run before.</summary>
    /// <returns>Null where there is no file, or none is wished.</returns>
    public static StoredWorld? Load(FakeDiscordOptions options)
    {
        var world = StateFile.Load<StoredWorld>(options.DataFile);
        // Whatever waited for an answer waits no more: its clock ran out while nobody was there.
        foreach (var interaction in world?.Interactions.Values.Where(one => one.Answer == 0) ?? [])
        {
            interaction.Failed = true;
        }

        return world;
    }

    /// <summary>Makes it all anew; the same seed gives the same tokens.</summary>
    public static StoredWorld Create(FakeDiscordOptions options)
    {
        var now = options.Time.GetUtcNow();
        var ids = FakeDiscordState.Snowflake(Founded);
        var world = new StoredWorld
        {
            BotUserId = ++ids,
            GuildId = ++ids,
            SigningSeed = Convert.ToHexStringLower(Secret(options.Seed, "signing")),
            ClientSecret = Convert.ToHexStringLower(Secret(options.Seed, "client"))[..32],
            SessionStartsRemaining = options.SessionStarts,
        };
        world.BotToken = Token(options.Seed, world.BotUserId);
        world.Users[world.BotUserId] = new StoredUser
        {
            Id = world.BotUserId,
            Name = "NewsBot",
            Bot = true,
            Token = world.BotToken,
        };
        var guild = new StoredGuild { Id = world.GuildId, Name = "The Harbour" };
        world.Guilds[guild.Id] = guild;
        AddRoles(guild, ref ids, now, world.BotUserId);
        AddPeople(world, guild, ref ids, now, options.Seed);
        AddChannels(world, guild, ref ids);
        world.LastId = ids;
        return world;
    }

    /// <summary>One more guild with the bot in it, for trying how many it bears.</summary>
    /// <param name="state">Where it comes into being.</param>
    /// <param name="name">Its name.</param>
    /// <param name="channels">Text channels in it.</param>
    /// <param name="threads">Open threads in each of them.</param>
    public static StoredGuild Another(FakeDiscordState state, string name, int channels, int threads)
    {
        var world = state.World;
        var guild = new StoredGuild
        {
            Id = state.NextId(),
            Name = name,
            BotIn = false,
        };
        var ids = state.NextId();
        AddRoles(guild, ref ids, state.Now, world.BotUserId);
        world.LastId = Math.Max(world.LastId, ids);
        foreach (var user in world.Users.Values.Where(user => !user.Bot))
        {
            guild.Members[user.Id] = new StoredMember { UserId = user.Id, JoinedAt = state.Now };
            guild.OwnerId = guild.OwnerId == 0 ? user.Id : guild.OwnerId;
        }

        world.Guilds[guild.Id] = guild;
        for (var index = 0; index < channels; index++)
        {
            var channel = state.AddChannel(guild.Id, 0, $"channel-{index + 1}");
            for (var thread = 0; thread < threads; thread++)
            {
                state.OpenThread(channel, null, 11, $"Talk {thread + 1} of many", guild.OwnerId);
            }
        }

        state.AddBot(guild);
        return guild;
    }

    private static void AddRoles(StoredGuild guild, ref ulong ids, DateTimeOffset now, ulong bot)
    {
        guild.Roles.Add(
            new StoredRole
            {
                Id = guild.Id,
                Name = "@everyone",
                Permissions = EveryonePermissions,
            }
        );
        var own = new StoredRole
        {
            Id = ++ids,
            Name = "NewsBot",
            Permissions = BotPermissions,
            Position = 1,
            Managed = true,
        };
        guild.Roles.Add(own);
        guild.Members[bot] = new StoredMember
        {
            UserId = bot,
            Roles = [own.Id],
            JoinedAt = now.AddDays(-29),
        };
        guild.Roles.Add(
            new StoredRole
            {
                Id = ++ids,
                Name = "newsroom",
                Position = 2,
                Color = 0x3B82F6,
            }
        );
        guild.Roles.Add(
            new StoredRole
            {
                Id = ++ids,
                Name = "moderators",
                Position = 3,
                Permissions =
                    Permissions.ManageMessages
                    | Permissions.ManageThreads
                    | Permissions.ModerateMembers
                    | Permissions.KickMembers,
            }
        );
        guild.Roles.Add(
            new StoredRole
            {
                Id = ++ids,
                Name = "admins",
                Position = 4,
                Permissions =
                    Permissions.ManageGuild
                    | Permissions.ManageChannels
                    | Permissions.ManageMessages
                    | Permissions.ManageThreads
                    | Permissions.ManageWebhooks
                    | Permissions.BanMembers,
            }
        );
    }

    private static void AddPeople(StoredWorld world, StoredGuild guild, ref ulong ids, DateTimeOffset now, int seed)
    {
        foreach (var (name, shown, locale, days) in People)
        {
            var user = new StoredUser
            {
                Id = ++ids,
                Name = name,
                GlobalName = shown,
                Locale = locale,
                Avatar = Convert.ToHexStringLower(Secret(seed, "avatar " + name))[..32],
            };
            user.Token = "human." + Token(seed, user.Id);
            world.Users[user.Id] = user;
            guild.Members[user.Id] = new StoredMember
            {
                UserId = user.Id,
                JoinedAt = now.AddDays(-days),
                Roles = name switch
                {
                    "admin" => [RoleId(guild, "admins"), RoleId(guild, "newsroom")],
                    "moderator" => [RoleId(guild, "moderators")],
                    "Kofi" => [RoleId(guild, "newsroom")],
                    _ => [],
                },
                Nick = name == "Tomasz" ? "Tomek" : null,
            };
            if (name == "owner")
            {
                guild.OwnerId = user.Id;
            }
        }
    }

    private static void AddChannels(StoredWorld world, StoredGuild guild, ref ulong ids)
    {
        var category = Channel(world, guild, ++ids, 4, "Reading", null);
        world.TextId = Channel(world, guild, ++ids, 0, "news", category.Id).Id;
        var forum = Channel(world, guild, ++ids, 15, "stories", category.Id);
        forum.Tags =
        [
            new StoredTag(++ids, "News", false),
            new StoredTag(++ids, "Technology", false),
            new StoredTag(++ids, "Science", false),
            new StoredTag(++ids, "Breaking", true),
        ];
        world.ForumId = forum.Id;
        world.AnnouncementId = Channel(world, guild, ++ids, 5, "bulletins", category.Id).Id;
        var hidden = Channel(world, guild, ++ids, 0, "editors", category.Id);
        hidden.Overwrites =
        [
            new StoredOverwrite(guild.Id, 0, 0, Permissions.ViewChannel),
            new StoredOverwrite(RoleId(guild, "newsroom"), 0, Permissions.ViewChannel, 0),
            new StoredOverwrite(RoleId(guild, "admins"), 0, Permissions.ViewChannel, 0),
            new StoredOverwrite(world.BotUserId, 1, Permissions.ViewChannel, 0),
        ];
        world.PrivateId = hidden.Id;
        var voices = Channel(world, guild, ++ids, 4, "Voices", null);
        Channel(world, guild, ++ids, 2, "The Pier", voices.Id);
        Channel(world, guild, ++ids, 13, "Open Stage", voices.Id);
        Channel(world, guild, ++ids, 0, "general", voices.Id);
    }

    private static StoredChannel Channel(
        StoredWorld world,
        StoredGuild guild,
        ulong id,
        int type,
        string name,
        ulong? parent
    )
    {
        var channel = new StoredChannel
        {
            Id = id,
            GuildId = guild.Id,
            Type = type,
            Name = name,
            ParentId = parent,
            Position = world.Channels.Count,
        };
        world.Channels[id] = channel;
        return channel;
    }

    private static ulong RoleId(StoredGuild guild, string name) => guild.Roles.Find(role => role.Name == name)!.Id;

    // Made up by a hash, so that nothing that starts twice with one seed has to be told new tokens.
    private static byte[] Secret(int seed, string what) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"fake {seed} {what}")));

    private static string Token(int seed, ulong id)
    {
        var text = id.ToString(CultureInfo.InvariantCulture);
        var head = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
        var tail = Convert
            .ToBase64String(Secret(seed, "token " + text))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');
        return $"{head}.Fake{seed % 100:00}.{tail[..38]}";
    }
}
