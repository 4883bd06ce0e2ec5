using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>One dispatch on its way to the bot's gateway sessions.</summary>
/// <param name="Event">Its name, such as MESSAGE_CREATE.</param>
/// <param name="GuildId">Decides the shard; null for direct and ephemeral messages, which go to shard 0.</param>
/// <param name="ChannelId">The channel or thread it tells of; null where it is about none.</param>
/// <param name="Intent">The intent bits of which a session must have one; 0 reaches every session.</param>
/// <param name="Data">The d of the frame. Shared by all sessions: whoever changes it clones it first.</param>
public sealed record FakeDispatch(string Event, ulong? GuildId, ulong? ChannelId, long Intent, JsonObject Data);
