using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <content>Messages and files as JSON.</content>
public sealed partial class FakeSlackState
{
    /// <summary>A message as history and events show it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="withMetadata">Whether what its app keeps with it is shown.</param>
    internal JsonObject Message(StoredMessage message, bool withMetadata)
    {
        var shape = new JsonObject { ["type"] = "message" };
        var asBot = message.Subtype == "bot_message" || (message.ByBot && ComesAsBotMessage(message));
        if (asBot)
        {
            shape["subtype"] = "bot_message";
        }
        else if (message.Subtype is { } subtype)
        {
            shape["subtype"] = subtype;
        }

        if (!asBot)
        {
            shape["user"] = message.UserId;
        }

        shape["text"] = message.Text;
        shape["ts"] = message.Ts;
        if (message.TeamId.Length > 0)
        {
            shape["team"] = message.TeamId;
        }

        if (World.Channels.GetValueOrDefault(message.ChannelId) is { IsExternal: true })
        {
            shape["user_team"] = message.TeamId;
            shape["source_team"] = message.TeamId;
        }

        AddAuthor(shape, message, asBot);
        AddContent(shape, message);
        AddThread(shape, message);
        if (message.Broadcast)
        {
            shape["subtype"] = "thread_broadcast";
        }

        if (message.EditedTs is { } edited)
        {
            shape["edited"] = new JsonObject { ["user"] = message.EditedBy, ["ts"] = edited };
        }

        if (withMetadata && message.Metadata is { } metadata)
        {
            shape["metadata"] = metadata.DeepClone();
        }

        if (message.Tombstone)
        {
            shape["hidden"] = true;
        }

        return shape;
    }

    /// <summary>A file as messages show it.</summary>
    internal JsonObject File(StoredFile file) =>
        new()
        {
            ["id"] = file.Id,
            ["created"] = file.Created,
            ["timestamp"] = file.Created,
            ["name"] = file.Name,
            ["title"] = file.Name,
            ["mimetype"] = file.ContentType,
            ["filetype"] = Path.GetExtension(file.Name).TrimStart('.'),
            ["user"] = file.UserId,
            ["user_team"] = file.TeamId,
            ["mode"] = "hosted",
            ["is_external"] = false,
            ["is_public"] = true,
            ["size"] = file.Bytes.Length,
            ["url_private"] = $"{Root}/files-pri/{file.TeamId}-{file.Id}/{Uri.EscapeDataString(file.Name)}",
            ["url_private_download"] =
                $"{Root}/files-pri/{file.TeamId}-{file.Id}/download/{Uri.EscapeDataString(file.Name)}",
            ["permalink"] = $"{Root}/files/{file.UserId}/{file.Id}/{Uri.EscapeDataString(file.Name)}",
        };

    /// <summary>Where a message is seen in a browser.</summary>
    internal string Permalink(StoredMessage message)
    {
        var domain = Team(World.Channels[message.ChannelId].TeamId).Domain;
        var link =
            $"https://{domain}.slack.com/archives/{message.ChannelId}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}";
        return message.IsReply ? $"{link}?thread_ts={message.ThreadTs}&cid={message.ChannelId}" : link;
    }

    /// <summary>The app as messages name it.</summary>
    internal JsonObject BotProfile(StoredTeam team) =>
        new()
        {
            ["id"] = team.BotId,
            ["deleted"] = !team.Installed,
            ["name"] = "NewsBot",
            ["updated"] = 1_580_720_400,
            ["app_id"] = World.AppId,
            ["icons"] = Icons(),
            ["team_id"] = team.Id,
        };

    private JsonObject Icons() =>
        new()
        {
            ["image_36"] = $"{Root}/avatars/bot_36.png",
            ["image_48"] = $"{Root}/avatars/bot_48.png",
            ["image_72"] = $"{Root}/avatars/bot_72.png",
        };

    private bool ComesAsBotMessage(StoredMessage message) =>
        message.Username is not null
        || message.Icons is not null
        || (_options.SelfAsBotMessage ?? (message.Ts[^3] - '0') % 2 == 0);

    private void AddAuthor(JsonObject shape, StoredMessage message, bool asBot)
    {
        if (message.ClientMessageId is { } id)
        {
            shape["client_msg_id"] = id;
        }

        if (message.BotId is not { } bot)
        {
            return;
        }

        shape["bot_id"] = bot;
        shape["app_id"] = World.AppId;
        if (asBot)
        {
            shape["username"] = message.Username ?? "NewsBot";
            shape["icons"] = message.Icons?.DeepClone() ?? Icons();
        }

        if (World.Teams.Values.FirstOrDefault(team => team.BotId == bot) is { } team)
        {
            shape["bot_profile"] = BotProfile(team);
        }
    }

    private void AddContent(JsonObject shape, StoredMessage message)
    {
        if (message.Blocks is { Count: > 0 } blocks)
        {
            shape["blocks"] = blocks.DeepClone();
        }

        var attachments = (message.Attachments ?? []).Concat(message.Unfurls ?? []).ToList();
        if (attachments.Count > 0)
        {
            shape["attachments"] = new JsonArray([.. attachments.Select(one => one!.DeepClone())]);
        }

        if (message.Files.Count > 0)
        {
            shape["files"] = new JsonArray([.. message.Files.Select(id => File(World.Files[id]))]);
            shape["upload"] = false;
        }

        if (message.Reactions.Count > 0)
        {
            shape["reactions"] = new JsonArray([
                .. message.Reactions.Select(one => new JsonObject
                {
                    ["name"] = one.Name,
                    ["users"] = new JsonArray([.. one.Users.Select(user => (JsonNode)user)]),
                    ["count"] = one.Users.Count,
                }),
            ]);
        }
    }

    private void AddThread(JsonObject shape, StoredMessage message)
    {
        if (message.ThreadTs is not { } thread)
        {
            return;
        }

        shape["thread_ts"] = thread;
        if (message.IsReply)
        {
            if (FindMessage(message.ChannelId, thread) is { } parent)
            {
                shape["parent_user_id"] = parent.UserId;
            }

            return;
        }

        var replies = Replies(message);
        var users = replies.Select(one => one.UserId).Distinct(StringComparer.Ordinal).ToList();
        shape["reply_count"] = replies.Count;
        shape["reply_users_count"] = users.Count;
        shape["latest_reply"] = replies.Count > 0 ? replies[^1].Ts : message.Ts;
        shape["reply_users"] = new JsonArray([.. users.Take(5).Select(user => (JsonNode)user)]);
        shape["is_locked"] = message.Locked;
        shape["subscribed"] = false;
    }

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
