using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Chat;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web;
using NewsBot.Web.Views;

namespace NewsBot.Commands;

/// <summary>The house itself: status, role, token.</summary>
internal sealed class HouseCommands(Database database, Changes changes, ChatStatus chats, StorageHealth health)
{
    private const int MostTroubles = 10;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["status"] = StatusAsync,
            ["role"] = RoleAsync,
            ["token create"] = CreateTokenAsync,
            ["token list"] = TokensAsync,
            ["token revoke"] = RevokeTokenAsync,
        };

    private Task<CommandReply> StatusAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var sources = await AdminStore.SourcesAsync(connection, context.Community);
                var troubles = sources.Where(source => source.Failures > 0 || source.State == "retired").ToList();
                var counts = await AdminStore.CountsAsync(connection, context.Community, context.Now);
                var lines = new List<string>
                {
                    $"- {LengthOfTime.Count(sources.Count, "source")}: {sources.Count - troubles.Count} well, {troubles.Count} in trouble, {sources.Count(source => source.PausedAt is not null)} paused",
                    $"- {LengthOfTime.Count(counts.Entries, "entry", "entries")} in the last 24 hours, {LengthOfTime.Count(counts.Stories, "story", "stories")} in all, {LengthOfTime.Count(counts.Comments, "comment")}, {LengthOfTime.Count(counts.Members, "member")}",
                };
                foreach (var channel in await AdminStore.ChannelsAsync(connection, context.Community))
                {
                    lines.Add(await ChannelLineAsync(connection, channel, context.Now));
                }

                var (mends, unreachable) = await PageReader.TroublesAsync(
                    connection,
                    context.Community,
                    cancellationToken
                );
                lines.AddRange(Chats(unreachable, context.Community == PageReader.HomeCommunity));
                var size = await database.SizeAsync(cancellationToken) / 1_048_576.0;
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"- database {size:N1} MB"));
                // The command line has written nothing yet, and can only look.
                if ((health.Trouble?.Words ?? database.Look()) is { } words)
                {
                    lines.Insert(0, $"- ✖ **{words}**");
                }

                var trouble = troubles
                    .Select(source =>
                        $"- {MarkdownEscape.Line(source.Name, 80)}{SourceCommands.LoginMark(source)}: {SourceCommands.Health(source, context.Now)}"
                    )
                    .ToList();
                return CommandReply.Done(
                    string.Join('\n', lines)
                        + (trouble.Count == 0 ? "" : "\n\nIn trouble:\n" + Answers.Lines(trouble, MostTroubles))
                        + (
                            mends.Count == 0
                                ? ""
                                : "\n\nTo be mended:\n"
                                    + Answers.Lines(
                                        [
                                            .. mends.Select(mend =>
                                                $"- {mend.Words} ({Answers.Age(mend.Since.Ms(), context.Now)})"
                                            ),
                                        ],
                                        MostTroubles
                                    )
                        )
                        + "\n\nThe [status page](/status) shows more."
                );
            },
            cancellationToken
        );

    private IEnumerable<string> Chats(IReadOnlyList<string> unreachable, bool isHome)
    {
        var lines = StatusConnections
            .OfChats(chats.Read(), isHome)
            .Select(line =>
                $"- {line.Name}: {line.State.ToLowerInvariant()}{(line.Note.Length == 0 ? "" : ", ")}{MarkdownEscape.Line(line.Note, 200)}"
            );
        return unreachable.Count == 0
            ? lines
            : lines.Append(
                $"- not reached by direct message: {MarkdownEscape.Line(string.Join(", ", unreachable), 400)}"
            );
    }

    private static async Task<string> ChannelLineAsync(DbConnection connection, ChannelRow channel, DateTimeOffset now)
    {
        var queue = await AdminStore.QueueAsync(connection, channel.Id);
        var last = queue.LastSentAt is { } sent ? $"last post {Answers.Age(sent, now)}" : "nothing posted yet";
        var next = channel.NextDigestAt is { } due ? $", next digest {Answers.Age(due, now)}" : "";
        var parked = channel.ParkedReason is { } reason ? $"; ✖ {MarkdownEscape.Line(reason, 200)}" : "";
        return $"- #{MarkdownEscape.Line(channel.Name)}: {LengthOfTime.Count(queue.Waiting, "post")} waiting, {last}{next}{parked}";
    }

    private Task<CommandReply> RoleAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeMemberAsync(
            context,
            async (connection, member) =>
            {
                var role = context.Command["role"];
                var name = MarkdownEscape.Line(member.Shown, 60);
                if (
                    member.Role == "admin"
                    && role != "admin"
                    && await AdminStore.IsLastAdminAsync(connection, context.Community, member.Id)
                )
                {
                    return new Plan.Refused($"{name} is the last admin. Make somebody else admin first.");
                }

                var row = await AdminStore.CompareAsync(connection, "member", member.Id, ("role", role));
                return row is null
                    ? new Plan.Refused($"{name} is {role} already.")
                    : new Plan.Change(
                        Target(member),
                        Answers.Difference($"**{name}**", ("role", member.Role, role)),
                        $"{name} is {role} now."
                    )
                    {
                        Rows = [row],
                    };
            },
            cancellationToken
        );

    private Task<CommandReply> CreateTokenAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeMemberAsync(
            context,
            (_, member) =>
            {
                var name = MarkdownEscape.Line(member.Shown, 60);
                var rights =
                    Enum.Parse<Role>(member.Role, ignoreCase: true) == Role.Member
                        ? ""
                        : $", with the rights of a {member.Role}";
                return Task.FromResult<Plan>(
                    new Plan.Change(
                        Target(member),
                        $"A program with the new token will read and write as **{name}**{rights}. The token is shown once.",
                        $"A token for {name}."
                    )
                    {
                        ApplyAsync = async inside =>
                        {
                            var token = Secrets.New();
                            var id = await inside.ExecuteScalarAsync<long>(
                                "INSERT INTO api_token (member_id, hash, created_at) VALUES (@Id, @Hash, @Now) RETURNING id",
                                new
                                {
                                    member.Id,
                                    Hash = Secrets.Hash(token),
                                    Now = context.Now.Ms(),
                                }
                            );
                            return new Plan.Applied(
                                [],
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{Answers.Block(token)}\nKeep it now; it is not shown again. It goes into the header `Authorization: Bearer …`. `/news token revoke {id}` makes it useless."
                                )
                            );
                        },
                        CanUndo = false,
                    }
                );
            },
            cancellationToken
        );

    private Task<CommandReply> TokensAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var tokens = (await AdminStore.TokensAsync(connection, context.Community)).ToList();
                var lines = tokens.Select(token =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"- **{token.Id}** {MarkdownEscape.Line(token.Name, 60)}, made {Answers.Age(token.CreatedAt, context.Now)}{(token.RevokedAt is { } at ? ", revoked " + Answers.Age(at, context.Now) : "")}"
                    )
                );
                return CommandReply.Done(
                    tokens.Count == 0
                        ? "There are no tokens of this kind. `/news token create` and a member's name makes one; those in the settings (`Chat:Web:ApiTokens`) are not listed here."
                        : string.Join('\n', lines)
                );
            },
            cancellationToken
        );

    private Task<CommandReply> RevokeTokenAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var tokens = await AdminStore.TokensAsync(connection, context.Community);
                var token = tokens.FirstOrDefault(one =>
                    one.Id.ToString(CultureInfo.InvariantCulture) == context.Command["id"].TrimStart('#')
                );
                if (token is null)
                {
                    return new Plan.Refused("There is no token with this number. `/news token list` lists them.");
                }

                var name = MarkdownEscape.Line(token.Name, 60);
                return token.RevokedAt is not null
                    ? new Plan.Refused("This token was revoked already.")
                    : new Plan.Change(
                        string.Create(CultureInfo.InvariantCulture, $"token-{token.Id} {token.Name}"),
                        $"Programs with token {token.Id} of **{name}** will be refused. This cannot be undone.",
                        $"Revoked token {token.Id}."
                    )
                    {
                        Rows =
                        [
                            (
                                await AdminStore.CompareAsync(
                                    connection,
                                    "api_token",
                                    token.Id,
                                    ("revoked_at", context.Now.Ms())
                                )
                            )!,
                        ],
                        CanUndo = false,
                        AuditAfter = new { revoked = token.Id },
                    };
            },
            cancellationToken
        );

    private Task<CommandReply> ChangeMemberAsync(
        CommandContext context,
        Func<DbConnection, MemberRow, Task<Plan>> plan,
        CancellationToken cancellationToken
    ) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var found = await AdminStore.MemberAsync(connection, context.Community, context.Command["name"]);
                return found.Value is { } member ? await plan(connection, member) : new Plan.Refused(found.Problem);
            },
            cancellationToken
        );

    private static string Target(MemberRow member) =>
        string.Create(CultureInfo.InvariantCulture, $"member-{member.Id} {member.Shown}");
}
