namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>Why a connection is closed.</summary>
/// <param name="Code">The close code.</param>
/// <param name="Reason">At most 123 bytes, as a close frame allows no more.</param>
internal sealed record GatewayRefusal(int Code, string Reason);
