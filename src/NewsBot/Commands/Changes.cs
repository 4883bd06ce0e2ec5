using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Commands;

/// <summary>Runs changing commands: shows the difference first, then makes the change and its audit entry in one transaction.</summary>
internal sealed class Changes(Database database, LiveUpdates live)
{
    /// <summary>How long a shown difference waits to be confirmed.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromMinutes(10);

    // No letters that are mistaken for others; the code is bound to its asker, so six are plenty.
    private const string CodeLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    // A larger import would put megabytes into one audit entry.
    private const int MostRows = 1_000;

    private static readonly Dictionary<string, string> Opposites = new(StringComparer.Ordinal)
    {
        ["hide"] = "show",
        ["show"] = "hide",
        ["lock"] = "unlock",
        ["unlock"] = "lock",
        ["mute"] = "unmute",
        ["unmute"] = "mute",
        ["merge"] = "unmerge",
        ["unmerge"] = "merge",
        ["split"] = "merge",
        ["words add"] = "words remove",
        ["words remove"] = "words add",
    };

    /// <param name="context">The command.</param>
    /// <param name="plan">Says what will change; runs once to show it and again, in the transaction, to do it.</param>
    /// <param name="cancellationToken">Nothing is changed when cancelled.</param>
    public async Task<CommandReply> RunAsync(
        CommandContext context,
        Func<DbConnection, Task<Plan>> plan,
        CancellationToken cancellationToken
    )
    {
        if (context.Command.Spec.Asks && !context.Confirmed)
        {
            return await database.ReadAsync(plan, cancellationToken) switch
            {
                Plan.Change change => await AskAsync(context, change, cancellationToken),
                Plan.Refused refused => CommandReply.Refused(refused.Markdown),
                _ => throw new InvalidOperationException("A plan is a change or a refusal."),
            };
        }

        var reply = await database.WriteAsync(
            async connection =>
                await plan(connection) switch
                {
                    Plan.Change change => await MakeAsync(connection, context, change),
                    Plan.Refused refused => CommandReply.Refused(refused.Markdown),
                    _ => throw new InvalidOperationException("A plan is a change or a refusal."),
                },
            cancellationToken
        );
        if (reply.Ending == CommandEnding.Done)
        {
            // A source, a word or a name shows in more places than can be told from its row, and commands are few.
            live.Publish(LiveUpdate.Everything);
        }

        return reply;
    }

    /// <summary>Takes the line that waits under a code, once.</summary>
    /// <returns>Null where nothing waits under it for this asker.</returns>
    public Task<string?> TakeAsync(CommandContext context, string code, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                connection.QueryFirstOrDefaultAsync<string>(
                    """
                    DELETE FROM pending_command
                    WHERE code = @Code AND community_id = @Community AND asker = @Actor AND expires_at > @Now
                    RETURNING line
                    """,
                    new
                    {
                        Code = code.ToLowerInvariant(),
                        context.Community,
                        context.Actor,
                        Now = context.Now.Ms(),
                    }
                ),
            cancellationToken
        );

    /// <summary>Forgets what waits under a code.</summary>
    /// <param name="asker">Whose change it is; those of others stay.</param>
    /// <param name="code">As shown.</param>
    /// <param name="cancellationToken">Nothing is changed when cancelled.</param>
    /// <returns>False where nothing waits under it for this asker.</returns>
    public Task<bool> ForgetAsync(Member asker, string code, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
                await connection.ExecuteAsync(
                    "DELETE FROM pending_command WHERE code = @code AND community_id = @Community AND asker = @Actor",
                    new
                    {
                        code,
                        Community = asker.Community.Value,
                        Actor = asker.Id.ToString(),
                    }
                ) > 0,
            cancellationToken
        );

    private async Task<CommandReply> AskAsync(
        CommandContext context,
        Plan.Change change,
        CancellationToken cancellationToken
    )
    {
        var code = RandomNumberGenerator.GetString(CodeLetters, 6);
        var line = change.Line ?? context.Command.Line;
        if (context.Channel is { } channel && context.Command.Option("channel") is null)
        {
            line += $" --channel {channel}";
        }

        await database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    "DELETE FROM pending_command WHERE expires_at <= @Now",
                    new { Now = context.Now.Ms() }
                );
                await connection.ExecuteAsync(
                    """
                    INSERT INTO pending_command (code, community_id, asker, line, expires_at)
                    VALUES (@Code, @Community, @Actor, @Line, @ExpiresAt)
                    """,
                    new
                    {
                        Code = code,
                        context.Community,
                        context.Actor,
                        Line = line,
                        ExpiresAt = (context.Now + ConfirmWithin).Ms(),
                    }
                );
            },
            cancellationToken
        );
        return new CommandReply(
            $"{change.Difference}\n\nNothing is changed yet. `/news confirm {code}` does it (within ten minutes).",
            CommandEnding.Asked
        )
        {
            ConfirmCode = code,
            Suggestions = [$"confirm {code}"],
        };
    }

    private static async Task<CommandReply> MakeAsync(
        DbConnection connection,
        CommandContext context,
        Plan.Change change
    )
    {
        var rows = new List<RowChange>();
        foreach (var row in change.Rows)
        {
            rows.Add(await AdminStore.ApplyAsync(connection, row));
        }

        string? note = null;
        if (change.ApplyAsync is { } apply)
        {
            var applied = await apply(connection);
            rows.AddRange(applied.Rows);
            note = applied.Note;
        }

        var canUndo = change.CanUndo && rows.Count is > 0 and <= MostRows;
        await AdminStore.ShowChangeAsync(connection, rows, change.Stories, context.Now);
        var done = note is null ? change.Done : $"{change.Done}\n\n{note}";
        // What somebody changes about themselves is nobody else's business.
        if (context.Command.Spec.Role == Role.Member)
        {
            return CommandReply.Done(done);
        }

        var id = await AdminStore.AuditAsync(
            connection,
            context,
            change.Target,
            canUndo
                ? RowChange.Write(rows, row => row.Before)
                : JsonSerializer.Serialize(change.AuditBefore, JsonSerializerOptions.Web),
            canUndo
                ? RowChange.Write(rows, row => row.After)
                : JsonSerializer.Serialize(change.AuditAfter, JsonSerializerOptions.Web)
        );
        if (!canUndo)
        {
            return CommandReply.Done(done);
        }

        // "undo" is for admins; whoever may not use it is told what does the same for them.
        return context.Asker.Role >= Role.Admin
                ? CommandReply.Done($"{done} `/news undo {id}` takes it back.") with
                {
                    Suggestions = [$"undo {id}"],
                }
            : Opposites.TryGetValue(context.Command.Spec.Name, out var opposite)
                ? CommandReply.Done($"{done} `/news {opposite}` takes it back.")
            : CommandReply.Done(done);
    }
}
