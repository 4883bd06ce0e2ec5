using System.Text.Json;
using Microsoft.Extensions.Logging;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>Turns one message into what the session makes of it, and queues the events that are wanted.</summary>
internal sealed partial class GatewayReader(
    int shard,
    GatewaySession session,
    DispatchQueue queue,
    GatewayReports handler,
    SteadyClock clock,
    ILogger<GatewayReader> logger
)
{
    /// <param name="message">UTF-8 JSON, already inflated. Nothing of it is kept without a copy.</param>
    public IReadOnlyList<GatewayAction> Read(ReadOnlySpan<byte> message)
    {
        if (!GatewayFrame.TryRead(message, out var frame))
        {
            return session.Unreadable("not a JSON object with an opcode");
        }

        switch ((GatewayOpcode)frame.Opcode)
        {
            case GatewayOpcode.Dispatch:
                return Dispatch(frame);
            case GatewayOpcode.Heartbeat:
                return session.HeartbeatAsked();
            case GatewayOpcode.Reconnect:
                return session.ReconnectAsked();
            case GatewayOpcode.InvalidSession:
                return session.Refused(frame.Data.SequenceEqual("true"u8));
            case GatewayOpcode.Hello:
                return session.Hello(Interval(frame.Data), clock.Now);
            case GatewayOpcode.HeartbeatAck:
                session.Acknowledged();
                return [];
            default:
                LogUnknownOpcode(shard, frame.Opcode);
                return [];
        }
    }

    private IReadOnlyList<GatewayAction> Dispatch(in GatewayFrame frame)
    {
        // Discord's numbers are 32 bits wide; anything else is no number to resume from.
        var sequence = frame.Sequence is > 0 and <= int.MaxValue ? frame.Sequence : null;
        var actions = frame.Type == "READY" ? Ready(frame.Data, sequence) : [];
        var isWanted = frame is { Type: not null, Data.Length: > 0 } && handler.Wants(frame.Type, frame.Data);

        // READY is let in always: without it the session could not be told from the one before.
        if (isWanted && frame.Type != "READY" && !queue.HasRoom(frame.Data.Length))
        {
            return session.Overflowed();
        }

        if (session.Accept(sequence, isWanted, clock.Now, out var tracker) && isWanted)
        {
            var dispatch = new GatewayEvent(shard, sequence ?? 0, frame.Type!, frame.Data.ToArray());
            queue.Add(new QueuedEvent(dispatch, tracker));
        }

        return frame.Type == "RESUMED" ? session.Resumed(clock.Now) : actions;
    }

    private IReadOnlyList<GatewayAction> Ready(ReadOnlySpan<byte> data, long? sequence)
    {
        var reader = new Utf8JsonReader(data);
        string? sessionId = null;
        string? resumeUrl = null;
        reader.Read();
        while (
            reader.TokenType != JsonTokenType.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
        )
        {
            var (isId, isUrl) = (
                reader.ValueTextEquals("session_id"u8),
                reader.ValueTextEquals("resume_gateway_url"u8)
            );
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
            {
                sessionId = reader.GetString();
            }
            else if (isUrl && reader.TokenType == JsonTokenType.String)
            {
                resumeUrl = reader.GetString();
            }

            reader.Skip();
        }

        return session.Ready(sessionId, resumeUrl, sequence ?? 1, clock.Now);
    }

    private static TimeSpan? Interval(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        if (data.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        TimeSpan? interval = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isInterval = reader.ValueTextEquals("heartbeat_interval"u8);
            reader.Read();
            if (isInterval && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var milliseconds))
            {
                interval = TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, int.MaxValue));
            }

            reader.Skip();
        }

        return interval;
    }

    [LoggerMessage(LogLevel.Debug, "Shard {Shard}: opcode {Opcode} is unknown and ignored")]
    private partial void LogUnknownOpcode(int shard, int opcode);
}
