namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>A request was answered with 429.</summary>
/// <param name="At">When.</param>
/// <param name="Method">Such as chat.postMessage.</param>
/// <param name="Key">The method with its workspace, or the channel.</param>
/// <param name="Scripted">A fault made it up: nobody could know.</param>
public sealed record FakeRefusal(DateTimeOffset At, string Method, string Key, bool Scripted);
