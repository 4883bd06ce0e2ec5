using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Clients.Lenient;

/// <summary>
/// Reads null as nothing, where a number, truth, instant or enum is meant, and takes enum values nobody has heard of.
/// </summary>
internal sealed class LenientValues : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert == typeof(bool)
        || typeToConvert == typeof(int)
        || typeToConvert == typeof(long)
        || typeToConvert == typeof(DateTimeOffset)
        || (typeToConvert.IsEnum && Enum.GetUnderlyingType(typeToConvert) == typeof(int));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(bool) ? new Truth()
        : typeToConvert == typeof(int) ? new Int()
        : typeToConvert == typeof(long) ? new Long()
        : typeToConvert == typeof(DateTimeOffset) ? new Instant()
        : (JsonConverter)Activator.CreateInstance(typeof(OfEnum<>).MakeGenericType(typeToConvert))!;

    private static long Number(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => 0,
            JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
            // Such as 5.0, or a number that no field of ours has room for.
            JsonTokenType.Number => (long)Math.Clamp(reader.GetDouble(), long.MinValue, long.MaxValue),
            JsonTokenType.String
                when long.TryParse(
                    reader.GetString(),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var text
                ) => text,
            _ => throw new JsonException("A number is expected."),
        };

    private sealed class Truth : JsonConverter<bool>
    {
        public override bool HandleNull => true;

        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType != JsonTokenType.Null && reader.GetBoolean();

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) =>
            writer.WriteBooleanValue(value);
    }

    private sealed class Int : JsonConverter<int>
    {
        public override bool HandleNull => true;

        // What does not fit is cut off rather than refused: in flags the low bits still are the ones known here.
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            unchecked((int)Number(ref reader));

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value);
    }

    private sealed class Long : JsonConverter<long>
    {
        public override bool HandleNull => true;

        public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Number(ref reader);

        public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value);
    }

    private sealed class Instant : JsonConverter<DateTimeOffset>
    {
        public override bool HandleNull => true;

        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.TokenType == JsonTokenType.Null ? default : reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }

    private sealed class OfEnum<T> : JsonConverter<T>
        where T : struct, Enum
    {
        public override bool HandleNull => true;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var number = unchecked((int)Number(ref reader));
            return Unsafe.As<int, T>(ref number);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Unsafe.As<T, int>(ref value));
    }
}
