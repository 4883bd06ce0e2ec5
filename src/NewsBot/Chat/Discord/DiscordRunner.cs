using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Runs commands for people of Discord, with what they may do there now.</summary>
internal sealed class DiscordRunner(
    CommandRunner commands,
    DiscordChannelChoice choice,
    DiscordRest rest,
    Database database,
    TimeProvider time
)
{
    /// <summary>The answer to somebody who is not in a server we know.</summary>
    public const string Elsewhere =
        "Use this in a server the newsroom is in: what you may see and do depends on the server. If you are in one, it has just joined; try again in a minute.";

    /// <summary>Runs what was filled in.</summary>
    public async Task<CommandReply> RunAsync(
        Interaction interaction,
        DiscordInput input,
        CancellationToken cancellationToken
    )
    {
        if (await KeepAskerAsync(interaction, cancellationToken) is not { } asker)
        {
            return CommandReply.Refused(Elsewhere);
        }

        if (input.Spec.Role > asker.Member.Role)
        {
            return CommandReply.Refused(CommandHelp.Refusal(input.Spec));
        }

        var channel = asker.Channel;
        string? named = null;
        if (input.Spec.TakesChannel)
        {
            var chosen = input.Id(DiscordCatalogue.ChannelOption);
            var found = await choice.KeepAsync(interaction, asker, chosen, cancellationToken);
            if (found.Value is not { } one)
            {
                return CommandReply.Refused(found.Problem);
            }

            channel = one.Id;
            named = chosen is null ? null : one.Id.ToString();
        }

        ReadOnlyMemory<byte>? file = null;
        if (input.Id(DiscordCatalogue.FileOption) is { } id)
        {
            var (bytes, problem) = await DownloadAsync(interaction, id, cancellationToken);
            if (bytes is null)
            {
                return CommandReply.Refused(problem);
            }

            file = bytes;
        }

        return await commands.RunAsync(
            new CommandRequest(asker.Member, channel, "", Confirmed: false)
            {
                Typed = input.ToCommand(named),
                Attachment = file,
            },
            cancellationToken
        );
    }

    /// <summary>Runs a line of our own, from a button.</summary>
    public async Task<CommandReply> RunAsync(Interaction interaction, string line, CancellationToken cancellationToken)
    {
        if (await KeepAskerAsync(interaction, cancellationToken) is not { } asker)
        {
            return CommandReply.Refused(Elsewhere);
        }

        var channel = asker.Channel;
        if (
            CommandLine.Parse(line) is CommandLineOutcome.Found { Command: { Spec.TakesChannel: true } command }
            && command.Option(DiscordCatalogue.ChannelOption) is null
            && command.Spec.Role <= asker.Member.Role
        )
        {
            var found = await choice.KeepAsync(interaction, asker, null, cancellationToken);
            if (found.Value is not { } one)
            {
                return CommandReply.Refused(found.Problem);
            }

            channel = one.Id;
        }

        return await commands.RunAsync(
            new CommandRequest(asker.Member, channel, line, Confirmed: false),
            cancellationToken
        );
    }

    /// <summary>Runs a verb with values that are known already.</summary>
    public async Task<CommandReply> RunAsync(
        Interaction interaction,
        TypedCommand command,
        CancellationToken cancellationToken
    ) =>
        await KeepAskerAsync(interaction, cancellationToken) is { } asker
            ? await commands.RunAsync(
                new CommandRequest(asker.Member, asker.Channel, "", Confirmed: false) { Typed = command },
                cancellationToken
            )
            : CommandReply.Refused(Elsewhere);

    /// <summary>Runs a verb for which a login was typed into a form. Sending the form confirms it.</summary>
    public async Task<CommandReply> RunAsync(
        Interaction interaction,
        TypedCommand command,
        TypedLogin login,
        CancellationToken cancellationToken
    ) =>
        await KeepAskerAsync(interaction, cancellationToken) is { } asker
            ? await commands.RunAsync(
                new CommandRequest(asker.Member, asker.Channel, "", Confirmed: true) { Typed = command, Login = login },
                cancellationToken
            )
            : CommandReply.Refused(Elsewhere);

    /// <summary>Makes the change that waits under a code.</summary>
    public async Task<CommandReply> ConfirmAsync(
        Interaction interaction,
        string code,
        CancellationToken cancellationToken
    ) =>
        await KeepAskerAsync(interaction, cancellationToken) is { } asker
            ? await commands.ConfirmAsync(asker.Member, asker.Channel, code, cancellationToken)
            : CommandReply.Refused(Elsewhere);

    /// <summary>Forgets the change that waits under a code.</summary>
    public async Task<CommandReply> CancelAsync(
        Interaction interaction,
        string code,
        CancellationToken cancellationToken
    ) =>
        await KeepAskerAsync(interaction, cancellationToken) is { } asker
            ? await commands.CancelAsync(asker.Member, code, cancellationToken)
            : CommandReply.Refused(Elsewhere);

    /// <returns>Null outside of guilds we know.</returns>
    public Task<DiscordAsker?> KeepAskerAsync(Interaction interaction, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => DiscordAsker.KeepAsync(connection, interaction, time.GetUtcNow()),
            cancellationToken
        );

    private async Task<(ReadOnlyMemory<byte>? Bytes, string Problem)> DownloadAsync(
        Interaction interaction,
        Snowflake id,
        CancellationToken cancellationToken
    )
    {
        const string TooLarge = "The file is larger than 4 MiB. Cut the list in parts.";
        const string Unreadable = "Discord did not hand out the file. Attach it again.";
        var file = interaction.Data?.Resolved?.Attachments?.GetValueOrDefault(id.ToString());
        if (file?.Size > CommandRunner.MaxFileBytes)
        {
            return (null, TooLarge);
        }

        if (!Uri.TryCreate(file?.Url, UriKind.Absolute, out var url))
        {
            return (null, Unreadable);
        }

        try
        {
            return (await rest.DownloadAsync(url, CommandRunner.MaxFileBytes, cancellationToken), "");
        }
        catch (DiscordException)
        {
            return (null, Unreadable);
        }
    }
}
