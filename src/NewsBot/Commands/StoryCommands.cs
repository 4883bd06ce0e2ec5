using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What moderators and admins do with whole stories: lock, unlock, takedown, merge, unmerge, split.</summary>
internal sealed class StoryCommands(Changes changes)
{
    // A chain of merged stories this long was made by a mistake.
    private const int MostMerges = 50;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["lock"] = LockAsync,
            ["unlock"] = LockAsync,
            ["takedown"] = TakeDownAsync,
            ["merge"] = MergeAsync,
            ["unmerge"] = UnmergeAsync,
            ["split"] = SplitAsync,
        };

    private Task<CommandReply> LockAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var locks = context.Command.Spec.Name == "lock";
        return ChangeAsync(
            context,
            "story",
            async (connection, story) =>
            {
                if (locks == story.LockedAt is not null)
                {
                    return new Plan.Refused(
                        $"The comments of {Name(story)} are {(locks ? "locked" : "open")} already."
                    );
                }

                return new Plan.Change(
                    Target(story),
                    locks
                        ? $"Nobody will be able to add to the comments of **{Name(story)}**; what is there stays."
                        : $"The comments of **{Name(story)}** will be open again.",
                    locks ? $"Locked the comments of {Name(story)}." : $"Opened the comments of {Name(story)}."
                )
                {
                    Rows = await RowsAsync(connection, story, ("locked_at", locks ? context.Now.Ms() : null)),
                };
            },
            cancellationToken
        );
    }

    private Task<CommandReply> TakeDownAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            "story",
            async (connection, story) =>
            {
                if (story.TakenDownAt is not null)
                {
                    return new Plan.Refused($"{Opening(story)} was taken down already.");
                }

                var cards = await connection.ExecuteScalarAsync<long>(
                    "SELECT COUNT(*) FROM post WHERE subject = 'story:' || @Id AND operation = 'create' AND state = 'sent'",
                    new { story.Id }
                );
                return new Plan.Change(
                    Target(story),
                    $"**{Opening(story)}** will be removed everywhere: its page, search, feeds and digests, and {LengthOfTime.Count(cards, "card")} in chats. "
                        + $"Its {LengthOfTime.Count(story.Comments, "comment")} will no longer be shown. Nothing of it is deleted, so it can be put back.",
                    $"Took down {Name(story)}. Cards in chats follow within a minute."
                )
                {
                    Rows = await RowsAsync(connection, story, ("taken_down_at", context.Now.Ms())),
                };
            },
            cancellationToken
        );

    private Task<CommandReply> MergeAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            "loser",
            async (connection, loser) =>
            {
                var found = await AdminStore.StoryAsync(connection, context.Community, context.Command["winner"]);
                if (found.Value is not { } winner)
                {
                    return new Plan.Refused(found.Problem);
                }

                if (await RefusalAsync(connection, loser, winner) is { } refusal)
                {
                    return new Plan.Refused(refusal);
                }

                var note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"This story goes on as “{winner.Headline}” (story {winner.Id})"
                );
                return new Plan.Change(
                    Target(loser),
                    $"**{Opening(loser)}** will point to **{Name(winner)}**. Both keep their comments and numbers; the page of the second shows them below each other. The card of the first will say where the story goes on.",
                    $"Merged {Name(loser)} into {Name(winner)}."
                )
                {
                    Rows = await RowsAsync(
                        connection,
                        loser,
                        ("merged_into", winner.Id),
                        ("correction", note),
                        ("corrected_at", context.Now.Ms())
                    ),
                    Stories = [winner.Id],
                    ApplyAsync = async inside =>
                    {
                        var who = MarkdownEscape.Line(context.Asker.Name, 60);
                        await StoryMerging.SettleAsync(inside, loser.Id, winner.Id, who, context.Now);
                        return new Plan.Applied([]);
                    },
                };
            },
            cancellationToken
        );

    private static async Task<string?> RefusalAsync(DbConnection connection, StoryRow loser, StoryRow winner)
    {
        if (loser.Id == winner.Id)
        {
            return "A story cannot be merged into itself.";
        }

        if (loser.MergedInto is { } already)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Opening(loser)} was merged into story {already} already. `/news unmerge {loser.Id}` takes that back."
            );
        }

        if (loser.TakenDownAt is not null || winner.TakenDownAt is not null)
        {
            return "A story that was taken down cannot be merged.";
        }

        var at = winner.MergedInto;
        for (var i = 0; at is not null && i < MostMerges; i++)
        {
            if (at == loser.Id)
            {
                return $"{Opening(winner)} itself was merged into {Name(loser)}; name them the other way round.";
            }

            at = await connection.ExecuteScalarAsync<long?>("SELECT merged_into FROM story WHERE id = @at", new { at });
        }

        return winner.MergedInto is { } next
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Opening(winner)} was merged into story {next}; merge into that one."
            )
            : null;
    }

    private Task<CommandReply> UnmergeAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            "story",
            async (connection, story) =>
                story.MergedInto is not { } winner
                    ? new Plan.Refused($"{Opening(story)} was not merged.")
                    : new Plan.Change(
                        Target(story),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"**{Opening(story)}** will stand on its own again, with its comments; it no longer points to story {winner}."
                        ),
                        $"{Opening(story)} stands on its own again."
                    )
                    {
                        Rows = await RowsAsync(
                            connection,
                            story,
                            ("merged_into", null),
                            ("correction", null),
                            ("corrected_at", null)
                        ),
                        Stories = [winner],
                    },
            cancellationToken
        );

    private Task<CommandReply> SplitAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            "story",
            async (connection, story) =>
            {
                var entry = AddressText.Parse(context.Command["entry-url"]) is { } url
                    ? await AdminStore.EntryAsync(connection, context.Community, url.AbsoluteUri)
                    : null;
                var others = await connection.QueryAsync<long>(
                    "SELECT entry_id FROM story_entry WHERE story_id = @Id ORDER BY joined_at, entry_id",
                    new { story.Id }
                );
                var rest = others.Where(one => one != entry?.Id).ToList();
                if (entry is null || rest.Count == others.Count())
                {
                    return new Plan.Refused(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"No report of {Name(story)} has this address. `/news story {story.Id}` lists them."
                        )
                    );
                }

                return rest.Count == 0
                    ? new Plan.Refused($"{Opening(story)} has only this report, so there is nothing to split.")
                    : new Plan.Change(
                        Target(story),
                        $"**{MarkdownEscape.Line(entry.Title, 140)}** will leave **{Name(story)}** and be a story of its own. Comments stay where they are.",
                        "Split the story."
                    )
                    {
                        ApplyAsync = inside => MoveAsync(inside, context, story, entry, rest[0]),
                        CanUndo = false,
                        AuditBefore = new { story = story.Id, entry = entry.Id },
                        AuditAfter = new { split = true },
                    };
            },
            cancellationToken
        );

    private static async Task<Plan.Applied> MoveAsync(
        DbConnection connection,
        CommandContext context,
        StoryRow story,
        EntryRow entry,
        long nextLead
    )
    {
        var id = await connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO story (community_id, headline, slug, url, lead_entry_id, summary_text, summary_method, language,
                               published_at, created_at, updated_at)
            VALUES (@Community, @Title, @Slug, @Url, @Entry, @Summary, 'excerpt', @Language, @PublishedAt, @Now, @Now)
            RETURNING id
            """,
            new
            {
                context.Community,
                entry.Title,
                Slug = Slug.Of(entry.Title),
                Url = entry.Url ?? "",
                Entry = entry.Id,
                Summary = entry.Excerpt,
                entry.Language,
                PublishedAt = entry.PublishedAt ?? entry.SeenAt,
                Now = context.Now.Ms(),
            }
        );
        await connection.ExecuteAsync(
            """
            UPDATE story_entry SET story_id = @id WHERE story_id = @Story AND entry_id = @Entry;
            UPDATE story SET lead_entry_id = @nextLead, updated_at = @Now WHERE id = @Story AND lead_entry_id = @Entry;
            UPDATE story SET revision = revision + 1 WHERE id = @Story;
            INSERT INTO channel_story (channel_id, story_id, state, detail, at)
            SELECT DISTINCT u.channel_id, @id, 'waiting', 'split from another story', @Now
            FROM subscription u JOIN story_entry se ON se.source_id = u.source_id WHERE se.story_id = @id
            """,
            new
            {
                id,
                Story = story.Id,
                Entry = entry.Id,
                nextLead,
                Now = context.Now.Ms(),
            }
        );
        await StoryCards.EditAsync(connection, new StoryId(story.Id), context.Now);
        return new Plan.Applied(
            [],
            string.Create(
                CultureInfo.InvariantCulture,
                $"The new one is {Answers.StoryLink(id, Slug.Of(entry.Title), entry.Title)}. `/news merge {id} {story.Id}` joins them again; `/news undo` does not."
            )
        );
    }

    private Task<CommandReply> ChangeAsync(
        CommandContext context,
        string argument,
        Func<DbConnection, StoryRow, Task<Plan>> plan,
        CancellationToken cancellationToken
    ) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var found = await AdminStore.StoryAsync(connection, context.Community, context.Command[argument]);
                return found.Value is { } story ? await plan(connection, story) : new Plan.Refused(found.Problem);
            },
            cancellationToken
        );

    private static async Task<IReadOnlyList<RowChange>> RowsAsync(
        DbConnection connection,
        StoryRow story,
        params IReadOnlyList<(string Column, object? Value)> wanted
    ) => await AdminStore.CompareAsync(connection, "story", story.Id, wanted) is { } row ? [row] : [];

    private static string Name(StoryRow story) =>
        string.Create(CultureInfo.InvariantCulture, $"story {story.Id} “{MarkdownEscape.Line(story.Headline, 120)}”");

    // The same where a sentence begins with it.
    private static string Opening(StoryRow story) => "S" + Name(story)[1..];

    private static string Target(StoryRow story) =>
        string.Create(CultureInfo.InvariantCulture, $"story-{story.Id} {story.Headline}");
}
