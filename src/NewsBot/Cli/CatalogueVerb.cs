using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Cli;

/// <summary>Runs a verb of the catalogue as the person at the machine.</summary>
internal static class CatalogueVerb
{
    // The built-in chat's community, which every database has.
    private static readonly CommunityId Community = new(1);

    /// <param name="settings">Settings as on the server's command line.</param>
    /// <param name="words">The verb and what belongs to it.</param>
    /// <param name="attachment">A file that comes with it; null for none.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static Task<int> RunAsync(
        string[] settings,
        IReadOnlyList<string> words,
        ReadOnlyMemory<byte>? attachment,
        CancellationToken cancellationToken
    ) =>
        OneShot.RunAsync(
            settings,
            async services =>
            {
                var reply = await AskAsync(services, words, attachment, cancellationToken);
                Print(reply);
                return ExitCode(reply);
            },
            cancellationToken
        );

    public static Task<CommandReply> AskAsync(
        IServiceProvider services,
        IReadOnlyList<string> words,
        ReadOnlyMemory<byte>? attachment,
        CancellationToken cancellationToken
    )
    {
        var left = words.Where(word => word is not "--yes" and not "-y").ToList();
        // Asked for help, nothing is done, whatever else is written.
        if (left.Exists(word => word is "--help" or "-h" or "-?"))
        {
            left = ["help", .. left.TakeWhile(word => !word.StartsWith('-')).Take(2)];
            if (Catalogue.Find(left[1..]) is { } spec)
            {
                left = ["help", .. spec.Name.Split(' ')];
            }
            else if (left.Count > 1)
            {
                left = left[..2];
            }
        }

        var request = new CommandRequest(
            CommandRequest.Operator(Community),
            null,
            string.Join(' ', left),
            Confirmed: left.Count < words.Count
        )
        {
            Words = left,
            Attachment = attachment,
        };
        return Output.WhileAsync(
            "Working …",
            _ => services.GetRequiredService<RunCommand>().RunAsync(request, cancellationToken)
        );
    }

    /// <summary>Answers go to the output, what is wrong to the error stream.</summary>
    public static void Print(CommandReply reply)
    {
        var text = TerminalText.Of(reply.Markdown);
        if (ExitCode(reply) == CommandLineDoor.Done)
        {
            Output.Line(text);
        }
        else
        {
            Output.Error(text);
        }
    }

    public static int ExitCode(CommandReply reply) =>
        reply.Ending switch
        {
            CommandEnding.Done or CommandEnding.Asked => CommandLineDoor.Done,
            CommandEnding.WrongUsage => CommandLineDoor.WrongUsage,
            _ => CommandLineDoor.Failed,
        };
}
