using System.Text.Json;
using System.Text.Unicode;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>One message of a socket: what it is, and where its payload lies. Nothing is copied.</summary>
internal readonly ref struct SocketFrame
{
    // Longer words than any that Slack uses are of no use and not worth their memory.
    private const int LongestWord = 200;

    private readonly Head _head;

    private SocketFrame(Head head, ReadOnlySpan<byte> payload)
    {
        _head = head;
        Payload = payload;
    }

    /// <summary>Such as hello, disconnect, events_api; empty where absent or absurd.</summary>
    public string Type => _head.Type ?? "";

    /// <summary>Null where absent or absurd.</summary>
    public string? EnvelopeId => _head.EnvelopeId;

    /// <summary>Of a disconnect; empty for none.</summary>
    public string Reason => _head.Reason ?? "";

    /// <summary>UTF-8 JSON; empty where absent or no object.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    public bool AcceptsPayload => _head.AcceptsPayload;

    public int RetryAttempt => _head.RetryAttempt;

    public string? RetryReason => _head.RetryReason;

    /// <returns>False where the bytes are not UTF-8, not JSON or not an object.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SocketFrame frame)
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
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter is how half a surrogate pair shows.
            return false;
        }
    }

    private static bool TryReadObject(ReadOnlySpan<byte> bytes, out SocketFrame frame)
    {
        frame = default;
        var reader = new Utf8JsonReader(bytes);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var head = default(Head);
        ReadOnlySpan<byte> payload = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            head = With(head, name, ref reader);
            reader.Skip();
            if (name == "payload")
            {
                payload = isObject ? bytes[start..(int)reader.BytesConsumed] : [];
            }
        }

        // Refuses text behind the object.
        reader.Read();
        frame = new SocketFrame(head, payload);
        return true;
    }

    private static Head With(Head head, string name, ref Utf8JsonReader reader) =>
        name switch
        {
            "type" => head with { Type = Word(ref reader) },
            "envelope_id" => head with { EnvelopeId = Word(ref reader) },
            "reason" => head with { Reason = Word(ref reader) },
            "retry_reason" => head with { RetryReason = Word(ref reader) },
            "retry_attempt" => head with { RetryAttempt = Number(ref reader) },
            "accepts_response_payload" => head with { AcceptsPayload = reader.TokenType == JsonTokenType.True },
            _ => head,
        };

    private static int Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : 0;

    private static string? Word(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= LongestWord
            ? reader.GetString()
            : null;

    private readonly record struct Head(
        string? Type,
        string? EnvelopeId,
        string? Reason,
        string? RetryReason,
        int RetryAttempt,
        bool AcceptsPayload
    );
}
