using System.Buffers;
using System.Text.Json;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>What we send, as UTF-8 JSON. Source: https://discord.com/developers/docs/events/gateway-events#send-events</summary>
internal static class GatewayPayloads
{
    /// <summary>Discord closes with 4002 above this.</summary>
    public const int MaxBytes = 4096;

    /// <param name="sequence">Null before anything of the session is stored.</param>
    public static ReadOnlyMemory<byte> Heartbeat(long? sequence) =>
        Write(
            GatewayOpcode.Heartbeat,
            writer =>
            {
                if (sequence is { } number)
                {
                    writer.WriteNumberValue(number);
                }
                else
                {
                    writer.WriteNullValue();
                }
            }
        );

    /// <exception cref="ArgumentException">The presence is no JSON or too long.</exception>
    public static ReadOnlyMemory<byte> Identify(GatewayOptions options, int shard, int shards) =>
        Write(
            GatewayOpcode.Identify,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("token", options.Token);
                writer.WriteNumber("intents", options.Intents);
                writer.WriteNumber("large_threshold", Math.Clamp(options.LargeThreshold, 50, 250));
                writer.WriteStartObject("properties");
                writer.WriteString("os", OperatingSystem.IsWindows() ? "windows" : "linux");
                writer.WriteString("browser", options.LibraryName);
                writer.WriteString("device", options.LibraryName);
                writer.WriteEndObject();
                writer.WriteStartArray("shard");
                writer.WriteNumberValue(shard);
                writer.WriteNumberValue(shards);
                writer.WriteEndArray();
                if (options.Presence.Length > 0)
                {
                    writer.WritePropertyName("presence");
                    WritePresence(writer, options.Presence);
                }

                writer.WriteEndObject();
            }
        );

    public static ReadOnlyMemory<byte> Resume(string token, string sessionId, long sequence) =>
        Write(
            GatewayOpcode.Resume,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("token", token);
                writer.WriteString("session_id", sessionId);
                writer.WriteNumber("seq", sequence);
                writer.WriteEndObject();
            }
        );

    private static void WritePresence(Utf8JsonWriter writer, ReadOnlyMemory<byte> presence)
    {
        try
        {
            writer.WriteRawValue(presence.Span);
        }
        catch (JsonException error)
        {
            throw new ArgumentException("The presence is not JSON.", nameof(presence), error);
        }
    }

    private static ReadOnlyMemory<byte> Write(GatewayOpcode opcode, Action<Utf8JsonWriter> writeData)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteNumber("op", (int)opcode);
            writer.WritePropertyName("d");
            writeData(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenCount <= MaxBytes
            ? bytes.WrittenMemory
            : throw new ArgumentException(
                $"A gateway payload is {bytes.WrittenCount} bytes long, more than {MaxBytes}.",
                nameof(writeData)
            );
    }
}
