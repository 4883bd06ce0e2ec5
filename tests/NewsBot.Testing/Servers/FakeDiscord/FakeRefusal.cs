namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>A request was answered with 429.</summary>
/// <param name="At">When.</param>
/// <param name="Route">Method and template.</param>
/// <param name="Bucket">The hash, and the channel, guild or webhook it is for.</param>
/// <param name="Scope">"user", "global" or "shared".</param>
/// <param name="Hidden">No header had told of this limit.</param>
/// <param name="Advertised">The bucket had been told of in the headers of an answer before this request came in.</param>
/// <param name="Scripted">A fault made it up.</param>
public sealed record FakeRefusal(
    DateTimeOffset At,
    string Route,
    string Bucket,
    string Scope,
    bool Hidden,
    bool Advertised,
    bool Scripted
);
