using System.Security.Cryptography;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Runs a line for somebody: find the verb, check that they may, run it. Every door ends here.</summary>
internal sealed partial class RunCommand(
    CommandHandlers handlers,
    Changes changes,
    TimeProvider time,
    ILogger<RunCommand> logger
)
{
    /// <summary>Never throws for what a command does; a failure is a sentence with an id that the log knows.</summary>
    /// <param name="request">Who asks what, and where.</param>
    /// <param name="cancellationToken">Cancels what is not committed yet.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        StorageHealth.FailAtOnce();
        try
        {
            return await FindAsync(request, request.Confirmed, cancellationToken);
        }
        catch (StorageTroubleException trouble)
        {
            return CommandReply.Refused($"Nothing was changed. {trouble.Message}");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var id = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 6);
            LogFailed(error, id, request.Asker.Id.ToString());
            return CommandReply.Refused(
                $"This went wrong on our side, and nothing was changed. Tell who runs this newsroom the word `{id}`; the log says more under it."
            );
        }
    }

    private async Task<CommandReply> FindAsync(
        CommandRequest request,
        bool isConfirmed,
        CancellationToken cancellationToken
    )
    {
        switch (Read(request))
        {
            case CommandLineOutcome.Wrong wrong:
                return CommandReply.Wrong(wrong.Markdown) with { Suggestions = wrong.Suggestions };
            case CommandLineOutcome.Found { Command: var command } when command.Spec.Role > request.Asker.Role:
                return CommandReply.Refused(CommandHelp.Refusal(command.Spec));
            case CommandLineOutcome.Found { Command: var command }:
                var context = new CommandContext(request.Asker, request.Channel, command, isConfirmed, time.GetUtcNow())
                {
                    Attachment = request.Attachment,
                    Login = request.Login,
                };
                return await RunAsync(context, request, cancellationToken);
            default:
                throw new InvalidOperationException("A line is found or wrong.");
        }
    }

    private async Task<CommandReply> RunAsync(
        CommandContext context,
        CommandRequest request,
        CancellationToken cancellationToken
    )
    {
        switch (context.Command.Spec.Name)
        {
            case "help":
                return Help(context);
            case "confirm":
                var line = await changes.TakeAsync(context, context.Command["code"], cancellationToken);
                return line is null
                    ? CommandReply.Refused(
                        "Nothing of yours waits under this code. A shown change waits ten minutes and is made once; run the command again to see it anew."
                    )
                    : await FindAsync(
                        request with
                        {
                            Line = line,
                            Words = null,
                            Typed = null,
                            Login = null,
                        },
                        isConfirmed: true,
                        cancellationToken
                    );
            default:
                return await handlers.Find(context.Command.Spec)(context, cancellationToken);
        }
    }

    private static CommandLineOutcome Read(CommandRequest request) =>
        request switch
        {
            { Typed: { } typed } => CommandLine.Parse(typed.Spec, typed.Values),
            { Words: { } words } => CommandLine.Parse(words),
            _ => CommandLine.Parse(request.Line),
        };

    private static CommandReply Help(CommandContext context)
    {
        if (context.Command.Find("command") is not { } about)
        {
            return CommandReply.Done(CommandHelp.List(context.Asker.Role));
        }

        return CommandHelp.Explain(about, context.Asker.Role) is { } text
            ? CommandReply.Done(text)
            : CommandReply.Wrong(
                CommandLine.Parse(about) is CommandLineOutcome.Wrong wrong
                    ? wrong.Markdown
                    : $"There is no command {MarkdownEscape.Code(about)}. `/news help` lists all of them."
            );
    }

    [LoggerMessage(LogLevel.Error, "A command of {Asker} failed; they were told the id {Id}")]
    private partial void LogFailed(Exception error, string id, string asker);
}
