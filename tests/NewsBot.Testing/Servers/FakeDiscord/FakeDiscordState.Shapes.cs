using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <content>The JSON of everything, as REST and gateway show it.</content>
public sealed partial class FakeDiscordState
{
    internal JsonObject User(ulong id)
    {
        if (!World.Users.TryGetValue(id, out var user))
        {
            throw Unknown(10013);
        }

        return new JsonObject
        {
            ["id"] = Text(user.Id),
            ["username"] = user.Name,
            ["discriminator"] = user.Bot ? "0420" : "0",
            ["global_name"] = user.GlobalName,
            ["avatar"] = user.Avatar,
            ["bot"] = user.Bot,
            ["system"] = false,
            ["banner"] = null,
            ["accent_color"] = null,
            ["public_flags"] = 0,
            ["flags"] = 0,
            ["avatar_decoration_data"] = null,
        };
    }

    internal JsonObject Member(StoredGuild guild, ulong user, bool withUser)
    {
        if (!guild.Members.TryGetValue(user, out var member))
        {
            throw Unknown(10007);
        }

        var data = new JsonObject
        {
            ["nick"] = member.Nick,
            ["avatar"] = member.Avatar,
            ["banner"] = null,
            ["roles"] = Ids(member.Roles),
            ["joined_at"] = Text(member.JoinedAt),
            ["premium_since"] = null,
            ["deaf"] = false,
            ["mute"] = false,
            ["flags"] = 0,
            ["pending"] = false,
            ["communication_disabled_until"] = member.TimedOutUntil is { } until ? Text(until) : null,
        };
        if (withUser)
        {
            data["user"] = User(user);
        }

        return data;
    }

    internal static JsonObject Role(StoredRole role) =>
        new()
        {
            ["id"] = Text(role.Id),
            ["name"] = role.Name,
            ["color"] = role.Color,
            ["colors"] = new JsonObject
            {
                ["primary_color"] = role.Color,
                ["secondary_color"] = null,
                ["tertiary_color"] = null,
            },
            ["hoist"] = false,
            ["icon"] = null,
            ["unicode_emoji"] = null,
            ["position"] = role.Position,
            ["permissions"] = Text(role.Permissions),
            ["managed"] = role.Managed,
            ["mentionable"] = role.Mentionable,
            ["flags"] = 0,
        };

    internal static JsonObject Guild(StoredGuild guild) =>
        new()
        {
            ["id"] = Text(guild.Id),
            ["name"] = guild.Name,
            ["icon"] = null,
            ["splash"] = null,
            ["discovery_splash"] = null,
            ["owner_id"] = Text(guild.OwnerId),
            ["region"] = "deprecated",
            ["afk_channel_id"] = null,
            ["afk_timeout"] = 300,
            ["verification_level"] = 1,
            ["default_message_notifications"] = 1,
            ["explicit_content_filter"] = 2,
            ["roles"] = new JsonArray([.. guild.Roles.Select(Role)]),
            ["emojis"] = new JsonArray(),
            ["stickers"] = new JsonArray(),
            ["features"] = new JsonArray("COMMUNITY", "NEWS"),
            ["mfa_level"] = 0,
            ["application_id"] = null,
            ["system_channel_id"] = null,
            ["system_channel_flags"] = 0,
            ["rules_channel_id"] = null,
            ["max_members"] = 500_000,
            ["max_presences"] = null,
            ["vanity_url_code"] = null,
            ["description"] = null,
            ["banner"] = null,
            ["premium_tier"] = 0,
            ["premium_subscription_count"] = 0,
            ["preferred_locale"] = "en-GB",
            ["public_updates_channel_id"] = null,
            ["nsfw_level"] = 0,
            ["premium_progress_bar_enabled"] = false,
            ["safety_alerts_channel_id"] = null,
        };

