using System.Globalization;
using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>
/// Takes the text out of messages for a session without the intent MESSAGE_CONTENT. Pure.
/// Source: https://discord.com/developers/docs/events/gateway#message-content-intent
/// </summary>
internal static class ContentBlanking
{
    /// <summary>Whether an event carries a message that may have to be blanked.</summary>
    public static bool Concerns(FakeDispatch dispatch) =>
        dispatch is { GuildId: not null, Event: "MESSAGE_CREATE" or "MESSAGE_UPDATE" };

    /// <summary>A copy of a message without its text, where its text is hidden.</summary>
    /// <param name="message">Is left as it is.</param>
    /// <param name="bot">Sees its own messages and those that mention it.</param>
    public static JsonObject Blanked(JsonObject message, ulong bot)
    {
        var copy = (JsonObject)message.DeepClone();
        Blank(copy, bot.ToString(CultureInfo.InvariantCulture));
        return copy;
    }

    private static void Blank(JsonObject message, string bot)
    {
        if (message["referenced_message"] is JsonObject referenced)
        {
            Blank(referenced, bot);
        }

        if (Is(message["author"], bot) || (message["mentions"] as JsonArray ?? []).Any(user => Is(user, bot)))
        {
            return;
        }

        Empty(message);
        foreach (var snapshot in (message["message_snapshots"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (snapshot["message"] is JsonObject forwarded)
            {
                Empty(forwarded);
            }
        }
    }

    private static void Empty(JsonObject message)
    {
        message.Remove("poll");
        if (message.ContainsKey("content"))
        {
            message["content"] = "";
        }

        foreach (var list in new[] { "embeds", "attachments", "components" }.Where(message.ContainsKey))
        {
            message[list] = new JsonArray();
        }
    }

    private static bool Is(JsonNode? user, string id) => IdentifyRequest.Text((user as JsonObject)?["id"]) == id;
}
