using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Scheduling;

namespace NewsBot.Chat;

/// <summary>Runs commands of members in a chat with buttons, where a shown change is confirmed or cancelled by one.</summary>
internal sealed class CommandRunner(RunCommand flow, Changes changes, WaitingFiles files, PostPump pump)
{
    /// <summary>A list of a thousand feeds is a few hundred kilobytes.</summary>
    public const int MaxFileBytes = 4 * 1024 * 1024;

    /// <summary>Runs what somebody asked. A file waits with the change it belongs to.</summary>
    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var reply = await flow.RunAsync(request, cancellationToken);
        pump.Wake();
        if (reply.ConfirmCode is { } code && request.Attachment is { } file)
        {
            files.Keep(request.Asker.Id, code, file);
        }

        return reply;
    }

    /// <summary>Makes the change that waits under a code.</summary>
    public Task<CommandReply> ConfirmAsync(
        Member asker,
        ChannelId? channel,
        string code,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            new CommandRequest(asker, channel, $"confirm {code}", Confirmed: false)
            {
                Attachment = files.Take(asker.Id, code),
            },
            cancellationToken
        );

    /// <summary>Forgets the change that waits under a code.</summary>
    public async Task<CommandReply> CancelAsync(Member asker, string code, CancellationToken cancellationToken)
    {
        files.Take(asker.Id, code);
        return await changes.ForgetAsync(asker, code, cancellationToken)
            ? CommandReply.Done("Nothing was changed.")
            : CommandReply.Refused("Nothing of yours waits here any more.");
    }
}
