using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Who did what, and taking it back: audit, undo.</summary>
internal sealed class AuditCommands(Database database, Changes changes)
{
    private const int UsualEntries = 15;
    private const int MostEntries = 100;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal) { ["audit"] = AuditAsync, ["undo"] = UndoAsync };

    private async Task<CommandReply> AuditAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var count = UsualEntries;
        if (context.Command.Find("count") is { } text && !int.TryParse(text, CultureInfo.InvariantCulture, out count))
        {
            return CommandReply.Wrong($"How many entries? A number from 1 to {MostEntries}.");
        }

        return await database.ReadAsync(
            async connection =>
            {
                var entries = await AdminStore.AuditsAsync(
                    connection,
                    context.Community,
                    Math.Clamp(count, 1, MostEntries)
                );
                var lines = new List<string>();
                foreach (var entry in entries)
                {
                    lines.Add(await LineAsync(connection, entry, context.Now));
                }

                return CommandReply.Done(
                    lines.Count == 0 ? "No admin or moderator has done anything yet." : string.Join('\n', lines)
                );
            },
            cancellationToken
        );
    }

    private static async Task<string> LineAsync(DbConnection connection, AuditRow entry, DateTimeOffset now)
    {
        var who = MarkdownEscape.Line(await AdminStore.ActorNameAsync(connection, entry.Actor), 60);
        var rows = RowChange.Read(entry.Before, entry.After);
        var what = rows is [{ Before: not null, After: not null } row]
            ? ": "
                + string.Join(
                    ", ",
                    row.After.Where(pair => !pair.Key.EndsWith("_by", StringComparison.Ordinal))
                        .Select(pair =>
                            $"{pair.Key.Replace('_', ' ')} {Shown(pair.Key, row.Before[pair.Key])} → {Shown(pair.Key, pair.Value)}"
                        )
                )
            : "";
        var why = entry.Reason is { } reason ? $" — “{MarkdownEscape.Line(reason, 200)}”" : "";
        var undone = entry.UndoneAt is null ? "" : " (undone)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"- **{entry.Id}** {Answers.Age(entry.At, now)}, {who}: `{entry.Action}` {MarkdownEscape.Line(Shown(entry.Target), 100)}{what}{why}{undone}"
        );
    }

    // "source-19 The Harbour" is kept for machines; people know it by its name.
    private static string Shown(string target) =>
        target.Split(' ', 2) is [var key, var name]
        && key.Split('-') is ["source" or "channel" or "story" or "member", var id]
            ? key.StartsWith("story", StringComparison.Ordinal)
                ? $"story {id} “{name}”"
                : name
            : target;

    private static string Shown(string column, object? value) =>
        value switch
        {
            null => "none",
            long at
                when column.EndsWith("_at", StringComparison.Ordinal)
                    || column.EndsWith("_until", StringComparison.Ordinal) => string.Create(
                CultureInfo.InvariantCulture,
                $"{Instants.At(at):yyyy-MM-dd HH:mm}"
            ),
            _ => MarkdownEscape.Line(Convert.ToString(value, CultureInfo.InvariantCulture)!, 80),
        };

    private async Task<CommandReply> UndoAsync(CommandContext context, CancellationToken cancellationToken)
    {
        long? asked = null;
        if (context.Command.Find("id") is { } text)
        {
            if (!long.TryParse(text.TrimStart('#'), CultureInfo.InvariantCulture, out var number))
            {
                return CommandReply.Wrong("`undo` takes the number that `/news audit` shows before an act.");
            }

            asked = number;
        }

        return await changes.RunAsync(context, connection => PlanAsync(connection, context, asked), cancellationToken);
    }

    private static async Task<Plan> PlanAsync(DbConnection connection, CommandContext context, long? asked)
    {
        var entry = asked is { } id
            ? await AdminStore.AuditAsync(connection, context.Community, id)
            : await AdminStore.LastActAsync(connection, context.Community, context.Actor);
        if (entry is null)
        {
            return new Plan.Refused(
                asked is null
                    ? "You have done nothing here that could be undone. `/news audit` shows what others did."
                    : "There is no act with this number. `/news audit` lists them."
            );
        }

        var what = $"`{entry.Action}` {MarkdownEscape.Line(Shown(entry.Target), 100)}";
        if (entry.UndoneAt is not null)
        {
            return new Plan.Refused($"{what} was undone already.");
        }

        var rows = RowChange.Read(entry.Before, entry.After);
        if (rows.Count == 0)
        {
            return new Plan.Refused(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} (number {entry.Id}) cannot be undone: {WhyNot(entry.Action)}"
                )
            );
        }

        foreach (var row in rows)
        {
            if (!await AdminStore.StillStandsAsync(connection, row))
            {
                return new Plan.Refused(
                    $"{what} cannot be undone: what it changed was changed again since. `/news audit` shows by whom."
                );
            }
        }

        return await ReversalAsync(connection, context, entry, rows);
    }

    private static async Task<Plan> ReversalAsync(
        DbConnection connection,
        CommandContext context,
        AuditRow entry,
        IReadOnlyList<RowChange> rows
    )
    {
        var what = $"`{entry.Action}` {MarkdownEscape.Line(Shown(entry.Target), 100)}";
        return new Plan.Change(
            string.Create(CultureInfo.InvariantCulture, $"{entry.Id} {entry.Action} {entry.Target}"),
            $"This takes back {await LineAsync(connection, entry, context.Now)}".Replace(
                "back - ",
                "back ",
                StringComparison.Ordinal
            ),
            $"Took back {what}."
        )
        {
            // A source comes before what refers to it, so going back goes backwards.
            Rows = [.. rows.Reverse().Select(row => row.Reversed)],
            // Which other stories' pages a merge touched is not kept; their next view is exact all the same.
            ApplyAsync = async inside =>
            {
                await inside.ExecuteAsync(
                    "UPDATE audit SET undone_at = @Now WHERE id = @Id",
                    new { Now = context.Now.Ms(), entry.Id }
                );
                return new Plan.Applied([]);
            },
        };
    }

    private static string WhyNot(string action) =>
        action switch
        {
            "digest now" => "what is posted is posted. `/news takedown` removes a story everywhere.",
            "split" => "the new story may have comments by now. `/news merge` joins the two again.",
            "channel publish" =>
                "who could read what is no setting to put back unseen. Set it again with `/news channel publish`.",
            "token create" => "a token that was shown is out. `/news token revoke` makes it useless.",
            "community link" => "`/news community unlink` parts the two again.",
            "community unlink" => "joining again takes a new code: `/news community link`.",
            "token revoke" => "a revoked token stays useless. `/news token create` makes another.",
            "import" or "bundle add" => "it was too large to keep for that. `/news remove` removes a source.",
            _ => "nothing was kept that could be put back.",
        };
}
