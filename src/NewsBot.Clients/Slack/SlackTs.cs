using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Clients.Slack;

/// <summary>
/// Id of a message within its channel: seconds since 1970, a point and six digits. It is kept and compared as text, for
/// it has more digits than a floating-point number. Source: https://docs.slack.dev/messaging/retrieving-messages
/// </summary>
[JsonConverter(typeof(SlackTsConverter))]
public readonly record struct SlackTs : IComparable<SlackTs>
{
    // Real ones have 17 characters.
    private const int LongestText = 64;

    private readonly string? _text;

    /// <param name="text">As Slack wrote it; it is not checked.</param>
    public SlackTs(string? text) => _text = text;

    /// <summary>Empty where there is none.</summary>
    public string Text => _text ?? "";

    public bool IsEmpty => Text.Length == 0;

    /// <summary>When the message was written, in UTC, to the microsecond; null where the text is no timestamp.</summary>
    public DateTimeOffset? At
    {
        get
        {
            if (!IsWellFormed(Text))
            {
                return null;
            }

            var (seconds, fraction) = Parts(Text);
            var micros = fraction.Length > 6 ? fraction[..6] : fraction.ToString().PadRight(6, '0');
            return
                seconds.Length <= 11
                && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                && long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                ? DateTimeOffset.FromUnixTimeSeconds(whole).AddTicks(part * TimeSpan.TicksPerMicrosecond)
                : null;
        }
    }

    /// <summary>The text a message written at this instant would have; for bounds of a history.</summary>
    public static SlackTs Of(DateTimeOffset instant)
    {
        var micros = Math.Max(0, (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return new SlackTs(
            string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000}.{micros % 1_000_000:D6}")
        );
    }

    /// <returns>False for what cannot be the id of a message.</returns>
    public static bool TryParse(string? text, out SlackTs ts)
    {
        var isTs = text is not null && IsWellFormed(text);
        ts = isTs ? new SlackTs(text) : default;
        return isTs;
    }

    /// <summary>By time; what is no timestamp comes first, in the order of its characters.</summary>
    public int CompareTo(SlackTs other)
    {
        var (left, right) = (Text, other.Text);
        if (!IsWellFormed(left) || !IsWellFormed(right))
        {
            var byForm = IsWellFormed(left).CompareTo(IsWellFormed(right));
            return byForm != 0 ? byForm : string.CompareOrdinal(left, right);
        }

        var (leftSeconds, leftFraction) = Parts(left);
        var (rightSeconds, rightFraction) = Parts(right);
        var bySeconds = leftSeconds.Length.CompareTo(rightSeconds.Length);
        bySeconds = bySeconds != 0 ? bySeconds : leftSeconds.SequenceCompareTo(rightSeconds);
        var byFraction = leftFraction.TrimEnd('0').SequenceCompareTo(rightFraction.TrimEnd('0'));
        return bySeconds != 0 ? bySeconds
            : byFraction != 0 ? byFraction
            : string.CompareOrdinal(left, right);
    }

    public override string ToString() => Text;

    public static bool operator <(SlackTs left, SlackTs right) => left.CompareTo(right) < 0;

    public static bool operator >(SlackTs left, SlackTs right) => left.CompareTo(right) > 0;

    public static bool operator <=(SlackTs left, SlackTs right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SlackTs left, SlackTs right) => left.CompareTo(right) >= 0;

    public bool Equals(SlackTs other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    private static bool IsWellFormed(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return text.Length is > 0 and <= LongestText
            && point != 0
            && point != text.Length - 1
            && text.AsSpan(0, point < 0 ? text.Length : point).IndexOfAnyExceptInRange('0', '9') < 0
            && (point < 0 || text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private static Halves Parts(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var seconds = text.AsSpan(0, point < 0 ? text.Length : point).TrimStart('0');
        return new Halves(seconds, point < 0 ? [] : text.AsSpan(point + 1));
    }

    private readonly ref struct Halves(ReadOnlySpan<char> seconds, ReadOnlySpan<char> fraction)
    {
        private readonly ReadOnlySpan<char> _seconds = seconds;
        private readonly ReadOnlySpan<char> _fraction = fraction;

        public void Deconstruct(out ReadOnlySpan<char> seconds, out ReadOnlySpan<char> fraction)
        {
            seconds = _seconds;
            fraction = _fraction;
        }
    }
}

internal sealed class SlackTsConverter : JsonConverter<SlackTs>
{
    public override bool HandleNull => true;

    public override SlackTs Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new SlackTs(reader.GetString());
            case JsonTokenType.Number:
                // Its digits as they stand: as a number the last of them would be lost.
                return new SlackTs(Encoding.UTF8.GetString(reader.ValueSpan));
            default:
                reader.Skip();
                return default;
        }
    }

    public override void Write(Utf8JsonWriter writer, SlackTs value, JsonSerializerOptions options)
    {
        if (value.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
