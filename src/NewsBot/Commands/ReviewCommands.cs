using System.Data.Common;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What waits for moderators, and how they are asked and watched: review, moderation channel, moderation log, words links.</summary>
internal sealed class ReviewCommands(Database database, Changes changes)
{
    // Whoever has more to decide decides these first.
    private const int MostWaiting = 10;

    // Long enough to cool down; another mute, or none, is a command away.
    private static readonly TimeSpan MuteFor = TimeSpan.FromDays(7);

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["review"] = ReviewAsync,
            ["moderation channel"] = ChannelAsync,
            ["moderation log"] = LogAsync,
            ["words links"] = LinksAsync,
        };

    private Task<CommandReply> ReviewAsync(CommandContext context, CancellationToken cancellationToken) =>
        context.Command.Find("comment") is null
            ? database.ReadAsync(connection => ListAsync(connection, context), cancellationToken)
            : changes.RunAsync(context, connection => DecideAsync(connection, context), cancellationToken);

    private static async Task<CommandReply> ListAsync(DbConnection connection, CommandContext context)
    {
        var waiting = await HeldReplies.WaitingAsync(connection, context.Community, MostWaiting);
        return waiting.Count == 0
            ? CommandReply.Done("No reply waits for a moderator.")
            : CommandReply.Done(
                string.Join("\n\n", waiting.Select(held => held.Question().Markdown))
                    + $"\n\n`/news review {waiting[0].Name} show`, `keep` or `mute` decides."
            ) with
            {
                Suggestions = [.. waiting[0].Question().Buttons.Select(button => button.Line)],
            };
    }

    private static async Task<Plan> DecideAsync(DbConnection connection, CommandContext context)
    {
        var found = await AdminStore.CommentAsync(connection, context.Community, context.Command["comment"]);
        if (found.Value is not { } comment)
        {
            return new Plan.Refused(found.Problem);
        }

        if (await HeldReplies.FindAsync(connection, comment.Id) is not { } held)
        {
            return new Plan.Refused(
                "This comment was not held back. `/news hide` and `/news show` are for all others."
            );
        }

        if (held.Decision is not null)
        {
            var who = MarkdownEscape.Line(await AdminStore.ActorNameAsync(connection, held.DecidedBy ?? ""), 60);
            return new Plan.Refused(held.Decided(held.Decision, who).Markdown);
        }

        if (comment.State == "deleted")
        {
            return new Plan.Refused("It was deleted by its writer; there is nothing to decide.");
        }

        return context.Command.Find("decision") switch
        {
            "show" => await ShowAsync(connection, context, comment),
            "mute" => await MuteAsync(connection, context, comment, held),
            "keep" => Kept(context, comment, [], "kept", $"Comment {held.Name} stays hidden."),
            _ => new Plan.Refused($"Say what is to happen: `/news review {held.Name} show`, `keep` or `mute`."),
        };
    }

    private static async Task<Plan> ShowAsync(DbConnection connection, CommandContext context, CommentRow comment)
    {
        var row = await AdminStore.CompareAsync(connection, "comment", comment.Id, ("state", "visible"));
        return new Plan.Change(
            $"comment {comment.StoryId}#{comment.Number}",
            "",
            $"Comment {comment.StoryId}#{comment.Number} is shown now."
        )
        {
            Rows = row is null ? [] : [row],
            ApplyAsync = async inside =>
            {
                await ModerationCommands.RememberAsync(inside, comment, "show", context.Now);
                await HeldReplies.DecideAsync(inside, comment.Id, "shown", context.Actor, context.Now);
                return new Plan.Applied([]);
            },
        };
    }

    private static async Task<Plan> MuteAsync(
        DbConnection connection,
        CommandContext context,
        CommentRow comment,
        HeldReply held
    )
    {
        if (held.Role == "admin")
        {
            return new Plan.Refused(
                $"{MarkdownEscape.Line(held.Author, 60)} is an admin and cannot be muted. `/news review {held.Name} keep` keeps the comment hidden."
            );
        }

        var row = await AdminStore.CompareAsync(
            connection,
            "member",
            held.Member,
            ("muted_until", (context.Now + MuteFor).Ms())
        );
        return Kept(
            context,
            comment,
            row is null ? [] : [row],
            "muted",
            $"Comment {held.Name} stays hidden, and {MarkdownEscape.Line(held.Author, 60)} can write no comments for a week."
        );
    }

    private static Plan.Change Kept(
        CommandContext context,
        CommentRow comment,
        IReadOnlyList<RowChange> rows,
        string decision,
        string done
    ) =>
        new($"comment {comment.StoryId}#{comment.Number}", "", done)
        {
            Rows = rows,
            ApplyAsync = async inside =>
            {
                await HeldReplies.DecideAsync(inside, comment.Id, decision, context.Actor, context.Now);
                return new Plan.Applied([]);
            },
            CanUndo = rows.Count > 0,
            AuditAfter = new { decision },
        };

    private Task<CommandReply> ChannelAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                if (context.Command.Find("place") is "off")
                {
                    return await SetAsync(
                        connection,
                        context,
                        "channel_id",
                        null,
                        "Moderators will be asked by private message."
                    );
                }

                var found = await AdminStore.ChannelAsync(connection, context);
                if (context.Command.Find("place") is { } place)
                {
                    var name = place.TrimStart('#');
                    var all = await AdminStore.ChannelsAsync(connection, context.Community);
                    var one = all.FirstOrDefault(channel =>
                        channel.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                        || channel.ExternalId == name
                        || name == $"channel-{channel.Id}"
                    );
                    found = new Found<ChannelRow>(
                        one,
                        $"There is no channel {MarkdownEscape.Code(place)} here. `/news channel list` shows all of them."
                    );
                }

                if (found.Value is not { } chosen)
                {
                    return new Plan.Refused(found.Problem);
                }

                return chosen.Publication != "off"
                    ? new Plan.Refused(
                        $"What is written in #{MarkdownEscape.Line(chosen.Name, 60)} is published, so what was held back would be in the open. Choose a channel of the moderators' own."
                    )
                    : await SetAsync(
                        connection,
                        context,
                        "channel_id",
                        chosen.Id,
                        $"Replies that are held back, and stories that may be one, will be posted to #{MarkdownEscape.Line(chosen.Name, 60)} with buttons. Whoever can read that channel reads them; only moderators can decide."
                    );
            },
            cancellationToken
        );

    private Task<CommandReply> LogAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            connection =>
                SetAsync(
                    connection,
                    context,
                    "log",
                    context.Command["log"],
                    context.Command["log"] switch
                    {
                        "public" =>
                            "The page [/moderation](/moderation) will show what moderators did, to whom may see what it is about, with the reasons given and without what was hidden.",
                        "private" =>
                            "Only admins will see what moderators did and why, with `/news audit`. The page /moderation will not exist.",
                        _ => "The page /moderation will not exist, and no reasons will be kept.",
                    }
                ),
            cancellationToken
        );

    private Task<CommandReply> LinksAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            connection =>
                SetAsync(
                    connection,
                    context,
                    "links",
                    context.Command["links"],
                    context.Command["links"] switch
                    {
                        "hold-all" => "Every reply with a link will wait for a moderator.",
                        "hold-new-members" =>
                            "A reply with a link will wait for a moderator where its writer was first seen within the last week, or has fewer than three comments.",
                        _ =>
                            "Links as such will hold nothing back. `/news words add link:example.org` still holds back links to one site.",
                    }
                ),
            cancellationToken
        );

    private static async Task<Plan> SetAsync(
        DbConnection connection,
        CommandContext context,
        string column,
        object? value,
        string words
    )
    {
        var before = await ModerationRow.FindAsync(connection, context.Community);
        object? now = column switch
        {
            "channel_id" => before.ChannelId,
            "log" => before.Log,
            _ => before.Links,
        };
        return Equals(now, value)
            ? new Plan.Refused("It is so already.")
            : new Plan.Change(
                $"moderation {column.Replace("_id", "", StringComparison.Ordinal)}",
                words,
                "Done. " + words
            )
            {
                ApplyAsync = async inside =>
                {
                    var row = await ModerationRow.ChangeAsync(inside, context.Community, [(column, now, value)]);
                    return new Plan.Applied([await AdminStore.ApplyAsync(inside, row)]);
                },
            };
    }
}
