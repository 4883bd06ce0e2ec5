using Dapper;
using NewsBot.Core.Stories;
using NewsBot.Fetching;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat;

/// <summary>
/// Copies pictures of comments soon after they came, because a platform's addresses end. They are encoded anew, so that
/// nothing but the picture is kept: no place, no camera, no name.
/// </summary>
internal sealed partial class AttachmentCopier(
    Database database,
    IEnumerable<IAttachmentSource> sources,
    LiveUpdates live,
    TimeProvider time,
    ILogger<AttachmentCopier> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // One round copies so many, so that a stop never waits long.
    private const int Batch = 10;

    // A minute, two, four, eight: within the day for which the addresses last.
    private const int MaxAttempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    private const string Due = """
        SELECT a.id, a.source_url AS Url, a.attempts, w.platform, w.external_id AS Workspace
        FROM attachment a JOIN comment c ON c.id = a.comment_id JOIN channel ch ON ch.id = c.channel_id
        JOIN workspace w ON w.id = ch.workspace_id
        WHERE a.state = 'waiting' AND a.next_try_at <= @Now AND w.platform IN @Platforms
        ORDER BY a.next_try_at, a.id LIMIT @Batch
        """;

    private const string Keep = """
        UPDATE attachment
        SET state = 'kept', bytes = @Bytes, width = @Width, height = @Height, source_url = NULL, next_try_at = NULL
        WHERE id = @Id
        """;

    private const string Name =
        "UPDATE attachment SET state = 'named', source_url = NULL, next_try_at = NULL WHERE id = @Id";

    private const string Retry = "UPDATE attachment SET attempts = attempts + 1, next_try_at = @At WHERE id = @Id";

    private const string StoryOf = """
        SELECT c.story_id FROM attachment a JOIN comment c ON c.id = a.comment_id WHERE a.id = @Id
        """;

    private readonly Dictionary<string, IAttachmentSource> _sources = sources.ToDictionary(
        source => source.Platform,
        StringComparer.Ordinal
    );

    /// <summary>Copies what is due now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var parameters = new
        {
            Now = time.GetUtcNow().Ms(),
            Batch,
            Platforms = Among.Of(_sources.Keys),
        };
        var due = await database.ReadAsync(
            connection => connection.QueryAsync<DueRow>(Due, parameters),
            cancellationToken
        );
        foreach (var file in due)
        {
            await CopyAsync(file, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CopyAsync(DueRow file, CancellationToken cancellationToken)
    {
        var download = Uri.TryCreate(file.Url, UriKind.Absolute, out var url)
            ? await _sources[file.Platform]
                .DownloadAsync(file.Workspace, url, PictureEncoder.MaxBytes, cancellationToken)
            : new AttachmentDownload.Never();
        if (download is AttachmentDownload.Done done)
        {
            await SaveAsync(file, PictureEncoder.Encode(done.Bytes, PictureEncoder.PageWidth), cancellationToken);
        }
        else
        {
            await PutOffAsync(file, download is AttachmentDownload.Later, cancellationToken);
        }
    }

    private async Task PutOffAsync(DueRow file, bool mayCome, CancellationToken cancellationToken)
    {
        if (!mayCome || file.Attempts + 1 >= MaxAttempts)
        {
            await SaveAsync(file, null, cancellationToken);
            return;
        }

        var at = (time.GetUtcNow() + FirstPause * (1 << (int)file.Attempts)).Ms();
        await database.WriteAsync(
            connection => (Task)connection.ExecuteAsync(Retry, new { file.Id, At = at }),
            cancellationToken
        );
    }

    private async Task SaveAsync(DueRow file, EncodedPicture? picture, CancellationToken cancellationToken)
    {
        var story = await database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    picture is null ? Name : Keep,
                    new
                    {
                        file.Id,
                        Bytes = picture?.Bytes.ToArray(),
                        picture?.Width,
                        picture?.Height,
                    }
                );
                return await connection.ExecuteScalarAsync<long?>(StoryOf, new { file.Id });
            },
            cancellationToken
        );
        if (story is { } id)
        {
            live.Publish(new LiveUpdate(null, new StoryId(id)));
        }
    }

    [LoggerMessage(LogLevel.Error, "Copying attachments broke; it goes on with the next tick")]
    private partial void LogBroken(Exception error);

    private sealed class DueRow
    {
        public required long Id { get; init; }
        public required string Url { get; init; }
        public required long Attempts { get; init; }
        public required string Platform { get; init; }
        public required string Workspace { get; init; }
    }
}
