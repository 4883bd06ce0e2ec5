namespace NewsBot.Clients.Discord.Gateway;

/// <summary>What is needed to continue a session. Source: https://discord.com/developers/docs/events/gateway#resuming</summary>
/// <param name="SessionId">From READY.</param>
/// <param name="ResumeUrl">From READY, without query; checked again before it is used.</param>
/// <param name="Sequence">The highest sequence up to which everything is stored.</param>
/// <param name="Scope">
/// The intents and shard count the session was made with. A session keeps its intents for life, so one with another
/// scope is not resumed. Empty = unknown, resumed all the same.
/// </param>
public sealed record GatewayResume(string SessionId, string ResumeUrl, long Sequence, string Scope = "");
