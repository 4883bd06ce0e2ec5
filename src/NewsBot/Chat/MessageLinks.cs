using NewsBot.Clients.Slack;

namespace NewsBot.Chat;

/// <summary>Addresses of messages where they were posted. Pure.</summary>
internal static class MessageLinks
{
    /// <summary>The address of one message.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="message">The platform's id of it.</param>
    /// <returns>Null in the built-in chat.</returns>
    public static string? Of(MessagePlace place, string message) =>
        place.Platform switch
        {
            "discord" => $"https://discord.com/channels/{place.Workspace}/{place.Thread ?? place.Channel}/{message}",
            // Without the workspace's address only the thread can be named.
            "slack" => Slack(place.Address, place.Channel, message, place.Thread)
                ?? $"https://app.slack.com/client/{place.Workspace}/{place.Channel}/thread/{place.Channel}-{place.Thread ?? message}",
            _ => null,
        };

    /// <param name="address">Of the workspace, with a slash at its end; null where it is not known.</param>
    /// <param name="channel">Slack's id of the channel.</param>
    /// <param name="message">Of the message.</param>
    /// <param name="thread">Of the message its thread hangs on; null for the channel itself.</param>
    /// <returns>Null where no such link can be made.</returns>
    public static string? Slack(string? address, string channel, string? message, string? thread) =>
        address is not null && SlackTs.TryParse(message, out var ts)
            ? $"{address}archives/{channel}/p{ts.Text.Replace(".", "", StringComparison.Ordinal)}{Within(channel, ts.Text, thread)}"
            : null;

    // A reply opens in its thread only where its address names that.
    private static string Within(string channel, string message, string? thread) =>
        SlackTs.TryParse(thread, out var root) && root.Text != message ? $"?thread_ts={root.Text}&cid={channel}" : "";
}

/// <summary>Where a message stands, in the platform's own ids.</summary>
/// <param name="Platform">As stored: discord, slack or web.</param>
/// <param name="Workspace">The guild or workspace.</param>
/// <param name="Address">The workspace's address with a slash at its end; null where there is none, or it is not known.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Thread">The thread it stands in; null for the channel itself.</param>
internal sealed record MessagePlace(string Platform, string Workspace, string? Address, string Channel, string? Thread);
