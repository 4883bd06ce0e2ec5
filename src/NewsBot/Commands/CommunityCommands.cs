using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Joining communities and parting them: community link, community unlink.</summary>
internal sealed class CommunityCommands(Database database, Changes changes, RecentReports reports)
{
    private const string LinksOf = $"{CommunityLink.Columns} AND (l.host_id = @Community OR l.guest_id = @Community)";

    private const string GuestOf = """
        SELECT COALESCE(w.own_community, w.community_id) FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE c.id = @Channel
        """;

    private const string SidesOf = """
        SELECT DISTINCT COALESCE(w.own_community, w.community_id) FROM identity i JOIN workspace w ON w.id = i.workspace_id
        WHERE i.member_id = @Member
        """;

    private const string ParkedCopies = """
        SELECT COUNT(*) FROM post p JOIN channel ch ON ch.id = p.channel_id JOIN workspace w ON w.id = ch.workspace_id
        JOIN comment c ON c.id = CASE WHEN p.subject LIKE 'comment:%' THEN CAST(SUBSTR(p.subject, 9) AS BIGINT) END JOIN channel o ON o.id = c.channel_id
        JOIN workspace ow ON ow.id = o.workspace_id
        WHERE p.subject >= 'comment:' AND p.subject < 'comment;' AND p.operation = 'create' AND p.state = 'sent'
          AND NOT EXISTS (
            SELECT 1 FROM post d
            WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.part = p.part AND d.operation = 'delete')
          AND ch.community_id = @Host AND o.community_id = @Host
          AND (COALESCE(w.own_community, 0) = @Guest) <> (COALESCE(ow.own_community, 0) = @Guest)
        """;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["community link"] = LinkAsync,
            ["community unlink"] = UnlinkAsync,
        };

    private async Task<CommandReply> LinkAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Command.Find("code") is not { } code)
        {
            return await ShowCodeAsync(context, cancellationToken);
        }

        var (mustWait, other) = await database.ReadAsync(
            async connection =>
                (
                    await CommunityCodes.MustWaitAsync(connection, context.Community, context.Now),
                    await CommunityCodes.FindAsync(connection, code, context.Now)
                ),
            cancellationToken
        );
        if (mustWait || other is null)
        {
            return await RefuseCodeAsync(context, mustWait, cancellationToken);
        }

        return await changes.RunAsync(
            context,
            connection => PlanLinkAsync(connection, context, code),
            cancellationToken
        );
    }

    private async Task<CommandReply> ShowCodeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var code = await database.WriteAsync(
            connection => CommunityCodes.MakeAsync(connection, context.Community, context.Actor, context.Now),
            cancellationToken
        );
        return CommandReply.Done(
            $"""
            The code is `{code}`. It works once, for {CommunityCodes.Lifetime.TotalMinutes:0} minutes.

            Give it to an admin of the other server or workspace; there they use `community link {code}` (below `/news-admin` in Discord, below `/news` elsewhere), see what will happen, and confirm. Whoever types it is shown this community's name and those of its channels and sources.

            Nothing is changed until then. To join by somebody else's code instead, type `/news community link` and the code here.
            """
        );
    }

    private async Task<CommandReply> RefuseCodeAsync(
        CommandContext context,
        bool mustWait,
        CancellationToken cancellationToken
    )
    {
        if (mustWait)
        {
            return CommandReply.Refused("Too many wrong codes were typed here. Try again in an hour, with a new code.");
        }

        await database.WriteAsync(
            connection => CommunityCodes.NoteTryAsync(connection, context.Community, context.Now),
            cancellationToken
        );
        return CommandReply.Refused(
            "This code is not known, was used, or its time is over. On the other side, `/news community link` shows a new one."
        );
    }

    private async Task<Plan> PlanLinkAsync(DbConnection connection, CommandContext context, string code)
    {
        if (await CommunityCodes.FindAsync(connection, code, context.Now) is not { } other)
        {
            return new Plan.Refused(
                "The time of this code is over. On the other side, `/news community link` shows a new one."
            );
        }

        if (other == context.Community)
        {
            return new Plan.Refused("This code is of this community itself: it has to be typed on the other side.");
        }

        var ours = await CommunityFacts.ReadAsync(connection, context.Community);
        var theirs = await CommunityFacts.ReadAsync(connection, other);
        var shared = await CommunityFacts.SharedAsync(connection, context.Community, other);
        return new Plan.Change(
            string.Create(CultureInfo.InvariantCulture, $"community-{other} {theirs.Name}"),
            CommunityWords.Joining(ours, theirs, shared),
            $"{CommunityWords.Both(ours, theirs)} are one community now. `/news community unlink` parts them again."
        )
        {
            ApplyAsync = async inside =>
            {
                var pair = await CommunityJoin.OrderAsync(inside, context.Community, other);
                var merged = await CommunityJoin.RunAsync(inside, reports, pair, "code", context.Now);
                await TellAsync(
                    inside,
                    pair.Host,
                    $"joined:{pair.Guest}:{context.Now.Ms()}",
                    $"{CommunityWords.Both(ours, theirs)} are one community now. `/news community unlink` parts them again.",
                    context.Now
                );
                return new Plan.Applied(
                    [],
                    merged == 0 ? null : $"{LengthOfTime.Count(merged, "story", "stories")} of both became one."
                );
            },
            CanUndo = false,
            AuditAfter = new { joined = other },
        };
    }

    private Task<CommandReply> UnlinkAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(context, connection => PlanUnlinkAsync(connection, context), cancellationToken);

    private async Task<Plan> PlanUnlinkAsync(DbConnection connection, CommandContext context)
    {
        var links = (await connection.QueryAsync<CommunityLink>(LinksOf, new { context.Community })).AsList();
        if (links.Count == 0)
        {
            return new Plan.Refused("This community is not joined with another one.");
        }

        var link = context.Command.Find("name") is { } name
            ? links.Find(one => one.GuestName.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            : await OwnAsync(connection, context, links) ?? (links.Count == 1 ? links[0] : null);
        if (link is null)
        {
            return new Plan.Refused(
                "Which one is to part? `/news community unlink` and one of these names: "
                    + string.Join(", ", links.Select(one => MarkdownEscape.Code(one.GuestName)))
            );
        }

        if (link.MadeBy == "settings")
        {
            return new Plan.Refused(
                $"The settings of this server say that {Line(link.GuestName)} belongs here (`Communities`). Who runs the server can change that."
            );
        }

        var copies = await connection.ExecuteScalarAsync<long>(ParkedCopies, new { link.Host, link.Guest });
        return new Plan.Change(
            string.Create(CultureInfo.InvariantCulture, $"community-{link.Guest} {link.GuestName}"),
            CommunityWords.Parting(link, copies),
            $"{Line(link.GuestName)} and {Line(link.HostName)} have parted."
        )
        {
            ApplyAsync = async inside =>
            {
                var twins = await CommunityPart.RunAsync(inside, reports, link, context.Now);
                foreach (var side in new[] { link.Host, link.Guest })
                {
                    await TellAsync(
                        inside,
                        side,
                        $"parted:{link.Guest}:{context.Now.Ms()}",
                        $"{Line(link.GuestName)} and {Line(link.HostName)} have parted. Each has its own again.",
                        context.Now
                    );
                }

                return new Plan.Applied(
                    [],
                    twins == 0
                        ? null
                        : $"{LengthOfTime.Count(twins, "story", "stories")} go on on both sides, each with the comments of its own people."
                );
            },
            CanUndo = false,
            AuditAfter = new { parted = link.Guest },
        };
    }

    // Whoever asks from the side that joined means that side.
    private static async Task<CommunityLink?> OwnAsync(
        DbConnection connection,
        CommandContext context,
        List<CommunityLink> links
    )
    {
        var sides = context.Channel is { } channel
            ? (await connection.QueryAsync<long>(GuestOf, new { Channel = channel.Value })).AsList()
            : (await connection.QueryAsync<long>(SidesOf, new { Member = context.Asker.Id.Value })).AsList();
        return sides is [var side] ? links.Find(link => link.Guest == side) : null;
    }

    private static Task<int> TellAsync(
        DbConnection connection,
        long community,
        string cause,
        string words,
        DateTimeOffset now
    ) => PrivateMessages.TellAdminsAsync(connection, community, cause, words, now);

    private static string Line(string name) => MarkdownEscape.Line(name, 80);
}
