using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers;

/// <summary>One address the fake site offers.</summary>
/// <param name="Path">Starts with a slash.</param>
/// <param name="Note">What is found there, in a few words.</param>
/// <param name="AnswerAsync">Writes the answer.</param>
internal sealed record FeedSitePath(string Path, string Note, Func<HttpContext, Task> AnswerAsync);
