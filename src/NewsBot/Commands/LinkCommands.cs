using System.Data.Common;
using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Commands;

/// <summary>How members join their names on several platforms, and part them again: me link, me unlink.</summary>
internal sealed class LinkCommands(Database database, LiveUpdates live)
{
    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["me link"] = MeCommands.MemberOnly(LinkAsync),
            ["me unlink"] = MeCommands.MemberOnly(UnlinkAsync),
        };

    private async Task<CommandReply> LinkAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var member = context.Asker.Id.Value;
        if (context.Command.Find("code") is not { } typed)
        {
            var code = await database.WriteAsync(
                connection => LinkCodes.ShowAsync(connection, member, context.Now),
                cancellationToken
            );
            return CommandReply.Done(
                $"Your code is **{code}**. Where your other name is, say `/news me link {code}` within ten minutes; it works once.\n\n"
                    + "From then on both are one member: comments, count and followed stories together. If one of them is muted, has opted out or has a pseudonym, that counts for both, also after they part. "
                    + "**Give the code to nobody:** whoever enters it becomes you here."
            );
        }

        var outcome = await database.WriteAsync(
            async connection =>
            {
                var outcome = await LinkCodes.EnterAsync(connection, context.Community, member, typed, context.Now);
                if (outcome is LinkOutcome.Joined joined)
                {
                    await TellAsync(connection, context, joined);
                }

                return outcome;
            },
            cancellationToken
        );
        return outcome switch
        {
            LinkOutcome.Joined => Done(
                "Your names are one member now. `/news me` shows them; `/news me unlink` parts them again."
            ),
            LinkOutcome.Refused refused => CommandReply.Refused(refused.Markdown),
            _ => throw new InvalidOperationException("Names are joined, or they are not."),
        };
    }

    private async Task<CommandReply> UnlinkAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reply = await database.WriteAsync(
            async connection =>
            {
                var member = context.Asker.Id.Value;
                var all = await MemberLinks.IdentitiesAsync(connection, member);
                if (all.Count < 2)
                {
                    return CommandReply.Refused(
                        "You have one name here, so there is nothing to part. `/news me link` joins another one."
                    );
                }

                // With two it does not matter which of them goes.
                var asked = context.Command.Find("name");
                List<IdentityRow> meant = asked is null ? [.. all] : [.. all.Where(one => IsMeant(one, asked))];
                if (meant is not [var only] && (asked is not null || all.Count > 2))
                {
                    return CommandReply.Refused(
                        $"Say which one is to go, by its platform or workspace: {AdminStore.Names(all.Select(Shown))}."
                    );
                }

                await MemberLinks.PartAsync(connection, context.Community, member, meant[^1].Id, context.Now);
                return CommandReply.Done(
                    "They are two again, each with what was written under it. A mute, an opt-out or a pseudonym stays with both."
                );
            },
            cancellationToken
        );
        if (reply.Ending == CommandEnding.Done)
        {
            live.Publish(LiveUpdate.Everything);
        }

        return reply;
    }

    /// <summary>How an account is called in a list.</summary>
    public static string Shown(IdentityRow account) =>
        account.Platform == "web"
            ? $"{account.Name} in the built-in chat"
            : $"{account.Name} in {account.WorkspaceName} ({Web.Views.Wording.Platform(account.Platform)})";

    // A role that reaches another platform in this way is an admin's business as well.
    private static async Task TellAsync(DbConnection connection, CommandContext context, LinkOutcome.Joined joined)
    {
        var names = AdminStore.Names(
            (await MemberLinks.IdentitiesAsync(connection, joined.Member.Value)).Select(Shown)
        );
        await PrivateMessages.TellAsync(
            connection,
            joined.Member.Value,
            string.Create(CultureInfo.InvariantCulture, $"joined:{joined.Emptied}:{context.Now.Ms()}"),
            $"These names are one member from now on: {names}. If one of them is not yours, say `/news me unlink` at once.",
            context.Now
        );
        if (joined.First.Role != joined.Second.Role)
        {
            await AdminStore.AuditAsync(
                connection,
                context with
                {
                    Asker = context.Asker with { Id = joined.Member },
                },
                $"{joined.Member} {MarkdownEscape.Line(names)}",
                $"\"{joined.First.Role} and {joined.Second.Role}\"",
                $"\"{joined.Both.Role}\""
            );
        }
    }

    private static bool IsMeant(IdentityRow account, string asked) =>
        account.Platform.Equals(asked, StringComparison.OrdinalIgnoreCase)
        || account.WorkspaceName.Equals(asked, StringComparison.OrdinalIgnoreCase)
        || (account.Platform == "web" && asked.Equals("chat", StringComparison.OrdinalIgnoreCase));

    private CommandReply Done(string words)
    {
        live.Publish(LiveUpdate.Everything);
        return CommandReply.Done(words) with { Suggestions = ["me"] };
    }
}
