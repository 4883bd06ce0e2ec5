using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <content>Who is notified by what.</content>
public sealed partial class FakeDiscordState
{
    [GeneratedRegex(@"<@(?<role>&)?!?(?<id>\d{1,20})>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Mentioned { get; }

    [GeneratedRegex("@(everyone|here)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MentionsAll { get; }

    /// <summary>Works out the mentions of a message from its text and from what its sender allows.</summary>
    private void Mention(
        StoredChannel channel,
        StoredMessage message,
        AllowedMentions allowed,
        bool byBot,
        bool notify = true
    )
    {
        message.Mentions = [];
        message.MentionRoles = [];
        message.MentionEveryone = false;
        var text = WholeText(message);
        var guild = channel.GuildId == 0 ? null : World.Guilds[channel.GuildId];
        var mayAll =
            message.WebhookId is not null && message.Interaction is null
            || Can(message.AuthorId, channel, Permissions.MentionEveryone);
        foreach (var match in Mentioned.Matches(text).Cast<Match>())
        {
            if (!ulong.TryParse(match.Groups["id"].Value, CultureInfo.InvariantCulture, out var id))
            {
                continue;
            }

            if (!match.Groups["role"].Success)
            {
                if (World.Users.ContainsKey(id) && (allowed.Users || allowed.UserIds.Contains(id)))
                {
                    Add(message.Mentions, id);
                }
            }
            else if (
                guild?.Roles.Find(role => role.Id == id) is { } role
                && (role.Mentionable || mayAll)
                && (allowed.Roles || allowed.RoleIds.Contains(id))
            )
            {
                Add(message.MentionRoles, id);
            }
        }

        message.MentionEveryone = guild is not null && allowed.Everyone && mayAll && MentionsAll.IsMatch(text);
        var replied = allowed.RepliedUser ? RepliedAuthor(message) : null;
        if (replied is { } author)
        {
            Add(message.Mentions, author);
        }

        if (notify && (message.Flags & MessagePayload.SuppressNotifications) == 0)
        {
            Ping(message, byBot, replied);
        }

        static void Add(List<ulong> list, ulong id)
        {
            if (!list.Contains(id))
            {
                list.Add(id);
            }
        }
    }

    private void Ping(StoredMessage message, bool byBot, ulong? replied)
    {
        foreach (var user in message.Mentions)
        {
            World.Pings.Add(
                new FakePing(message.Id, message.ChannelId, byBot, user == replied ? "reply" : "user", user)
            );
        }

        foreach (var role in message.MentionRoles)
        {
            World.Pings.Add(new FakePing(message.Id, message.ChannelId, byBot, "role", role));
        }

        if (message.MentionEveryone)
        {
            World.Pings.Add(new FakePing(message.Id, message.ChannelId, byBot, "everyone", 0));
        }
    }

    private ulong? RepliedAuthor(StoredMessage message) =>
        message is { Type: 19, ReplyTo: { } id, Interaction: null }
        && World.Messages.TryGetValue(message.ChannelId, out var list)
        && list.TryGetValue(id, out var target)
        && target.WebhookId is null
            ? target.AuthorId
            : null;

    /// <summary>The content and all text displays.</summary>
    private static string WholeText(StoredMessage message)
    {
        if ((message.Flags & MessagePayload.ComponentsV2) == 0)
        {
            return message.Content;
        }

        var text = new StringBuilder(message.Content);
        Walk(message.Components);
        return text.ToString();

        void Walk(JsonNode? node)
        {
            if (node is JsonArray list)
            {
                foreach (var item in list)
                {
                    Walk(item);
                }
            }
            else if (node is JsonObject component)
            {
                text.Append(component["content"]?.ToString()).Append('\n');
                Walk(component["components"]);
            }
        }
    }
}
