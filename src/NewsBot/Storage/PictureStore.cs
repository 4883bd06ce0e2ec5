using System.Data.Common;
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

    // One address stands with as many stories at the most before it counts as a placeholder, in each community.
    private const int MaxStories = 200;

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

    private const string Refuse =
        "UPDATE picture SET attempts = attempts + 1, next_try_at = NULL, flaw = @Flaw WHERE id = @Id";

    // Nobody waits for it any more.
    private const string GiveUp = """
        UPDATE picture SET next_try_at = NULL
        WHERE id = @Id AND NOT EXISTS (SELECT 1 FROM story WHERE picture_id = @Id)
        """;

    private const string Stories = "SELECT id FROM story WHERE picture_id = @Id ORDER BY id DESC LIMIT @Limit";

    private const string DueOf = """
        SELECT DISTINCT p.id, p.source_url AS SourceUrl, p.attempts FROM story s JOIN picture p ON p.id = s.picture_id
        WHERE s.id IN @Stories AND p.next_try_at <= @Now
        """;

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
        return [.. rows.Select(row => row.ToDue())];
    }

    /// <summary>Keeps what came of a fetch, and what follows from it for the stories that wanted it.</summary>
    /// <param name="picture">Which picture.</param>
    /// <param name="fetched">What came.</param>
    /// <param name="now">The instant of the write.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>Pictures that are to be fetched now in place of this one.</returns>
    public async Task<IReadOnlyList<DuePicture>> SaveAsync(
        DuePicture picture,
        FetchedPicture fetched,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (shown, next) = await database.WriteAsync(
            async connection =>
            {
                var stories = (await connection.QueryAsync<long>(Stories, new { picture.Id, Limit = MaxStories }))
                    .Select(id => new StoryId(id))
                    .ToList();
                var flaw = stories.Count == 0 ? null : FlawOf(fetched);
                if (fetched.Encoded is { } encoded && flaw is null)
                {
                    await KeepAsync(connection, picture.Id, encoded, now);
                    foreach (var story in stories)
                    {
                        await StoryCards.EditPictureAsync(connection, story, now);
                    }

                    return (stories, []);
                }

                await (
                    flaw is null
                        ? connection.ExecuteAsync(Retry, new { picture.Id, NextTryAt = NextTry(picture, now)?.Ms() })
                        : connection.ExecuteAsync(Refuse, new { picture.Id, Flaw = flaw.ToString() })
                );
                return await MoveOnAsync(connection, picture, stories, now);
            },
            cancellationToken
        );
        foreach (var story in shown)
        {
            live.Publish(new LiveUpdate(null, story));
        }

        return next;
    }

    private static PictureFlaw? FlawOf(FetchedPicture fetched) =>
        fetched switch
        {
            { Encoded: { } encoded } => encoded.IsBlank
                ? PictureFlaw.Blank
                : new PictureSize(encoded.Page.Width, encoded.Page.Height).Flaw,
            { IsHad: true } => PictureFlaw.Unreadable,
            _ => null,
        };

    private static DateTimeOffset? NextTry(DuePicture picture, DateTimeOffset now) =>
        picture.Attempts + 1 < MaxAttempts ? now + FirstPause * (1 << (picture.Attempts + 1)) : null;

    private static Task KeepAsync(DbConnection connection, long id, EncodedPictures encoded, DateTimeOffset now) =>
        connection.ExecuteAsync(
            Save,
            new
            {
                Id = id,
                Large = encoded.Page.Bytes.ToArray(),
                Small = encoded.Card.Bytes.ToArray(),
                encoded.Page.Width,
                encoded.Page.Height,
                Now = now.Ms(),
            }
        );

    /// <summary>Gives the stories that wanted a picture that is none, or cannot be had now, the next best.</summary>
    private static async Task<(List<StoryId> Changed, IReadOnlyList<DuePicture> Next)> MoveOnAsync(
        DbConnection connection,
        DuePicture picture,
        List<StoryId> stories,
        DateTimeOffset now
    )
    {
        List<StoryId> changed = [];
        foreach (var story in stories)
        {
            if (await StoryPictures.ChooseAsync(connection, story, now))
            {
                changed.Add(story);
                await StoryCards.DropPictureAsync(connection, story, now);
                await StoryCards.EditPictureAsync(connection, story, now, onlyIfHere: true);
            }
        }

        if (changed.Count == 0)
        {
            return ([], []);
        }

        await connection.ExecuteAsync(GiveUp, new { picture.Id });
        var rows = await connection.QueryAsync<DueRow>(
            DueOf,
            new { Now = now.Ms(), Stories = Among.Of(changed.Select(story => story.Value)) }
        );
        return (changed, [.. rows.Select(row => row.ToDue())]);
    }

    private sealed class DueRow
    {
        public required long Id { get; init; }
        public required string SourceUrl { get; init; }
        public required long Attempts { get; init; }

        public DuePicture ToDue() => new(Id, new Uri(SourceUrl), (int)Attempts);
    }
}

/// <summary>A picture to be fetched.</summary>
internal sealed record DuePicture(long Id, Uri Url, int Attempts);