    internal JsonObject Channel(StoredChannel channel)
    {
        var data = new JsonObject
        {
            ["id"] = Text(channel.Id),
            ["type"] = channel.Type,
            ["flags"] = channel.Flags,
            ["last_message_id"] = channel.LastMessageId is { } last ? Text(last) : null,
        };
        if (channel.IsDirect)
        {
            data["recipients"] = new JsonArray([.. channel.Members.Where(one => one != BotUserId).Select(User)]);
            return data;
        }

        data["guild_id"] = Text(channel.GuildId);
        data["name"] = channel.Name;
        data["parent_id"] = channel.ParentId is { } parent ? Text(parent) : null;
        data["rate_limit_per_user"] = channel.SlowMode;
        return channel.IsThread ? ThreadFields(data, channel) : ChannelFields(data, channel);
    }

    internal static JsonObject ThreadMember(StoredChannel thread, ulong user) =>
        new()
        {
            ["id"] = Text(thread.Id),
            ["user_id"] = Text(user),
            ["join_timestamp"] = Text(When(thread.Id)),
            ["flags"] = 0,
        };

    internal JsonObject Webhook(StoredWebhook webhook, bool withToken)
    {
        var data = new JsonObject
        {
            ["id"] = Text(webhook.Id),
            ["type"] = 1,
            ["guild_id"] = Text(webhook.GuildId),
            ["channel_id"] = Text(webhook.ChannelId),
            ["name"] = webhook.Name,
            ["avatar"] = webhook.Avatar,
            ["application_id"] = webhook.ByBot ? Text(ApplicationId) : null,
            ["user"] = User(webhook.UserId),
        };
        if (withToken)
        {
            data["token"] = webhook.Token;
            data["url"] = $"{Root}/api/webhooks/{webhook.Id}/{webhook.Token}";
        }

        return data;
    }

    internal static JsonArray Ids(IEnumerable<ulong> ids) => new([.. ids.Select(id => (JsonNode)Text(id))]);

    private static JsonObject ChannelFields(JsonObject data, StoredChannel channel)
    {
        data["position"] = channel.Position;
        data["topic"] = channel.Topic;
        data["nsfw"] = false;
        data["permission_overwrites"] = new JsonArray([
            .. channel.Overwrites.Select(one => new JsonObject
            {
                ["id"] = Text(one.Id),
                ["type"] = one.Type,
                ["allow"] = Text(one.Allow),
                ["deny"] = Text(one.Deny),
            }),
        ]);
        if (channel.Type is 2 or 13)
        {
            data["bitrate"] = 64_000;
            data["user_limit"] = 0;
            data["rtc_region"] = null;
        }

        if (channel.IsForum)
        {
            data["available_tags"] = new JsonArray([
                .. channel.Tags.Select(tag => new JsonObject
                {
                    ["id"] = Text(tag.Id),
                    ["name"] = tag.Name,
                    ["moderated"] = tag.Moderated,
                    ["emoji_id"] = null,
                    ["emoji_name"] = null,
                }),
            ]);
            data["default_reaction_emoji"] = null;
            data["default_sort_order"] = null;
            data["default_forum_layout"] = 0;
        }

        data["default_auto_archive_duration"] = channel.AutoArchiveMinutes;
        return data;
    }

    private static JsonObject ThreadFields(JsonObject data, StoredChannel channel)
    {
        data["owner_id"] = Text(channel.OwnerId);
        data["message_count"] = channel.MessageCount;
        data["total_message_sent"] = channel.TotalMessages;
        data["member_count"] = Math.Min(channel.Members.Count, 50);
        data["applied_tags"] = Ids(channel.AppliedTags);
        data["thread_metadata"] = new JsonObject
        {
            ["archived"] = channel.Archived,
            ["archive_timestamp"] = Text(channel.ArchiveChangedAt),
            ["auto_archive_duration"] = channel.AutoArchiveMinutes,
            ["locked"] = channel.Locked,
            ["create_timestamp"] = Text(When(channel.Id)),
        };
        return data;
    }
}
