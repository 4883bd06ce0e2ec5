using System.Globalization;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Discord;

/// <summary>Finds what is wrong with the set-up and says which switch mends it. Pure.</summary>
internal static class DiscordProblems
{
    /// <summary>Cause of everything about the token.</summary>
    public const string Token = "token";

    private const string TimedOut = "timed-out";

    /// <summary>What is told of beside channels, and struck out once a look does not find it any more.</summary>
    public static readonly IReadOnlyCollection<string> OwnCauses = [Token, MessageContent, TimedOut];

    /// <summary>Cause of everything about reading messages: the check and whoever sees an empty message tell the same thing.</summary>
    public const string MessageContent = "message-content";

    /// <summary>What the admins read where messages arrive without their text.</summary>
    public const string MessageContentWords =
        "Replies arrive without their text, because NewsBot may not read messages. "
        + "In Discord's developer portal open your application → Bot → Privileged Gateway Intents, turn on **Message Content Intent**, save, and start NewsBot again.";

    public const string TokenWords =
        "Discord does not accept the bot's token. In Discord's developer portal open your application → Bot → Reset Token, "
        + "put the new token into Chat:Discord:BotToken, and start NewsBot again.";

    // What the bot's role is called where it cannot be told.
    private const string FallbackRole = "NewsBot";

    // Without one of these a story cannot be posted; without the others it can, but something of it is missing.
    private const Permissions StopsPosts =
        Permissions.ViewChannel | Permissions.SendMessages | Permissions.EmbedLinks | Permissions.AttachFiles;

    /// <summary>What is wrong in a guild.</summary>
    /// <param name="application">Ours; null where it is not known at the moment.</param>
    /// <param name="guild">With owner and roles.</param>
    /// <param name="self">The bot as a member of it.</param>
    /// <param name="user">The bot's own account.</param>
    /// <param name="channels">All of the guild, with their overwrites.</param>
    /// <param name="tracked">Those that are used.</param>
    /// <param name="now">For time-outs.</param>
    public static IReadOnlyList<ChatProblem> Of(
        Application? application,
        Guild guild,
        GuildMember self,
        Snowflake user,
        IReadOnlyList<Channel> channels,
        IReadOnlyList<ChatTracked> tracked,
        DateTimeOffset now
    )
    {
        List<ChatProblem> problems = [];
        if (application is { HasMessageContent: false } && tracked.Any(channel => channel.Mirror != "post-only"))
        {
            problems.Add(new ChatProblem(MessageContent, null, MessageContentWords));
        }

        if (self.CommunicationDisabledUntil > now)
        {
            problems.Add(
                new ChatProblem(
                    TimedOut,
                    null,
                    "A moderator has timed NewsBot out, so it cannot post. Right-click NewsBot in the member list → Remove Timeout."
                )
            );
        }

        var byId = channels.ToDictionary(channel => channel.Id.ToString(), StringComparer.Ordinal);
        foreach (var channel in tracked)
        {
            problems.AddRange(
                byId.TryGetValue(channel.External, out var found)
                    ? OfChannel(guild, self, user, found, channel)
                    : [Gone(channel)]
            );
        }

        return problems;
    }

    private static IEnumerable<ChatProblem> OfChannel(
        Guild guild,
        GuildMember self,
        Snowflake user,
        Channel found,
        ChatTracked channel
    )
    {
        var roles = self.Roles ?? [];
        var wanted = Wanted(found.Type, channel.Mirror);
        var granted = DiscordPermissions.Granted(guild, user, roles, found.PermissionOverwrites ?? []);
        var missing = wanted & ~granted;
        if (missing != Permissions.None)
        {
            var ofRoles = DiscordPermissions.OfRoles(guild, user, roles);
            yield return new ChatProblem(
                PermissionsCause(channel.Id),
                channel.Id,
                Words(BotRole(guild, roles), channel, found.Type, missing, missing & ~ofRoles),
                (missing & StopsPosts) != Permissions.None
            );
        }

        if (
            found is { RequiresTag: true, Type: ChannelType.Forum or ChannelType.Media }
            && !HasUsableTag(found, granted)
        )
        {
            yield return new ChatProblem(
                Cause(channel, "tags"),
                channel.Id,
                $"{Name(channel)} wants a tag on every post, but there is no tag that NewsBot may use. Edit Channel → Tags: add one, or turn off **Require people to select tags when posting**.",
                StopsPosts: true
            );
        }

        if (UnpingableRole(guild, granted, channel) is { } role)
        {
            yield return new ChatProblem(
                Cause(channel, "ping"),
                channel.Id,
                $"Posts in {Name(channel)} are to ping the role {MarkdownEscape.Line(role, 60)}, which nobody may mention. Server Settings → Roles → that role → turn on **Allow anyone to @mention this role**."
            );
        }
    }

