using System.Text.Json;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Clients.Sockets;
using NewsBot.Core.Text;
using DiscordInteraction = NewsBot.Clients.Discord.Objects.Interaction;
using DiscordMessage = NewsBot.Clients.Discord.Objects.Message;
using SlackInteraction = NewsBot.Clients.Slack.Objects.Interaction;
using SlackMessage = NewsBot.Clients.Slack.Objects.Message;

namespace NewsBot.Fuzzing;

/// <summary>What the platforms send, or somebody who stands between.</summary>
internal static class Payloads
{
    private const int MaxBytes = 1 << 20;

    /// <summary>A frame of text, or one of zlib where it ends like that.</summary>
    public static void Gateway(ReadOnlyMemory<byte> bytes)
    {
        if (!ZlibMessages.IsWhole(bytes.Span))
        {
            GatewayFrameOf(bytes.Span);
            return;
        }

        using var zlib = new ZlibMessages();
        using var text = new MessageBuffer(MaxBytes);
        try
        {
            zlib.Inflate(bytes, text);
        }
        catch (Exception error) when (error is InvalidDataException or MessageTooLongException)
        {
            return;
        }

        GatewayFrameOf(text.Written.Span);
    }

    /// <summary>A frame of a socket.</summary>
    public static void Slack(ReadOnlyMemory<byte> bytes)
    {
        if (!SocketFrame.TryRead(bytes.Span, out var frame))
        {
            return;
        }

        SlackJson.Read<SlashCommand>(frame.Payload);
        SlackJson.Read<SlackInteraction>(frame.Payload);
        if (SlackJson.Read<EventEnvelope>(frame.Payload) is not { } envelope)
        {
            return;
        }

        _ = envelope.InstallTeamId;
        envelope.Read<ReactionEvent>();
        envelope.Read<ChannelEvent>();
        envelope.Read<UserChange>();
        if (envelope.Read<SlackMessage>() is { } message)
        {
            Read(message);
            if (message.Inner is { } inner)
            {
                Read(inner);
            }
        }
    }

    private static void Read(SlackMessage message)
    {
        SlackReader.IsFromPerson(message);
        SlackReader.Files(message);
        SlackRichReader.Mentions(message.Blocks);
        HarmlessHtml.Check(
            MarkdownHtml.Render(SlackReader.Markdown(message, SlackReader.Typed(message), SlackNames.None))
        );
    }

    private static void GatewayFrameOf(ReadOnlySpan<byte> json)
    {
        if (!GatewayFrame.TryRead(json, out var frame) || frame.Data.IsEmpty)
        {
            return;
        }

        if (Discord<DiscordMessage>(frame.Data) is { } message)
        {
            DiscordReader.IsFromPerson(message);
            DiscordReader.IsBlank(message);
            DiscordReader.Answered(message);
            DiscordReader.Files(message);
            HarmlessHtml.Check(
                MarkdownHtml.Render(DiscordMarkdown.Convert(DiscordReader.Typed(message), DiscordMentions.None))
            );
        }

        Discord<DiscordInteraction>(frame.Data);
        Discord<Guild>(frame.Data);
        Discord<Channel>(frame.Data);
    }

    private static T? Discord<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, DiscordJson.Options);
        }
        catch (JsonException)
        {
            // The dispatcher leaves such an event.
            return null;
        }
    }
}
