using System.Buffers.Text;
using System.Text.Json;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Decides, on the gateway's read loop, which dispatches are worth keeping. Reads no more than the few fields that say so
/// and allocates nothing: a busy guild sends thousands a second that are not ours.
/// </summary>
internal sealed class DiscordWants(DiscordTracking tracking)
{
    /// <param name="type">The event's name.</param>
    /// <param name="data">UTF-8 JSON of the event.</param>
    public bool Wants(string type, ReadOnlySpan<byte> data) =>
        type switch
        {
            "READY"
            or "GUILD_CREATE"
            or "GUILD_UPDATE"
            or "GUILD_DELETE"
            or "GUILD_ROLE_CREATE"
            or "GUILD_ROLE_UPDATE"
            or "GUILD_ROLE_DELETE"
            or "GUILD_BAN_ADD"
            or "GUILD_BAN_REMOVE"
            or "CHANNEL_CREATE"
            or "CHANNEL_UPDATE"
            or "CHANNEL_DELETE"
            or "THREAD_LIST_SYNC"
            or "INTERACTION_CREATE" => true,
            "THREAD_CREATE" or "THREAD_UPDATE" or "THREAD_DELETE" => WantsThread(Read(data)),
            "MESSAGE_CREATE" => WantsMessage(Read(data)),
            "MESSAGE_UPDATE" => Read(data) is { IsBot: false, IsEdited: true } message && tracking.Has(message.Channel),
            "MESSAGE_DELETE"
            or "MESSAGE_DELETE_BULK"
            or "MESSAGE_REACTION_ADD"
            or "MESSAGE_REACTION_REMOVE"
            or "MESSAGE_REACTION_REMOVE_ALL"
            or "MESSAGE_REACTION_REMOVE_EMOJI" => tracking.Has(Read(data).Channel),
            _ => false,
        };

    private bool WantsMessage(Fields message)
    {
        var self = tracking.Self.Value;
        if (self != 0 && message.Author == self)
        {
            // Where the bot writes, people may answer a moment later: sooner than the database is asked again.
            if (message.IsInGuild && !tracking.Has(message.Channel))
            {
                Add(message);
            }

            return false;
        }

        // In a channel only what answers something concerns us; in a thread everything does.
        return !message.IsBot
            && tracking.Has(message.Channel)
            && (message.HasReference || message.IsInThread || !tracking.IsChannel(message.Channel));
    }

    private void Add(Fields message)
    {
        if (message.IsInThread)
        {
            // Its channel is not said here; the database knows it.
            tracking.AddThread(message.Channel, message.Channel);
        }
        else
        {
            tracking.AddChannel(message.Channel);
        }
    }

    private bool WantsThread(Fields thread)
    {
        var isOurs = tracking.Self.Value is not 0 and var self && thread.Owner == self;
        if (thread.Parent != 0 && (isOurs || tracking.Has(thread.Parent)))
        {
            if (isOurs)
            {
                tracking.AddChannel(thread.Parent);
            }

            tracking.AddThread(thread.Id, thread.Parent);
            return true;
        }

        return tracking.Has(thread.Id);
    }

    private static Fields Read(ReadOnlySpan<byte> data)
    {
        var fields = new Fields();
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return fields;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(ref reader, ref fields);
        }

        return fields;
    }

    private static void ReadField(ref Utf8JsonReader reader, ref Fields fields)
    {
        if (reader.ValueTextEquals("channel_id"u8))
        {
            fields.Channel = Id(ref reader);
        }
        else if (reader.ValueTextEquals("id"u8))
        {
            fields.Id = Id(ref reader);
        }
        else if (reader.ValueTextEquals("parent_id"u8))
        {
            fields.Parent = Id(ref reader);
        }
        else if (reader.ValueTextEquals("owner_id"u8))
        {
            fields.Owner = Id(ref reader);
        }
        else if (reader.ValueTextEquals("guild_id"u8))
        {
            fields.IsInGuild = Id(ref reader) != 0;
        }
        else if (reader.ValueTextEquals("channel_type"u8))
        {
            reader.Read();
            fields.IsInThread =
                reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var type) && type is 10 or 11 or 12;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("message_reference"u8))
        {
            fields.HasReference = HasValue(ref reader);
        }
        else if (reader.ValueTextEquals("edited_timestamp"u8))
        {
            fields.IsEdited = HasValue(ref reader);
        }
        else if (reader.ValueTextEquals("author"u8))
        {
            ReadAuthor(ref reader, ref fields);
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private static void ReadAuthor(ref Utf8JsonReader reader, ref Fields fields)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                fields.Author = Id(ref reader);
            }
            else if (reader.ValueTextEquals("bot"u8))
            {
                reader.Read();
                fields.IsBot = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private static bool HasValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return !isNull;
    }

    private static ulong Id(ref Utf8JsonReader reader)
    {
        reader.Read();
        var id =
            reader.TokenType == JsonTokenType.String
            && Utf8Parser.TryParse(reader.ValueSpan, out ulong text, out var length)
            && length == reader.ValueSpan.Length
                ? text
            : reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var number) ? number
            : 0;
        reader.Skip();
        return id;
    }

    /// <summary>What decides; 0 for an id that is absent.</summary>
    private struct Fields
    {
        public ulong Channel;
        public ulong Id;
        public ulong Parent;
        public ulong Owner;
        public ulong Author;
        public bool IsBot;
        public bool IsInGuild;
        public bool IsInThread;
        public bool HasReference;
        public bool IsEdited;
    }
}
