using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>Writes the frames a server sends, as UTF-8 JSON.</summary>
internal static class GatewayFrame
{
    private static readonly JsonWriterOptions Written = new() { Encoder = GatewayProtocol.Json.Encoder };

    /// <summary>A frame of any opcode but 0.</summary>
    public static byte[] Control(int op, JsonNode? d) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["t"] = null,
                ["s"] = null,
                ["op"] = op,
                ["d"] = d,
            },
            GatewayProtocol.Json
        );

    /// <summary>The d of a dispatch, written once for all sessions that get it.</summary>
    public static byte[] Body(JsonNode d) => JsonSerializer.SerializeToUtf8Bytes(d, GatewayProtocol.Json);

    /// <summary>A frame of opcode 0.</summary>
    /// <param name="name">The event, such as MESSAGE_CREATE.</param>
    /// <param name="number">Its sequence number in its session.</param>
    /// <param name="body">What <see cref="Body"/> wrote.</param>
    public static byte[] Dispatch(string name, long number, ReadOnlySpan<byte> body)
    {
        var written = new ArrayBufferWriter<byte>(body.Length + 64);
        using (var json = new Utf8JsonWriter(written, Written))
        {
            json.WriteStartObject();
            json.WriteString("t", name);
            json.WriteNumber("s", number);
            json.WriteNumber("op", GatewayProtocol.Dispatch);
            json.WritePropertyName("d");
            json.WriteRawValue(body, skipInputValidation: true);
            json.WriteEndObject();
        }

        return written.WrittenSpan.ToArray();
    }
}
