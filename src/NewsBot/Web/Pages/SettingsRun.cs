using NewsBot.Chat;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Web.Pages;

/// <summary>Runs the commands that forms of the settings stand for, as the chats run them.</summary>
internal sealed class SettingsRun(CommandRunner runner, Database database)
{
    /// <summary>Runs what a form that was sent stands for.</summary>
    /// <param name="spec">The verb.</param>
    /// <param name="asker">Who sent it.</param>
    /// <param name="form">Its fields; a login among them goes beside the command, never into its line.</param>
    /// <param name="cancellationToken">Cancels what is not committed yet.</param>
    public async Task<CommandReply> RunAsync(
        CommandSpec spec,
        Member asker,
        IFormCollection form,
        CancellationToken cancellationToken
    )
    {
        var values = Values(spec, form);
        if (SourceForm.Of(spec) is { } sourceForm)
        {
            return await sourceForm.RunAsync(
                form[sourceForm.Field].ToString(),
                values.GetValueOrDefault("source", ""),
                values.GetValueOrDefault(SettingsFields.Channel, ""),
                (command, token) => runner.RunAsync(Request(asker, command), token),
                cancellationToken
            );
        }

        var request = Request(asker, new TypedCommand(spec, values)) with { Login = Login(form) };
        if (form.Files.GetFile(SettingsFields.File) is not { Length: > 0 } file)
        {
            return await runner.RunAsync(request, cancellationToken);
        }

        if (file.Length > CommandRunner.MaxFileBytes)
        {
            return CommandReply.Refused("The file is larger than 4 MB.");
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancellationToken);
        return await runner.RunAsync(request with { Attachment = bytes.ToArray() }, cancellationToken);
    }

    private static CommandRequest Request(Member asker, TypedCommand command) =>
        new(asker, null, "", Confirmed: false) { Typed = command };

    private static TypedLogin? Login(IFormCollection form) =>
        form[SettingsFields.Secret].ToString() is { Length: > 0 } secret
            ? new TypedLogin(form[SettingsFields.User].ToString(), secret)
            : null;

    // A field that was left empty was not filled in; browsers send it all the same.
    private static Dictionary<string, string> Values(CommandSpec spec, IFormCollection form)
    {
        var names = spec
            .Arguments.Select(argument => argument.Name)
            .Concat(spec.Options.Select(option => option.Name))
            .Concat(spec.TakesChannel ? [SettingsFields.Channel] : []);
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (form[name].ToString().ReplaceLineEndings("\n").Trim() is { Length: > 0 } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    /// <summary>Makes the change that waits under a code.</summary>
    public Task<CommandReply> ConfirmAsync(Member asker, string code, CancellationToken cancellationToken) =>
        runner.ConfirmAsync(asker, null, code, cancellationToken);

    /// <summary>Forgets the change that waits under a code.</summary>
    public Task<CommandReply> CancelAsync(Member asker, string code, CancellationToken cancellationToken) =>
        runner.CancelAsync(asker, code, cancellationToken);

    /// <summary>What stands in a form before anything is typed: a text that belongs to a source in a channel, as it is now.</summary>
    /// <param name="spec">The verb.</param>
    /// <param name="asker">Who opens the form.</param>
    /// <param name="value">What the form's address fills in.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<Func<string, string>> PresentAsync(
        CommandSpec spec,
        Member asker,
        Func<string, string> value,
        CancellationToken cancellationToken
    )
    {
        if (
            SourceForm.Of(spec) is not { } form
            || value("source").Length == 0
            || value(SettingsFields.Channel).Length == 0
        )
        {
            return static _ => "";
        }

        var text = await database.ReadAsync(
            async connection =>
            {
                var source = await AdminStore.SourceAsync(connection, asker.Community.Value, value("source"));
                var channels = await AdminStore.ChannelsAsync(connection, asker.Community.Value);
                var channel = channels.FirstOrDefault(one => $"channel-{one.Id}" == value(SettingsFields.Channel));
                return source.Value is { } found && channel is not null
                    ? await form.ReadAsync(connection, found.Id, new Core.Channels.ChannelId(channel.Id))
                    : null;
            },
            cancellationToken
        );
        return name => name == form.Field ? text ?? "" : "";
    }
}
