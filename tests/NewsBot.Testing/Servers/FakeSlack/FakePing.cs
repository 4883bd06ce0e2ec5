namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>Somebody was notified by a message.</summary>
/// <param name="Ts">The message.</param>
/// <param name="ChannelId">Where it stands.</param>
/// <param name="ByBot">Whether the app sent it.</param>
/// <param name="Kind">"user", "group", "here", "channel" or "everyone".</param>
/// <param name="Target">The user or user group; the channel for all.</param>
public sealed record FakePing(string Ts, string ChannelId, bool ByBot, string Kind, string Target);
