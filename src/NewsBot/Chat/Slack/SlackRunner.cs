using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>Runs commands for people of Slack, with what they may do there now.</summary>
internal sealed class SlackRunner(
    CommandRunner commands,
    SlackChannelChoice choice,
    SlackAccounts accounts,
    SlackRooms rooms,
    Database database,
    TimeProvider time
)
{
    /// <summary>The answer in a workspace we do not know.</summary>
    public const string Elsewhere =
        "The newsroom is not installed in your workspace (any more). In a shared channel its commands and buttons are for the workspace that has it.";

    /// <summary>The answer to somebody of another workspace.</summary>
    public const string Outside =
        "This newsroom belongs to the other workspace of this shared channel. You can read its stories and write in their threads; its commands and buttons are for that workspace.";

    // Nobody names more people or channels in one line, and each is a question to Slack.
    private const int MostNamed = 5;

    /// <summary>Runs the text behind a slash command.</summary>
    public async Task<CommandReply> RunTextAsync(SlackAsk ask, string text, CancellationToken cancellationToken)
    {
        var found = await KeepAskerAsync(ask, cancellationToken);
        if (found.Value is not { } asker)
        {
            return CommandReply.Refused(found.Problem);
        }

        var channels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in asker.Member.Role < Role.Admin ? [] : SlackLine.Channels(text).Take(MostNamed))
        {
            var kept = await choice.KeepAsync(asker, id, cancellationToken);
            if (kept.Value is not { } one)
            {
                return CommandReply.Refused(kept.Problem);
            }

            channels[id] = one.Id.ToString();
        }

        var line = SlackLine.Read(text, await PeopleAsync(asker, text, cancellationToken), channels);
        return await RunAsync(asker, ask, line, cancellationToken);
    }

    /// <summary>Runs a line of our own, from a button.</summary>
    public async Task<CommandReply> RunAsync(SlackAsk ask, string line, CancellationToken cancellationToken)
    {
        var found = await KeepAskerAsync(ask, cancellationToken);
        return found.Value is { } asker
            ? await RunAsync(asker, ask, line, cancellationToken)
            : CommandReply.Refused(found.Problem);
    }

    /// <summary>Runs a verb with values that are known already.</summary>
    public async Task<CommandReply> RunAsync(SlackAsk ask, TypedCommand command, CancellationToken cancellationToken)
    {
        var found = await KeepAskerAsync(ask, cancellationToken);
        return found.Value is { } asker
            ? await commands.RunAsync(Typed(asker, command), cancellationToken)
            : CommandReply.Refused(found.Problem);
    }

    /// <summary>Runs a verb with what was typed or pasted into a form beside its values.</summary>
    /// <param name="ask">What is answered.</param>
    /// <param name="command">The verb and its values.</param>
    /// <param name="login">A login; sending the form confirms it. Null for none.</param>
    /// <param name="file">A list or configuration; null for none.</param>
    /// <param name="cancellationToken">Cancels what is not committed yet.</param>
    public async Task<CommandReply> RunAsync(
        SlackAsk ask,
        TypedCommand command,
        TypedLogin? login,
        ReadOnlyMemory<byte>? file,
        CancellationToken cancellationToken
    )
    {
        var found = await KeepAskerAsync(ask, cancellationToken);
        return found.Value is { } asker
            ? await commands.RunAsync(
                Typed(asker, command) with
                {
                    Confirmed = login is not null,
                    Login = login,
                    Attachment = file,
                },
                cancellationToken
            )
            : CommandReply.Refused(found.Problem);
    }

    /// <summary>Makes the change that waits under a code.</summary>
    public async Task<CommandReply> ConfirmAsync(SlackAsk ask, string code, CancellationToken cancellationToken)
    {
        var found = await KeepAskerAsync(ask, cancellationToken);
        return found.Value is { } asker
            ? await commands.ConfirmAsync(asker.Member, asker.Channel, code, cancellationToken)
            : CommandReply.Refused(found.Problem);
    }

    /// <summary>Forgets the change that waits under a code.</summary>
    public async Task<CommandReply> CancelAsync(SlackAsk ask, string code, CancellationToken cancellationToken)
    {
        var found = await KeepAskerAsync(ask, cancellationToken);
        return found.Value is { } asker
            ? await commands.CancelAsync(asker.Member, code, cancellationToken)
            : CommandReply.Refused(found.Problem);
    }

    /// <summary>Who asks, asked of Slack now, and kept as a member.</summary>
    public async Task<Found<SlackAsker>> KeepAskerAsync(SlackAsk ask, CancellationToken cancellationToken)
    {
        var (room, person, problem) = await LookAsync(ask, TimeSpan.Zero, cancellationToken);
        return room is null
            ? new Found<SlackAsker>(null, problem)
            : new Found<SlackAsker>(
                await database.WriteAsync(
                    connection => SlackAsker.KeepAsync(connection, room, ask, person, time.GetUtcNow()),
                    cancellationToken
                ),
                ""
            );
    }

    /// <summary>Who asks, for looking only: keeps nobody, and what they may do may be half a minute old.</summary>
    public async Task<Found<SlackAsker>> FindAskerAsync(SlackAsk ask, CancellationToken cancellationToken)
    {
        var (room, person, problem) = await LookAsync(ask, SlackAccounts.ForLooking, cancellationToken);
        return room is null
            ? new Found<SlackAsker>(null, problem)
            : new Found<SlackAsker>(
                await database.ReadAsync(
                    connection => SlackAsker.FindAsync(connection, room, ask, person),
                    cancellationToken
                ),
                ""
            );
    }

    private async Task<(SlackRoom? Room, SlackAccount? Person, string Problem)> LookAsync(
        SlackAsk ask,
        TimeSpan maxAge,
        CancellationToken cancellationToken
    )
    {
        if (await rooms.FindAsync(ask.Team, cancellationToken) is not { } room)
        {
            return (null, null, Elsewhere);
        }

        var person = await accounts.FindAsync(room, ask.User, maxAge, cancellationToken);
        var isOutside = person?.IsOutside == true || (ask.UserTeam is { Length: > 0 } own && own != room.Team);
        return isOutside ? (null, null, Outside) : (room, person, "");
    }

    private async Task<CommandReply> RunAsync(
        SlackAsker asker,
        SlackAsk ask,
        string line,
        CancellationToken cancellationToken
    )
    {
        var channel = asker.Channel;
        if (
            CommandLine.Parse(line) is CommandLineOutcome.Found { Command: { Spec.TakesChannel: true } command }
            && command.Option("channel") is null
            && command.Spec.Role <= asker.Member.Role
        )
        {
            var found = await choice.KeepAsync(asker, ask.Channel, cancellationToken);
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

    private static CommandRequest Typed(SlackAsker asker, TypedCommand command) =>
        new(asker.Member, asker.Channel, "", Confirmed: false) { Typed = command };

    /// <summary>Our names of the people a line names; who may act on people gets to know those who were never here.</summary>
    private async Task<Dictionary<string, string>> PeopleAsync(
        SlackAsker asker,
        string text,
        CancellationToken cancellationToken
    )
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in asker.Member.Role < Role.Moderator ? [] : SlackLine.People(text).Take(MostNamed))
        {
            if (await accounts.FindAsync(asker.Room, id, SlackAccounts.ForLooking, cancellationToken) is { } person)
            {
                var member = await database.WriteAsync(
                    connection =>
                        ChatMembers.KeepAsync(
                            connection,
                            asker.Room.Workspace,
                            id,
                            new ChatProfile(ChatMembers.Name(person.Name), IsTold: person.Name is not null),
                            time.GetUtcNow()
                        ),
                    cancellationToken
                );
                names[id] = member.Id.ToString();
            }
        }

        return names;
    }
}
