using System.Text;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Scheduling;

namespace NewsBot.Chat.Web;

/// <summary>Runs <c>/news …</c> written in the built-in chat; only the asker sees the answer.</summary>
internal sealed class WebCommands(RunCommand flow, PostPump pump)
{
    private const string Prefix = "/news";

    // What a file holds is shown as text; a longer one is better fetched with the command line.
    private const int MaxFileChars = 20_000;

    public static bool IsCommand(string text) =>
        text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && (text.Length == Prefix.Length || char.IsWhiteSpace(text[Prefix.Length]));

    public async Task<WebWriteOutcome.Private> AnswerAsync(
        ChannelId channel,
        Member asker,
        string line,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.RunAsync(new CommandRequest(asker, channel, line, false), cancellationToken);
        pump.Wake();
        return new WebWriteOutcome.Private(Markdown(reply), reply.Suggestions)
        {
            Beside = reply.Preview is null ? null : reply.TextOn(Platform.Web),
            Posts = reply.Preview is { Platform: Platform.Web } preview ? preview.Posts : [],
        };
    }

    private static string Markdown(CommandReply reply)
    {
        if (reply.File is not { } file)
        {
            return reply.Markdown;
        }

        var text = Encoding.UTF8.GetString(file.Bytes.Span);
        return text.Length <= MaxFileChars
            ? $"{reply.Markdown}\n\n```\n{text.Replace("```", "'''", StringComparison.Ordinal)}\n```"
            : $"{reply.Markdown}\n\nThe file is too long to be shown here; run “newsbot export” on the server to get it.";
    }
}
