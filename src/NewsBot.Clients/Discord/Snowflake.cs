using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Clients.Discord;

/// <summary>A Discord id. In JSON a string. Source: https://discord.com/developers/docs/reference#snowflakes</summary>
[JsonConverter(typeof(SnowflakeConverter))]
public readonly record struct Snowflake(ulong Value) : IComparable<Snowflake>
{
    private const long DiscordEpochMs = 1_420_070_400_000;

    /// <summary>When the thing with this id was made, in UTC, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds((long)(Value >> 22) + DiscordEpochMs);

    /// <summary>The smallest id a thing made at this instant can have; for "after" and "before" in lists.</summary>
    public static Snowflake At(DateTimeOffset instant) =>
        new((ulong)Math.Max(0, instant.ToUnixTimeMilliseconds() - DiscordEpochMs) << 22);

    /// <exception cref="FormatException">Not a decimal number.</exception>
    /// <exception cref="OverflowException">More than 64 bits.</exception>
    public static Snowflake Parse(string text) =>
        new(ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));

    public static bool TryParse(string? text, out Snowflake id)
    {
        var isId = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        id = new Snowflake(value);
        return isId;
    }

    public int CompareTo(Snowflake other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(Snowflake left, Snowflake right) => left.Value < right.Value;

    public static bool operator >(Snowflake left, Snowflake right) => left.Value > right.Value;

    public static bool operator <=(Snowflake left, Snowflake right) => left.Value <= right.Value;

    public static bool operator >=(Snowflake left, Snowflake right) => left.Value >= right.Value;
}

internal sealed class SnowflakeConverter : JsonConverter<Snowflake>
{
    public override Snowflake Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String when Snowflake.TryParse(reader.GetString(), out var id) => id,
            JsonTokenType.Number when reader.TryGetUInt64(out var number) => new Snowflake(number),
            _ => throw new JsonException("An id is a decimal number."),
        };

    public override void Write(Utf8JsonWriter writer, Snowflake value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
