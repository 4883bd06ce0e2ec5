using Dapper;
using NewsBot.Core.Stories;
using NewsBot.Fetching;
using NewsBot.Web;

namespace NewsBot.Storage;

/// <summary>Pictures of stories, re-encoded. Pages ask for them by id, never by address.</summary>
internal sealed class PictureStore(Database database, LiveUpdates live)
{
    // Half an hour, an hour, two, four: then the story stays without a picture.
    private const int MaxAttempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(15);

    private const string Due = """
        SELECT id, source_url AS SourceUrl, attempts FROM picture
        WHERE next_try_at <= @Now ORDER BY next_try_at, id LIMIT @Limit
        """;

    private const string Save = """
        UPDATE picture SET large = @Large, small = @Small, width = @Width, height = @Height, fetched_at = @Now,
                           next_try_at = NULL
        WHERE id = @Id
        """;

    private const string Retry = "UPDATE picture SET attempts = attempts + 1, next_try_at = @NextTryAt WHERE id = @Id";

    private const string Stories = "SELECT id FROM story WHERE picture_id = @Id";

    public async Task<IReadOnlyList<DuePicture>> FindDueAsync(
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<DueRow>(Due, new { Now = now.Ms(), Limit = limit }),
            cancellationToken
        );
        return [.. rows.Select(row => new DuePicture(row.Id, new Uri(row.SourceUrl), (int)row.Attempts))];
    }

    /// <param name="picture">Which picture.</param>
    /// <param name="encoded">Null where it could not be had.</param>
    /// <param name="now">The instant of the write.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task SaveAsync(
        DuePicture picture,
        EncodedPictures? encoded,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (encoded is null)
        {
            var next =
                picture.Attempts + 1 < MaxAttempts
                    ? now + FirstPause * (1 << (picture.Attempts + 1))
                    : (DateTimeOffset?)null;
            await database.WriteAsync(
                connection => (Task)connection.ExecuteAsync(Retry, new { picture.Id, NextTryAt = next?.Ms() }),
                cancellationToken
            );
            return;
        }

        var stories = await database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    Save,
                    new
                    {
                        picture.Id,
                        Large = encoded.Page.Bytes.ToArray(),
                        Small = encoded.Card.Bytes.ToArray(),
                        encoded.Page.Width,
                        encoded.Page.Height,
                        Now = now.Ms(),
                    }
                );
                var shown = (await connection.QueryAsync<long>(Stories, new { picture.Id })).AsList();
                foreach (var story in shown)
                {
                    await StoryCards.EditPictureAsync(connection, new StoryId(story), now);
                }

                return shown;
            },
            cancellationToken
        );
        foreach (var story in stories)
        {
            live.Publish(new LiveUpdate(null, new StoryId(story)));
        }
    }

    private sealed class DueRow
    {
        public required long Id { get; init; }
        public required string SourceUrl { get; init; }
        public required long Attempts { get; init; }
    }
}

/// <summary>A picture to be fetched.</summary>
internal sealed record DuePicture(long Id, Uri Url, int Attempts);
