using NewsBot.Core.Channels;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Web;

/// <summary>Runs <c>/news …</c> written in the built-in chat; only the asker sees the answer.</summary>
internal static class WebCommands
{
    private const string Prefix = "/news";

    public static bool IsCommand(string text) =>
        text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && (text.Length == Prefix.Length || char.IsWhiteSpace(text[Prefix.Length]));

    /// <returns>The answer as Markdown.</returns>
    public static Task<string> AnswerAsync(
        ChannelId channel,
        Member asker,
        string line,
        CancellationToken cancellationToken
    ) => Task.FromResult($"{channel} {asker.Name} {line} {cancellationToken.CanBeCanceled}");
}
