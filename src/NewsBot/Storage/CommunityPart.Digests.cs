using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

internal static partial class CommunityPart
{
    private const string QuotedSide = """
        SELECT o.community_id FROM comment c JOIN channel o ON o.id = c.channel_id
        WHERE c.story_id = @Story AND c.number = @Number AND c.state <> 'deleted'
        """;

    private const string LineNow = """
        SELECT s.headline, s.url,
               (SELECT so.name FROM story_entry e JOIN source so ON so.id = e.source_id
                WHERE e.story_id = s.id AND e.entry_id = s.lead_entry_id) AS Source
        FROM story s WHERE s.id = @Story AND s.community_id = @Side
        """;

    // A digest no longer quotes or counts what the other side's people wrote, nor tells of what only they may read.
    private static async Task PartDigestAsync(
        DbConnection connection,
        PostRow row,
        PartedStories parted,
        DateTimeOffset now
    )
    {
        PostBody? becomes = PostBodies.Read(row.Body) switch
        {
            // How many spoke was counted on both sides.
            PostBody.DigestHeading heading when row.Subject.StartsWith("talk:", StringComparison.Ordinal) =>
                heading with
                {
                    Subtitle = "",
                },
            PostBody.DigestList list => await PartedAsync(connection, row, list, parted),
            _ => null,
        };
        if (becomes is not null && PostBodies.Write(becomes) != row.Body)
        {
            await DigestQuotes.ReplaceAsync(connection, row.Id, row.Draft(becomes, now));
        }
    }

    private static async Task<PostBody.DigestList> PartedAsync(
        DbConnection connection,
        PostRow row,
        PostBody.DigestList list,
        PartedStories parted
    )
    {
        List<DigestLine> lines = [];
        foreach (var line in list.Lines)
        {
            if (await PartedAsync(connection, row, line, parted) is { } kept)
            {
                lines.Add(kept with { Quote = await OwnAsync(connection, row.Side, kept.Quote) });
            }
        }

        List<BestComment> answered = [];
        foreach (var quote in list.MostAnswered)
        {
            if (await OwnAsync(connection, row.Side, quote) is { } own)
            {
                answered.Add(own);
            }
        }

        return list with
        {
            Lines = lines,
            BestComment = await OwnAsync(connection, row.Side, list.BestComment),
            MostAnswered = answered,
        };
    }

    // A story that is another now is told of as it is; one that only the other side may know of is not.
    private static async Task<DigestLine?> PartedAsync(
        DbConnection connection,
        PostRow row,
        DigestLine line,
        PartedStories parted
    )
    {
        if (parted.Unknown.Contains(line.Story.Value))
        {
            return null;
        }

        var now = await connection.QueryFirstOrDefaultAsync<LineRow>(
            LineNow,
            new { Story = line.Story.Value, row.Side }
        );
        if (now is null || !parted.Told.Contains(line.Story.Value))
        {
            return now is null ? null : line;
        }

        var count = await StoryCards.CountAsync(connection, line.Story, new ChannelId(row.ChannelId));
        return line with
        {
            Headline = now.Headline,
            Url = now.Url,
            Source = now.Source ?? "a removed source",
            Comments = Math.Min(line.Comments, count),
        };
    }

    private static async Task<BestComment?> OwnAsync(DbConnection connection, long side, BestComment? quote) =>
        quote is not null
        && await connection.ExecuteScalarAsync<long?>(QuotedSide, new { Story = quote.Story.Value, quote.Number })
            == side
            ? quote
            : null;

    private sealed class LineRow
    {
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public string? Source { get; init; }
    }
}
