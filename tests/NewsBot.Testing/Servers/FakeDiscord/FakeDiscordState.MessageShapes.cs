using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <content>The JSON of messages and their files.</content>
public sealed partial class FakeDiscordState
{
    // Discord signs files for a day.
    private static readonly TimeSpan FileLife = TimeSpan.FromHours(24);

    /// <summary>A message as REST shows it, whole.</summary>
    internal JsonObject Message(StoredMessage message, bool deep = true)
    {
        var data = new JsonObject
        {
            ["id"] = Text(message.Id),
            ["channel_id"] = Text(message.ChannelId),
            ["type"] = message.Type,
            ["author"] = Author(message),
            ["content"] = message.Content,
            ["timestamp"] = Text(message.At),
            ["edited_timestamp"] = message.EditedAt is { } edited ? Text(edited) : null,
            ["tts"] = false,
            ["mention_everyone"] = message.MentionEveryone,
            ["mentions"] = new JsonArray([.. message.Mentions.Select(User)]),
            ["mention_roles"] = Ids(message.MentionRoles),
            ["attachments"] = new JsonArray([.. message.Attachments.Select(id => File(World.Files[id]))]),
            ["embeds"] = message.Embeds.DeepClone(),
            ["components"] = message.Components.DeepClone(),
            ["pinned"] = false,
            ["flags"] = message.Flags,
        };
        Optional(data, message);
        if (deep)
        {
            Linked(data, message);
        }

        return data;
    }

    /// <summary>A message with the nonce that its author gave it, which only its creation shows.</summary>
    internal JsonObject Echoed(StoredMessage message)
    {
        var data = Message(message);
        if (message.Nonce is { } nonce)
        {
            data["nonce"] = nonce;
        }

        return data;
    }

    /// <summary>A message as the gateway tells of it.</summary>
    internal JsonObject Told(StoredMessage message, StoredChannel channel)
    {
        var data = Echoed(message);
        data["channel_type"] = channel.Type;
        if (channel.GuildId == 0 || message.EphemeralTo is not null)
        {
            return data;
        }

        var guild = World.Guilds[channel.GuildId];
        data["guild_id"] = Text(channel.GuildId);
        if (message.WebhookId is null && guild.Members.ContainsKey(message.AuthorId))
        {
            data["member"] = Member(guild, message.AuthorId, withUser: false);
        }

        foreach (var mention in data["mentions"]!.AsArray().OfType<JsonObject>())
        {
            var id = ulong.Parse(mention["id"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            if (guild.Members.ContainsKey(id))
            {
                mention["member"] = Member(guild, id, withUser: false);
            }
        }

        return data;
    }

    /// <summary>Takes out what a bot without the MESSAGE_CONTENT intent does not see.</summary>
    internal JsonObject Blanked(JsonObject data, StoredMessage message)
    {
        var mine = message.AuthorId == BotUserId || message.ApplicationId == ApplicationId;
        var direct = World.Channels.TryGetValue(message.ChannelId, out var channel) && channel.IsDirect;
        if (!MessageContentEnabled && !mine && !direct && !message.Mentions.Contains(BotUserId))
        {
            data["content"] = "";
            data["embeds"] = new JsonArray();
            data["attachments"] = new JsonArray();
            data["components"] = new JsonArray();
        }

        return data;
    }

    /// <summary>Checks the signature a file's address bears.</summary>
    internal bool IsFresh(ulong file, string ends, string signature) =>
        long.TryParse(ends, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var seconds)
        && signature == Signature(file, ends)
        && Now.ToUnixTimeSeconds() < seconds;

    private void Optional(JsonObject data, StoredMessage message)
    {
        if (message.WebhookId is { } webhook)
        {
            data["webhook_id"] = Text(webhook);
        }

        if (message.ApplicationId is { } application)
        {
            data["application_id"] = Text(application);
        }

        if (message.Interaction is { } interaction)
        {
            data["interaction_metadata"] = interaction.DeepClone();
            if (interaction["name"] is { } name)
            {
                // Deprecated and still sent: what answers a command says so in its older form as well.
                data["interaction"] = new JsonObject
                {
                    ["id"] = interaction["id"]!.DeepClone(),
                    ["type"] = interaction["type"]!.DeepClone(),
                    ["name"] = name.DeepClone(),
                    ["user"] = interaction["user"]!.DeepClone(),
                };
            }
        }

        if (message.Snapshots is { } snapshots)
        {
            data["message_snapshots"] = snapshots.DeepClone();
        }

        if (message.Reference is { } reference)
        {
            data["message_reference"] = reference.DeepClone();
        }

        if (message.Reactions.Count > 0)
        {
            data["reactions"] = new JsonArray([.. message.Reactions.Select(Reaction)]);
        }
    }

    private void Linked(JsonObject data, StoredMessage message)
    {
        if (message.ReplyTo is { } target)
        {
            var channel = ulong.Parse(
                message.Reference?["channel_id"]?.GetValue<string>() ?? Text(message.ChannelId),
                CultureInfo.InvariantCulture
            );
            data["referenced_message"] =
                World.Messages.TryGetValue(channel, out var list) && list.TryGetValue(target, out var found)
                    ? Message(found, deep: false)
                    : null;
        }

        if (World.Channels.TryGetValue(message.Id, out var thread) && thread.IsThread && (message.Flags & 32) != 0)
        {
            data["thread"] = Channel(thread);
        }
    }

    private JsonObject Author(StoredMessage message)
    {
        if (message.WebhookName is null)
        {
            return User(message.AuthorId);
        }

        return new JsonObject
        {
            ["id"] = Text(message.WebhookId ?? 0),
            ["username"] = message.WebhookName,
            ["discriminator"] = "0000",
            ["global_name"] = null,
            ["avatar"] = message.WebhookAvatar is { } avatar
                ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(avatar)))[..32]
                : null,
            ["bot"] = true,
            ["public_flags"] = 0,
            ["flags"] = 0,
        };
    }

    private JsonObject Reaction(StoredReaction reaction) =>
        new()
        {
            ["count"] = reaction.Users.Count,
            ["count_details"] = new JsonObject { ["burst"] = 0, ["normal"] = reaction.Users.Count },
            ["me"] = reaction.Users.Contains(BotUserId),
            ["me_burst"] = false,
            ["burst_me"] = false,
            ["burst_count"] = 0,
            ["burst_colors"] = new JsonArray(),
            ["emoji"] = Emoji(reaction),
        };

    private static JsonObject Emoji(StoredReaction reaction) =>
        new() { ["id"] = reaction.EmojiId is { } id ? Text(id) : null, ["name"] = reaction.Name };

    private JsonObject File(StoredFile file)
    {
        var ends = (Now + FileLife).ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);
        var issued = Now.ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);
        var url =
            $"{Root}/attachments/{file.ChannelId}/{file.Id}/{Uri.EscapeDataString(file.Name)}?ex={ends}&is={issued}&hm={Signature(file.Id, ends)}&";
        var data = new JsonObject
        {
            ["id"] = Text(file.Id),
            ["filename"] = file.Name,
            ["size"] = file.Bytes.Length,
            ["url"] = url,
            ["proxy_url"] = url,
            ["content_type"] = file.ContentType,
            ["content_scan_version"] = 0,
        };
        if (file.Description is { } description)
        {
            data["description"] = description;
        }

        if (file.ContentType.StartsWith("image/", StringComparison.Ordinal))
        {
            data["width"] = 640;
            data["height"] = 360;
        }

        return data;
    }

    private string Signature(ulong file, string ends) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(World.SigningSeed), Encoding.UTF8.GetBytes($"{file} {ends}"))
        );
}