    private static Permissions Wanted(ChannelType type, string mirror)
    {
        // A post in a forum is a thread already: making one needs no more than sending.
        var wanted = type is ChannelType.Forum or ChannelType.Media
            ? DiscordPermissions.Needed & ~Permissions.CreatePublicThreads
            : DiscordPermissions.Needed;
        return mirror == "two-way" ? wanted | Permissions.ManageWebhooks : wanted;
    }

    // Discord makes a role of the bot's own when it is let in; nobody can take it away.
    private static string BotRole(Guild guild, IReadOnlyList<Snowflake> roles) =>
        MarkdownEscape.Line(
            (guild.Roles ?? []).FirstOrDefault(role => role.Managed && roles.Contains(role.Id))?.Name ?? FallbackRole,
            60
        );

    private static string Words(
        string botRole,
        ChatTracked channel,
        ChannelType type,
        Permissions missing,
        Permissions ofNoRole
    )
    {
        var here = missing & ~ofNoRole;
        List<string> ways = [];
        if (ofNoRole != Permissions.None)
        {
            ways.Add($"Server Settings → Roles → {botRole} → Permissions: turn on {Names(ofNoRole, type)}");
        }

        if (here != Permissions.None)
        {
            ways.Add(
                $"in {Name(channel)}, Edit Channel → Permissions → Advanced permissions → {botRole}: turn on {Names(here, type)}"
            );
        }

        var waits =
            (missing & StopsPosts) != Permissions.None
                ? " Until then what is to be posted there waits; nothing is lost."
            : missing.HasFlag(Permissions.ManageWebhooks)
                ? " Until then comments from elsewhere are posted by NewsBot itself, with their authors' names in the text."
            : "";
        return $"NewsBot has not every permission it needs in {Name(channel)}. {Sentence(string.Join("; and ", ways))}.{waits}";
    }

    /// <summary>A permission as Discord's own settings call it.</summary>
    public static string PermissionName(Permissions permission, ChannelType type)
    {
        var isForum = type is ChannelType.Forum or ChannelType.Media;
        return permission switch
        {
            Permissions.ViewChannel => "View Channel",
            Permissions.SendMessages => isForum ? "Create Posts" : "Send Messages",
            Permissions.EmbedLinks => "Embed Links",
            Permissions.AttachFiles => "Attach Files",
            Permissions.ReadMessageHistory => "Read Message History",
            Permissions.CreatePublicThreads => "Create Public Threads",
            Permissions.SendMessagesInThreads => isForum ? "Send Messages in Posts" : "Send Messages in Threads",
            Permissions.ManageThreads => isForum ? "Manage Posts" : "Manage Threads",
            Permissions.ManageWebhooks => "Manage Webhooks",
            _ => permission.ToString(),
        };
    }

    private static string Names(Permissions permissions, ChannelType type)
    {
        List<string> names =
        [
            .. Enum.GetValues<Permissions>()
                .Where(one => one != Permissions.None && permissions.HasFlag(one))
                .Select(one => $"**{PermissionName(one, type)}**"),
        ];
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    private static ChatProblem Gone(ChatTracked channel) =>
        new(
            Cause(channel, "gone"),
            channel.Id,
            $"{Name(channel)} is not there any more. Choose another channel for its sources with `/news-admin`, or remove them; what waits for it is kept.",
            StopsPosts: true
        );

    private static bool HasUsableTag(Channel forum, Permissions granted) =>
        (forum.AvailableTags ?? []).Any(tag => !tag.Moderated || granted.HasFlag(Permissions.ManageThreads));

    private static string? UnpingableRole(Guild guild, Permissions granted, ChatTracked channel) =>
        Snowflake.TryParse(channel.PingRole, out var id)
        && !granted.HasFlag(Permissions.MentionEveryone)
        && (guild.Roles ?? []).FirstOrDefault(role => role.Id == id) is { Mentionable: false } role
            ? role.Name ?? role.Id.ToString()
            : null;

    /// <summary>Cause of missing permissions: the check and whoever is refused for one tell the same thing.</summary>
    public static string PermissionsCause(ChannelId channel) => Cause(channel, "permissions");

    private static string Cause(ChatTracked channel, string what) => Cause(channel.Id, what);

    private static string Cause(ChannelId channel, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"channel:{channel.Value}:{what}");

    private static string Name(ChatTracked channel) => $"#{MarkdownEscape.Line(channel.Name, 100)}";

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
