using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Says how far an article came: seen, chosen, told in which channel, posted.</summary>
internal sealed class WhyCommand(Database database)
{
    // A feed that is polled at least daily has answered within this time, or is in trouble.
    private static readonly TimeSpan Stale = TimeSpan.FromDays(1);

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal) { ["why"] = RunAsync };

    private Task<CommandReply> RunAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var asked = context.Command["url"].Trim('<', '>');
                if (AddressText.Parse(asked) is not { } url)
                {
                    return CommandReply.Wrong(
                        "Give the address of one article, such as `/news why https://example.org/article`."
                    );
                }

                var entry = await AdminStore.EntryAsync(connection, context.Community, url.AbsoluteUri);
                return entry is null
                    ? CommandReply.Done(await NeverSeenAsync(connection, context, url))
                    : CommandReply.Done(await SeenAsync(connection, context, entry));
            },
            cancellationToken
        );

    private static async Task<string> SeenAsync(DbConnection connection, CommandContext context, EntryRow entry)
    {
        var sources = await AdminStore.SourcesAsync(connection, context.Community);
        var source = sources.FirstOrDefault(one => one.FeedId == entry.FeedId);
        if (source is null)
        {
            return await NeverSeenAsync(connection, context, new Uri(entry.Url!));
        }

        var lines = new List<string>
        {
            $"✔ seen {Answers.Age(entry.SeenAt, context.Now)} in {MarkdownEscape.Line(source.Name, 60)}",
        };
        if (source.PausedAt is not null)
        {
            lines.Add("✖ the source is paused now, so changes to the article are not taken in");
        }

        var channels = (await AdminStore.ChannelsAsync(connection, context.Community)).ToDictionary(one => one.Id);
        var decisions = await connection.QueryAsync<DecisionRow>(
            """
            SELECT channel_id AS ChannelId, stage, passed, detail, at FROM decision
            WHERE entry_id = @Id
              AND community_id IN (SELECT member_id FROM community_within WHERE community_id = @Community) ORDER BY id
            """,
            new { entry.Id, context.Community }
        );
        lines.AddRange(
            decisions.Select(decision =>
                $"{(decision.Passed != 0 ? "✔" : "✖")} {MarkdownEscape.Line(decision.Stage)}{In(channels, decision.ChannelId)}: {MarkdownEscape.Line(Plain(decision.Detail), 300)}"
            )
        );
        lines.AddRange(await StoryLinesAsync(connection, context, entry, channels));
        return $"**{MarkdownEscape.Line(entry.Title, 140)}**\n" + string.Join('\n', lines.Select(line => "- " + line));
    }

    // The record names stories by their key; people know them by number.
    private static string Plain(string detail) =>
        detail
            .Replace("began story-", "began story ", StringComparison.Ordinal)
            .Replace("joined story-", "joined story ", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> StoryLinesAsync(
        DbConnection connection,
        CommandContext context,
        EntryRow entry,
        Dictionary<long, ChannelRow> channels
    )
    {
        var storyId = await connection.ExecuteScalarAsync<long?>(
            "SELECT story_id FROM story_entry WHERE entry_id = @Id AND community_id = @Community",
            new { entry.Id, context.Community }
        );
        if (storyId is not { } id)
        {
            return ["✖ it belongs to no story"];
        }

        var story = (
            await AdminStore.StoryAsync(connection, context.Community, id.ToString(CultureInfo.InvariantCulture))
        ).Value!;
        var lines = new List<string>
        {
            story.LeadEntryId == entry.Id
                ? $"✔ it leads story {Answers.StoryLink(story.Id, story.Slug, story.Headline)}"
                : $"✔ it is one more report of story {Answers.StoryLink(story.Id, story.Slug, story.Headline)}",
        };
        if (story.TakenDownAt is not null)
        {
            lines.Add("✖ the story was taken down");
        }

        if (story.MergedInto is { } winner)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"✔ the story was merged into story {winner}"));
        }

        var standings = (
            await connection.QueryAsync<StandingRow>(
                "SELECT channel_id AS ChannelId, state, breaking, detail, at FROM channel_story WHERE story_id = @id",
                new { id }
            )
        ).AsList();
        lines.AddRange(standings.Select(standing => Standing(standing, channels, context.Now)));
        var elsewhere = await connection.QueryAsync<long>(
            "SELECT channel_id FROM subscription WHERE source_id IN (SELECT source_id FROM story_entry WHERE story_id = @id)",
            new { id }
        );
        lines.AddRange(
            elsewhere
                .Distinct()
                .Where(channel => standings.TrueForAll(standing => standing.ChannelId != channel))
                .Select(channel => $"✖ not told{In(channels, channel)}")
        );
        lines.AddRange(await PostLinesAsync(connection, id, channels, context.Now));
        return lines;
    }

    private static async Task<IEnumerable<string>> PostLinesAsync(
        DbConnection connection,
        long story,
        Dictionary<long, ChannelRow> channels,
        DateTimeOffset now
    )
    {
        var posts = await connection.QueryAsync<PostRow>(
            """
            SELECT channel_id AS ChannelId, operation, state, error, not_before AS NotBefore, sent_at AS SentAt
            FROM post WHERE subject = 'story:' || @story ORDER BY id
            """,
            new { story }
        );
        return posts.Select(post =>
        {
            var what = post.Operation switch
            {
                "create" => "card",
                "edit" => "edit of the card",
                _ => "removal of the card",
            };
            var where = In(channels, post.ChannelId);
            var error = post.Error is null ? "" : $" ({MarkdownEscape.Line(post.Error, 200)})";
            return post.State switch
            {
                "sent" => $"✔ {what} posted{where} {Answers.Age(post.SentAt ?? post.NotBefore, now)}",
                "waiting" => $"… {what} waits to be posted{where}{error}",
                "dropped" => $"✖ {what} was dropped before it was posted{where}",
                _ => $"✖ {what} could not be posted{where}{error}",
            };
        });
    }

    private static string Standing(StandingRow standing, Dictionary<long, ChannelRow> channels, DateTimeOffset now)
    {
        var where = In(channels, standing.ChannelId);
        var detail = string.IsNullOrEmpty(standing.Detail) ? "" : $": {MarkdownEscape.Line(standing.Detail, 300)}";
        var next = channels.GetValueOrDefault(standing.ChannelId)?.NextDigestAt is { } at
            ? $" ({Answers.Age(at, now)})"
            : " (none is scheduled)";
        return standing.State switch
        {
            "waiting" => $"… waits for the next digest{where}{next}{detail}",
            "carded" => $"✔ has a card{where}{(standing.Breaking != 0 ? ", as breaking news" : "")}{detail}",
            "listed" => $"✔ stands in a digest{where}{detail}",
            _ => $"✖ held back{where}{detail}",
        };
    }

    private static async Task<string> NeverSeenAsync(DbConnection connection, CommandContext context, Uri url)
    {
        var sources = await AdminStore.SourcesAsync(connection, context.Community);
        var likely = sources.Where(source => SameSite(source.Url, url) || SameSite(source.SiteUrl, url)).ToList();
        if (likely.Count == 0)
        {
            return $"This address was never seen, and no source here is of {MarkdownEscape.Line(Site(url))}. "
                + $"An admin can add it: {MarkdownEscape.Code($"/news add {url.GetLeftPart(UriPartial.Authority)}")}";
        }

        var lines = likely.Select(source =>
        {
            var polled = source.LastSuccessAt is { } at
                ? $"last read {Answers.Age(at, context.Now)}{(context.Now - Instants.At(at) > Stale ? ", which is long ago" : "")}"
                : "never read so far";
            var error = source.LastError is null ? "" : $"; last failure: {MarkdownEscape.Line(source.LastError, 200)}";
            var paused = source.PausedAt is null ? "" : "; paused";
            return $"- {MarkdownEscape.Line(source.Name, 60)}: {polled}, next look {Answers.Age(source.NextPollAt, context.Now)}{paused}{error}";
        });
        return "This address was never seen in a feed. It could come with\n"
            + string.Join('\n', lines)
            + "\n\nPublishers do not list every article in their feeds; `/news test` and the feed's address shows what it holds now.";
    }

    private static bool SameSite(string? address, Uri url) =>
        Uri.TryCreate(address, UriKind.Absolute, out var known) && Site(known) == Site(url);

    // Without "www." and the like; two labels are enough to suggest, not to decide.
    private static string Site(Uri url) =>
        url.HostNameType == UriHostNameType.Dns ? string.Join('.', HostName.Of(url).Split('.').TakeLast(2)) : url.Host;

    private static string In(Dictionary<long, ChannelRow> channels, long? channel) =>
        channel is { } id && channels.GetValueOrDefault(id) is { } row ? $" in #{MarkdownEscape.Line(row.Name)}" : "";

    private sealed class DecisionRow
    {
        public required long? ChannelId { get; init; }
        public required string Stage { get; init; }
        public required long Passed { get; init; }
        public required string Detail { get; init; }
        public required long At { get; init; }
    }

    private sealed class StandingRow
    {
        public required long ChannelId { get; init; }
        public required string State { get; init; }
        public required long Breaking { get; init; }
        public required string? Detail { get; init; }
        public required long At { get; init; }
    }

    private sealed class PostRow
    {
        public required long ChannelId { get; init; }
        public required string Operation { get; init; }
        public required string State { get; init; }
        public required string? Error { get; init; }
        public required long NotBefore { get; init; }
        public required long? SentAt { get; init; }
    }
}
