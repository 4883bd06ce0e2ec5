namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>The channels that a fake Discord starts with.</summary>
/// <param name="Text">A text channel that everybody sees.</param>
/// <param name="Forum">A forum with four tags, one of them for moderators only.</param>
/// <param name="Announcement">An announcement channel.</param>
/// <param name="Private">A text channel for the newsroom, the admins and the bot.</param>
public sealed record FakeDiscordChannels(ulong Text, ulong Forum, ulong Announcement, ulong Private);
