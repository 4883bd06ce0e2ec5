namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>The channels that a fake Slack starts with.</summary>
/// <param name="Public">A channel with everybody in it but the bot, which may join.</param>
/// <param name="Private">A channel for the newsroom, the admins and the bot.</param>
/// <param name="Archived">A channel that is read-only.</param>
public sealed record FakeSlackChannels(string Public, string Private, string Archived);
