using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What everyone may look at: latest, top, search, story, follow.</summary>
internal sealed class ReadingCommands(Database database, Changes changes)
{
    // Longer lists are for the pages.
    private const int MostStories = 25;

    private const int UsualStories = 10;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["latest"] = LatestAsync,
            ["top"] = TopAsync,
            ["search"] = SearchAsync,
            ["story"] = StoryAsync,
            ["follow"] = FollowAsync,
            ["unfollow"] = FollowAsync,
        };

    private async Task<CommandReply> LatestAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var count = UsualStories;
        if (context.Command.Option("count") is { } text && !int.TryParse(text, CultureInfo.InvariantCulture, out count))
        {
            return CommandReply.Wrong($"`--count` takes a number from 1 to {MostStories}.");
        }

        var stories = await database.ReadAsync(
            connection => AdminStore.LatestAsync(connection, context.Community, Math.Clamp(count, 1, MostStories)),
            cancellationToken
        );
        return stories.Count == 0
            ? CommandReply.Done(
                "There are no stories yet. They come with the next poll of a source; `/news list` shows those."
            )
            : List("Newest first:", stories);
    }

    private async Task<CommandReply> TopAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var isWeek = context.Command.Find("period") == "week";
        var since = context.Now - TimeSpan.FromDays(isWeek ? 7 : 1);
        var stories = await database.ReadAsync(
            connection => AdminStore.TopAsync(connection, context.Community, since.Ms(), UsualStories),
            cancellationToken
        );
        var period = isWeek ? "the last seven days" : "the last 24 hours";
        return stories.Count == 0
            ? CommandReply.Done($"There are no stories of {period}.")
            : List($"Most reported and discussed in {period}:", stories);
    }

    private async Task<CommandReply> SearchAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var words = context.Command["words"];
        var (stories, comments) = await database.ReadAsync(
            async connection =>
                (
                    await AdminStore.SearchAsync(connection, context.Community, words, UsualStories),
                    await CommentsAsync(connection, context, words)
                ),
            cancellationToken
        );
        if (stories.Count == 0 && comments.Count == 0)
        {
            return CommandReply.Done($"Nothing here has the words “{MarkdownEscape.Line(words, 100)}”.");
        }

        var parts = new List<string>();
        if (stories.Count > 0)
        {
            parts.Add("Stories:\n" + string.Join('\n', stories.Select(Answers.StoryLine)));
        }

        if (comments.Count > 0)
        {
            parts.Add("Comments:\n" + string.Join('\n', comments));
        }

        return CommandReply.Done(string.Join("\n\n", parts));
    }

    // What was written where nothing is published is found only by those who are there.
    private static async Task<IReadOnlyList<string>> CommentsAsync(
        DbConnection connection,
        CommandContext context,
        string words
    )
    {
        var text = FullText.Of(connection);
        var rows = await connection.QueryAsync<CommentRow>(
            $"""
            SELECT c.id, c.story_id AS StoryId, c.number, c.state, c.body, c.channel_id AS ChannelId,
                   c.message_id AS MessageId, COALESCE(m.pseudonym, m.name) AS Author, s.headline
            FROM {text.Comments}
            JOIN story s ON s.id = c.story_id JOIN member m ON m.id = c.member_id
            WHERE {text.CommentMatches} AND s.community_id = @Community AND s.taken_down_at IS NULL
              AND c.state = 'visible' AND (c.visibility <> 'off' OR c.channel_id = @Channel)
            ORDER BY {text.CommentRank} LIMIT @Limit
            """,
            new
            {
                Query = SearchQuery.Of(words),
                context.Community,
                Channel = context.Channel?.Value ?? 0,
                Limit = UsualStories,
            }
        );
        return
        [
            .. rows.Select(row =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"- [{row.StoryId}#{row.Number}](/stories/{row.StoryId}/comments/{row.Number}) {MarkdownEscape.Line(row.Author)}: {MarkdownEscape.Line(row.Body, 160)}"
                )
            ),
        ];
    }

    private async Task<CommandReply> StoryAsync(CommandContext context, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async connection =>
            {
                var found = await AdminStore.StoryAsync(connection, context.Community, context.Command["story"]);
                return found.Value is { } story
                    ? CommandReply.Done(await DescribeAsync(connection, story, context.Now)) with
                    {
                        Suggestions = [string.Create(CultureInfo.InvariantCulture, $"follow {story.Id}")],
                    }
                    : CommandReply.Refused(found.Problem);
            },
            cancellationToken
        );

    private static async Task<string> DescribeAsync(DbConnection connection, StoryRow story, DateTimeOffset now)
    {
        if (story.TakenDownAt is not null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Story {story.Id} was taken down.");
        }

        var reports = await connection.QueryAsync<ReportRow>(
            """
            SELECT e.title, e.url, COALESCE(so.name, 'a removed source') AS Source, COALESCE(e.published_at, e.seen_at) AS At
            FROM story_entry se JOIN entry e ON e.id = se.entry_id LEFT JOIN source so ON so.id = se.source_id
            WHERE se.story_id = @Id ORDER BY At LIMIT 20
            """,
            new { story.Id }
        );
        var lines = reports.Select(report =>
            $"- {MarkdownEscape.Line(report.Source, 60)}, {Answers.Age(report.At, now)}: {MarkdownEscape.Link(report.Title, report.Url ?? "")}"
        );
        var merged = story.MergedInto is { } winner
            ? string.Create(CultureInfo.InvariantCulture, $"\nIt was merged into story {winner}.")
            : "";
        var locked = story.LockedAt is null ? "" : "\nIts comments are locked.";
        var summary = story.Summary.Length == 0 ? "" : "\n" + MarkdownEscape.Line(story.Summary, 600);
        return $"{Answers.StoryLink(story.Id, story.Slug, story.Headline)}{summary}\n\n"
            + $"Reported by:\n{string.Join('\n', lines)}\n\n"
            + $"{LengthOfTime.Count(story.Comments, "comment")}.{locked}{merged}";
    }

    private async Task<CommandReply> FollowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.IsOperator)
        {
            return CommandReply.Refused(
                "Only a member can follow a story: the answers come as private messages in the chat."
            );
        }

        var follows = context.Command.Spec.Name == "follow";
        return await changes.RunAsync(
            context,
            async connection =>
            {
                var found = await AdminStore.StoryAsync(connection, context.Community, context.Command["story"]);
                if (found.Value is not { } story)
                {
                    return new Plan.Refused(found.Problem);
                }

                var headline = MarkdownEscape.Line(story.Headline, 140);
                var done = follows
                    ? $"You will be told privately when somebody replies to “{headline}”. `/news unfollow {story.Id}` ends that."
                    : $"You no longer follow “{headline}”.";
                var parameters = new
                {
                    Member = context.Asker.Id.Value,
                    Story = story.Id,
                    Now = context.Now.Ms(),
                };
                return new Plan.Change("", "", done)
                {
                    ApplyAsync = async inside =>
                    {
                        await inside.ExecuteAsync(
                            follows
                                ? """
                                INSERT INTO follow (member_id, story_id, created_at) VALUES (@Member, @Story, @Now)
                                ON CONFLICT (member_id, story_id) DO NOTHING
                                """
                                : "DELETE FROM follow WHERE member_id = @Member AND story_id = @Story",
                            parameters
                        );
                        return new Plan.Applied([], follows ? await UntoldAsync(inside, story.Id) : null);
                    },
                };
            },
            cancellationToken
        );
    }

    // What is written in a channel that is not published stays in it, also towards members who cannot read there.
    private static async Task<string?> UntoldAsync(DbConnection connection, long story) =>
        await connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*) FROM channel_story cs JOIN channel c ON c.id = cs.channel_id
            WHERE cs.story_id = @story AND c.publication <> 'off'
            """,
            new { story }
        ) > 0
            ? null
            : "So far it stands only in channels whose comments are not published, and of those you are not told. An admin publishes a channel with `/news channel publish members`.";

    private static CommandReply List(string heading, IReadOnlyList<StoryRow> stories) =>
        CommandReply.Done($"{heading}\n{string.Join('\n', stories.Select(Answers.StoryLine))}") with
        {
            Suggestions =
            [
                .. stories.Take(3).Select(story => string.Create(CultureInfo.InvariantCulture, $"story {story.Id}")),
            ],
        };

    private sealed class ReportRow
    {
        public required string Title { get; init; }
        public required string? Url { get; init; }
        public required string Source { get; init; }
        public required long At { get; init; }
    }
}
