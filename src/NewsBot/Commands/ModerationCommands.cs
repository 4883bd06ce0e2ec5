using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Comments;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What moderators do with comments and their writers: hide, show, mute, unmute, words.</summary>
internal sealed class ModerationCommands(Database database, Changes changes)
{
    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["hide"] = HideAsync,
            ["show"] = HideAsync,
            ["mute"] = MuteAsync,
            ["unmute"] = MuteAsync,
            ["words list"] = WordsAsync,
            ["words add"] = AddWordAsync,
            ["words remove"] = RemoveWordAsync,
        };

    private Task<CommandReply> HideAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var hides = context.Command.Spec.Name == "hide";
        return changes.RunAsync(
            context,
            async connection =>
            {
                var found = await AdminStore.CommentAsync(connection, context.Community, context.Command["comment"]);
                if (found.Value is not { } comment)
                {
                    return new Plan.Refused(found.Problem);
                }

                var name = string.Create(
                    CultureInfo.InvariantCulture,
                    $"comment {comment.StoryId}#{comment.Number} of {MarkdownEscape.Line(comment.Author, 60)}"
                );
                if (comment.State == "deleted")
                {
                    return new Plan.Refused(
                        $"The {name} was deleted by its writer; there is nothing to {context.Command.Spec.Name}."
                    );
                }

                var row = await AdminStore.CompareAsync(
                    connection,
                    "comment",
                    comment.Id,
                    ("state", hides ? "hidden" : "visible")
                );
                var original = await OriginalMessages.LinkAsync(connection, comment.Id) is { } link
                    ? $"The original is untouched: [it stands in its chat]({link})"
                    : "It was written in a form, so no message of its writer stands in a chat";
                return row is null
                    ? new Plan.Refused($"The {name} is {(hides ? "hidden" : "visible")} already.")
                    : new Plan.Change(
                        string.Create(CultureInfo.InvariantCulture, $"comment {comment.StoryId}#{comment.Number}"),
                        hides
                            ? $"The {name} will be hidden on the story's page, and its copies say so; its number and its replies stay. {original}.\n\n> {MarkdownEscape.Line(comment.Body, 300)}"
                            : $"The {name} will be shown again.\n\n> {MarkdownEscape.Line(comment.Body, 300)}",
                        hides
                            ? $"Hid the {name}. {original}; who runs that chat can delete it there."
                            : $"The {name} is shown again."
                    )
                    {
                        Rows = [row],
                        ApplyAsync = async inside =>
                        {
                            if (!hides)
                            {
                                await HeldReplies.DecideAsync(inside, comment.Id, "shown", context.Actor, context.Now);
                            }

                            return await RememberAsync(inside, comment, hides ? "hide" : "show", context.Now);
                        },
                    };
            },
            cancellationToken
        );
    }

    /// <summary>Keeps with a comment's events that a moderator hid or showed it.</summary>
    public static async Task<Plan.Applied> RememberAsync(
        DbConnection connection,
        CommentRow comment,
        string kind,
        DateTimeOffset now
    )
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO comment_event (channel_id, message_id, kind, stamp, at)
            VALUES (@ChannelId, @MessageId, @kind, @Now, @Now)
            ON CONFLICT (channel_id, message_id, kind, stamp) DO NOTHING
            """,
            new
            {
                comment.ChannelId,
                comment.MessageId,
                kind,
                Now = now.Ms(),
            }
        );
        return new Plan.Applied([]);
    }

    private async Task<CommandReply> MuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        long? until = null;
        if (context.Command.Find("duration") is { } text)
        {
            if (LengthOfTime.Parse(text) is not { } length)
            {
                return CommandReply.Wrong(
                    $"“{MarkdownEscape.Line(text, 60)}” is not a length of time. Write one such as `30 minutes`, `2 hours` or `1 week`."
                );
            }

            until = (context.Now + length).Ms();
        }

        return await changes.RunAsync(
            context,
            async connection =>
            {
                var found = await AdminStore.MemberAsync(connection, context.Community, context.Command["name"]);
                if (found.Value is not { } member)
                {
                    return new Plan.Refused(found.Problem);
                }

                var name = MarkdownEscape.Line(member.Shown, 60);
                if (until is not null && member.Role == "admin")
                {
                    return new Plan.Refused(
                        $"{name} is an admin and cannot be muted. `/news role` changes that first."
                    );
                }

                var row = await AdminStore.CompareAsync(connection, "member", member.Id, ("muted_until", until));
                var target = string.Create(CultureInfo.InvariantCulture, $"member-{member.Id} {member.Shown}");
                return (row, until) switch
                {
                    (null, _) => new Plan.Refused($"{name} is not muted."),
                    (_, { } end) => new Plan.Change(
                        target,
                        $"**{name}** will be able to write no comments until {Answers.Time(Instants.At(end), TimeZoneInfo.Utc)}. What they wrote stays.",
                        $"Muted {name}."
                    )
                    {
                        Rows = [row],
                    },
                    _ => new Plan.Change(
                        target,
                        $"**{name}** will be able to write comments again.",
                        $"{name} may write again."
                    )
                    {
                        Rows = [row],
                    },
                };
            },
            cancellationToken
        );
    }

    private Task<CommandReply> WordsAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var words = (
                    await connection.QueryAsync<string>(
                        "SELECT word FROM word WHERE community_id = @Community ORDER BY word",
                        new { context.Community }
                    )
                ).AsList();
                return CommandReply.Done(
                    words.Count == 0
                        ? "No word holds a reply back. `/news words add` adds one."
                        : "A reply with one of these words stays hidden until a moderator shows it: "
                            + string.Join(", ", words.Select(MarkdownEscape.Code))
                );
            },
            cancellationToken
        );

    private Task<CommandReply> AddWordAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var asked = context.Command["word"];
                if (WordFilter.EntryOf(asked) is not { } word)
                {
                    return new Plan.Refused(
                        asked.StartsWith(WordFilter.LinkPrefix, StringComparison.OrdinalIgnoreCase)
                            ? "Name the site whose links are held back, such as `words add link:example.org`."
                            : $"A word has 2 to {WordFilter.MaxEntry} letters here."
                    );
                }

                var count = await connection.ExecuteScalarAsync<long>(
                    "SELECT COUNT(*) FROM word WHERE community_id = @Community",
                    new { context.Community }
                );
                if (await HasAsync(connection, context, word))
                {
                    return new Plan.Refused($"{MarkdownEscape.Code(word)} is on the list already.");
                }

                return count >= WordFilter.MostEntries
                    ? new Plan.Refused(
                        $"The list holds {WordFilter.MostEntries} words, which is its limit. Remove one first."
                    )
                    : new Plan.Change(
                        $"word {word}",
                        WordFilter.HostOf(word) is { } site
                            ? $"Replies with a link to {MarkdownEscape.Code(site)}, or to a part of it, will be held hidden until a moderator shows them. What was written before stays."
                            : $"Replies that contain {MarkdownEscape.Code(word)}, also within other words, will be held hidden until a moderator shows them. What was written before stays.",
                        $"Added {MarkdownEscape.Code(word)}."
                    )
                    {
                        Rows =
                        [
                            new RowChange(
                                "word",
                                Key(context, word),
                                null,
                                new Dictionary<string, object?>(StringComparer.Ordinal)
                                {
                                    ["added_by"] = context.Actor,
                                    ["created_at"] = context.Now.Ms(),
                                }
                            ),
                        ],
                    };
            },
            cancellationToken
        );

    private Task<CommandReply> RemoveWordAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var word = context.Command["word"].ToLowerInvariant();
                return await HasAsync(connection, context, word)
                    ? new Plan.Change(
                        $"word {word}",
                        $"Replies that contain {MarkdownEscape.Code(word)} will no longer be held.",
                        $"Removed {MarkdownEscape.Code(word)}."
                    )
                    {
                        Rows = [await AdminStore.RemovalAsync(connection, "word", Key(context, word))],
                    }
                    : new Plan.Refused($"{MarkdownEscape.Code(word)} is not on the list. `/news words list` shows it.");
            },
            cancellationToken
        );

    private static Dictionary<string, object?> Key(CommandContext context, string word) =>
        new(StringComparer.Ordinal) { ["community_id"] = context.Community, ["word"] = word };

    private static async Task<bool> HasAsync(DbConnection connection, CommandContext context, string word) =>
        await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM word WHERE community_id = @Community AND word = @word",
            new { context.Community, word }
        ) > 0;
}
