using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <content>Channels as JSON.</content>
public sealed partial class FakeSlackState
{
    /// <summary>A channel as a workspace sees it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="team">Their workspace.</param>
    internal JsonObject ChannelShape(StoredChannel channel, string viewer, string team)
    {
        if (channel.DirectWith is { } human)
        {
            return new JsonObject
            {
                ["id"] = channel.Id,
                ["created"] = channel.Created,
                ["is_archived"] = false,
                ["is_im"] = true,
                ["is_org_shared"] = false,
                ["context_team_id"] = team,
                ["user"] = viewer == human ? Team(channel.TeamId).BotUserId : human,
                ["is_user_deleted"] = User(human).Deleted,
            };
        }

        return new JsonObject
        {
            ["id"] = channel.Id,
            ["name"] = channel.Name,
            ["name_normalized"] = channel.Name,
            ["is_channel"] = true,
            ["is_group"] = false,
            ["is_im"] = false,
            ["is_mpim"] = false,
            ["is_private"] = channel.IsPrivate,
            ["is_archived"] = channel.IsArchived,
            ["is_general"] = channel.IsGeneral,
            ["created"] = channel.Created,
            ["updated"] = channel.Created * 1000,
            ["creator"] = channel.CreatorId,
            ["is_shared"] = channel.IsExternal,
            ["is_ext_shared"] = channel.IsExternal,
            ["is_org_shared"] = false,
            ["is_pending_ext_shared"] = false,
            ["pending_shared"] = new JsonArray(),
            ["shared_team_ids"] = new JsonArray([.. channel.Teams.Select(one => (JsonNode)one)]),
            ["conversation_host_id"] = channel.TeamId,
            ["context_team_id"] = team,
            ["is_member"] = channel.Members.Contains(viewer),
            ["topic"] = Set(channel.Topic, channel),
            ["purpose"] = Set(channel.Purpose, channel),
            ["previous_names"] = new JsonArray([.. channel.PreviousNames.Select(one => (JsonNode)one)]),
            ["num_members"] = channel.Members.Count,
        };
    }

    private static JsonObject Set(string value, StoredChannel channel) =>
        new()
        {
            ["value"] = value,
            ["creator"] = value.Length > 0 ? channel.CreatorId : "",
            ["last_set"] = value.Length > 0 ? channel.Created : 0,
        };
}
