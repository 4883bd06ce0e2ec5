using System.Text.Json;
using System.Text.Unicode;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>The envelope of one message: what it is, and where its data lies. Nothing is copied.</summary>
internal readonly ref struct GatewayFrame
{
    // Longer names than any event has are of no use and not worth their memory.
    private const int MaxTypeBytes = 100;

    public int Opcode { get; private init; }

    /// <summary>Null where absent, null or not a whole number.</summary>
    public long? Sequence { get; private init; }

    /// <summary>Null where absent, null or absurd.</summary>
    public string? Type { get; private init; }

    /// <summary>UTF-8 JSON of "d"; empty where absent.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <returns>False where the bytes are not UTF-8, not JSON, not an object or have no opcode.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out GatewayFrame frame)
    {
        frame = default;
        if (!Utf8.IsValid(bytes))
        {
            return false;
        }

        try
        {
            return TryReadObject(bytes, out frame);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryReadObject(ReadOnlySpan<byte> bytes, out GatewayFrame frame)
    {
        frame = default;
        var reader = new Utf8JsonReader(bytes);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        int? opcode = null;
        long? sequence = null;
        string? type = null;
        ReadOnlySpan<byte> data = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isOpcode, isSequence, isType, isData) = (
                reader.ValueTextEquals("op"u8),
                reader.ValueTextEquals("s"u8),
                reader.ValueTextEquals("t"u8),
                reader.ValueTextEquals("d"u8)
            );
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isOpcode)
            {
                opcode = ReadNumber(ref reader) is >= 0 and <= int.MaxValue and var number ? (int)number : null;
            }
            else if (isSequence)
            {
                sequence = ReadNumber(ref reader);
            }
            else if (isType)
            {
                type = ReadType(ref reader);
            }

            reader.Skip();
            if (isData)
            {
                data = bytes[start..(int)reader.BytesConsumed];
            }
        }

        // Refuses text behind the object.
        reader.Read();
        if (opcode is not { } known)
        {
            return false;
        }

        frame = new GatewayFrame
        {
            Opcode = known,
            Sequence = sequence,
            Type = type,
            Data = data,
        };
        return true;
    }

    private static long? ReadNumber(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;

    private static string? ReadType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > MaxTypeBytes)
        {
            return null;
        }

        if (reader.ValueIsEscaped)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair.
                return null;
            }
        }

        return EventNames.Intern(reader.ValueSpan);
    }
}
