using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What members do with what is kept about them: me ….</summary>
internal sealed class MeCommands(Database database, Changes changes, Erasures erasures)
{
    // A chat shows this much; the command line writes the whole file.
    private const int MostShown = 20_000;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["me"] = MemberOnly(ProfileAsync),
            ["me pseudonym"] = MemberOnly(PseudonymAsync),
            ["me opt-out"] = MemberOnly(OptOutAsync),
            ["me opt-in"] = MemberOnly(OptInAsync),
            ["me export"] = MemberOnly(ExportAsync),
            ["me erase"] = MemberOnly(EraseAsync),
        };

    /// <summary>The same for whoever is a member: the command line is none.</summary>
    public static CommandHandler MemberOnly(CommandHandler handler) =>
        (context, token) =>
            context.IsOperator
                ? Task.FromResult(
                    CommandReply.Refused(
                        "The command line is no member, so nothing is kept about it. Use `/news me` in the chat."
                    )
                )
                : handler(context, token);

    private Task<CommandReply> ProfileAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var member = await MemberAsync(connection, context);
                var facts = await AdminStore.MemberFactsAsync(connection, member.Id);
                var lines = new List<string>
                {
                    $"**{MarkdownEscape.Line(member.Shown)}**, {member.Role}",
                    member.Pseudonym is null
                        ? "Shown by your own name; `/news me pseudonym` shows another."
                        : $"A pseudonym; your own name is {MarkdownEscape.Line(member.Name)}.",
                    $"{LengthOfTime.Count(facts.Comments, "comment")}, {LengthOfTime.Count(facts.Follows, "followed story", "followed stories")}",
                    member.JoinedAt is { } joined
                        ? $"Member since {Answers.Time(Instants.At(joined), TimeZoneInfo.Utc)}"
                        : $"First seen {Answers.Time(Instants.At(member.FirstSeenAt), TimeZoneInfo.Utc)}",
                };
                await AddNamesAsync(connection, member, lines);
                if (member.OptedOutAt is not null)
                {
                    lines.Add(
                        "Opted out: nothing you write is taken to the story pages. `/news me opt-in` changes that."
                    );
                }

                if (member.MutedUntil is { } until && until > context.Now.Ms())
                {
                    lines.Add($"Muted until {Answers.Time(Instants.At(until), TimeZoneInfo.Utc)}.");
                }

                await AddRemovalsAsync(connection, context, member, lines);
                return CommandReply.Done(string.Join('\n', lines.Select(line => "- " + line))) with
                {
                    Suggestions = ["me export", member.OptedOutAt is null ? "me opt-out" : "me opt-in"],
                };
            },
            cancellationToken
        );

    private static async Task AddNamesAsync(DbConnection connection, MemberRow member, List<string> lines)
    {
        var names = await MemberLinks.IdentitiesAsync(connection, member.Id);
        if (names.Count > 1)
        {
            lines.Add(
                $"Known as {AdminStore.Names(names.Select(LinkCommands.Shown))}; all of it counts together. `/news me unlink` parts them."
            );
        }
    }

    private static async Task AddRemovalsAsync(
        DbConnection connection,
        CommandContext context,
        MemberRow member,
        List<string> lines
    )
    {
        if ((await RemovedCopies.OfAsync(connection, context.Community, member.Id)).Words is { } words)
        {
            lines.Add(words);
        }

        foreach (var (at, progress) in await RemovedCopies.ErasedAsync(connection, context.Community, member.Id))
        {
            lines.Add(
                $"Of what you erased on {Answers.Time(at, TimeZoneInfo.Utc)}: {progress.Words ?? "there were no copies in other channels."}"
            );
        }
    }

    private Task<CommandReply> PseudonymAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var member = await MemberAsync(connection, context);
                if (context.Command.Find("name") is not { } text)
                {
                    return member.Pseudonym is null
                        ? new Plan.Refused("You have no pseudonym. `/news me pseudonym Nightowl` gives you one.")
                        : await PlanAsync(connection, member, null, context.Now);
                }

                if (!MemberName.TryParse(text, out var name, out var problem))
                {
                    return new Plan.Refused(MarkdownEscape.Line(problem!));
                }

                return await IsTakenAsync(connection, context, name!)
                    ? new Plan.Refused($"The name {MarkdownEscape.Line(name!.Value)} is taken. Pick another one.")
                    : await PlanAsync(connection, member, name!.Value, context.Now);
            },
            cancellationToken
        );

    private static async Task<Plan> PlanAsync(
        DbConnection connection,
        MemberRow member,
        string? pseudonym,
        DateTimeOffset now
    )
    {
        var row = await AdminStore.CompareAsync(connection, "member", member.Id, ("pseudonym", pseudonym));
        var shown = MarkdownEscape.Line(pseudonym ?? member.Name);
        return row is null
            ? new Plan.Refused($"You are shown as {shown} already.")
            : new Plan.Change(
                "",
                "",
                $"You are now shown as **{shown}**, also beside what you wrote before. Those who read along may remember your other name."
            )
            {
                Rows = [row],
                ApplyAsync = inside => AdminStore.RequoteAsync(inside, member.Id, CopyChange.Pseudonym, now),
            };
    }

    // Somebody else's name, in whatever case and width, stays theirs, and so does what looks like it.
    private static async Task<bool> IsTakenAsync(DbConnection connection, CommandContext context, MemberName name)
    {
        var others = await connection.QueryAsync<string>(
            """
            SELECT name FROM member
            WHERE community_id = @Community AND COALESCE(joined_into, id) <> @Id AND erased_at IS NULL
            UNION SELECT pseudonym FROM member
            WHERE community_id = @Community AND COALESCE(joined_into, id) <> @Id AND erased_at IS NULL AND pseudonym IS NOT NULL
            """,
            new { context.Community, Id = context.Asker.Id.Value }
        );
        var look = name.Look;
        return others.Any(other =>
            MemberName.TryParse(other, out var parsed, out _) && (parsed!.Key == name.Key || parsed.Look == look)
        );
    }

    private Task<CommandReply> OptOutAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var member = await MemberAsync(connection, context);
                var row = await AdminStore.CompareAsync(
                    connection,
                    "member",
                    member.Id,
                    ("opted_out_at", context.Now.Ms())
                );
                return member.OptedOutAt is not null || row is null
                    ? new Plan.Refused("You have opted out already.")
                    : new Plan.Change(
                        "",
                        "",
                        "You have opted out: what you wrote is off the story pages, the API, feeds and search, and nothing you write is taken there. In this chat it stays until you delete it."
                    )
                    {
                        Rows = [row],
                        ApplyAsync = inside => AdminStore.WithdrawAsync(inside, member.Id, context.Now),
                    };
            },
            cancellationToken
        );

    private Task<CommandReply> OptInAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var member = await MemberAsync(connection, context);
                var row = await AdminStore.CompareAsync(connection, "member", member.Id, ("opted_out_at", null));
                return row is null
                    ? new Plan.Refused("You have not opted out.")
                    : new Plan.Change(
                        "",
                        "",
                        "What you write from now on is taken to the story pages again. What you took off them stays off."
                    )
                    {
                        Rows = [row],
                    };
            },
            cancellationToken
        );

    private Task<CommandReply> ExportAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var data = await AdminStore.MemberDataAsync(connection, context.Asker.Id.Value);
                var json = JsonSerializer.Serialize(data, ExportFormat.Json);
                var shown =
                    json.Length <= MostShown
                        ? Answers.Block(json, "json")
                        : Answers.Block(json[..MostShown], "json")
                            + "\nIt is longer than a chat can show. Ask who runs this newsroom for the whole file.";
                return CommandReply.Done("All that is kept about you:\n" + shown) with
                {
                    File = new CommandFile("me.json", "application/json", System.Text.Encoding.UTF8.GetBytes(json)),
                };
            },
            cancellationToken
        );

    private async Task<CommandReply> EraseAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reply = await changes.RunAsync(
            context,
            async connection =>
            {
                var member = await MemberAsync(connection, context);
                var facts = await AdminStore.MemberFactsAsync(connection, member.Id);
                if (
                    member.Role == "admin"
                    && await AdminStore.IsLastAdminAsync(connection, context.Community, member.Id)
                )
                {
                    return new Plan.Refused("You are the last admin. Make somebody else admin first: `/news role`.");
                }

                return new Plan.Change(
                    "",
                    $"**All that is kept about {MarkdownEscape.Line(member.Shown)} will be erased, for good:** the name, {LengthOfTime.Count(facts.Comments, "comment")}, "
                        + "your messages in this chat, tokens and followed stories. The numbers of your comments stay, empty, so that what others answered keeps its place. This cannot be undone; `/news me export` keeps a copy first.",
                    "Erased. Copies in other channels are being deleted; `/news me` says how far. Take a new name if you want to write again."
                )
                {
                    ApplyAsync = async inside =>
                    {
                        // Written first: an erasure that is on record twice is harmless, one that a restore forgets is not.
                        foreach (var row in await AdminStore.RowsOfAsync(inside, member.Id))
                        {
                            await erasures.AppendAsync(row.Id, row.FirstSeenAt, cancellationToken);
                        }

                        await AdminStore.EraseAsync(inside, member.Id, context.Now);
                        return new Plan.Applied([]);
                    },
                };
            },
            cancellationToken
        );
        return reply;
    }

    private static async Task<MemberRow> MemberAsync(DbConnection connection, CommandContext context) =>
        (await AdminStore.MemberAsync(connection, context.Community, context.Asker.Id.ToString())).Value
        ?? throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"{context.Asker.Id} asks and is not there.")
        );
}
