namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>Somebody was notified by a message.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="ChannelId">Where it stands.</param>
/// <param name="ByBot">Whether the bot, one of its webhooks or interactions sent it.</param>
/// <param name="Kind">"user", "role", "everyone" or "reply".</param>
/// <param name="Target">The user or role; the guild for everyone.</param>
public sealed record FakePing(ulong MessageId, ulong ChannelId, bool ByBot, string Kind, ulong Target);
