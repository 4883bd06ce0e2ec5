using NewsBot.Testing.Load;

namespace NewsBot.Benchmarks.Load;

/// <summary>All that is counted, at one moment; two of them make a phase.</summary>
internal sealed record LoadMoment(
    long Stamp,
    LoadServed Served,
    TimeSpan Newsroom,
    TimeSpan Database,
    TimeSpan World,
    long Written,
    long Posts
)
{
    public static async Task<LoadMoment> TakeAsync(LoadNewsroom newsroom, LoadWorld world)
    {
        var posts = await newsroom.NumberAsync("SELECT COUNT(*) FROM post WHERE state = 'sent'");
        return new LoadMoment(
            TimeProvider.System.GetTimestamp(),
            await world.ServedAsync(),
            newsroom.ProcessorTime,
            newsroom.DatabaseTime,
            world.ProcessorTime,
            await newsroom.WrittenAsync(),
            posts
        );
    }

    /// <summary>What happened since an earlier moment.</summary>
    public LoadPhase Since(LoadMoment before) =>
        new(
            TimeProvider.System.GetElapsedTime(before.Stamp, Stamp),
            Served.Polls - before.Served.Polls,
            Served.New - before.Served.New,
            Newsroom - before.Newsroom,
            Database - before.Database,
            World - before.World,
            Written - before.Written,
            Posts - before.Posts
        );
}

/// <summary>What happened in a while.</summary>
/// <param name="Wall">How long it took.</param>
/// <param name="Polls">Feeds asked for.</param>
/// <param name="Changed">How many of them had news.</param>
/// <param name="Newsroom">Processor time of the program's processes.</param>
/// <param name="Database">Processor time of a database server.</param>
/// <param name="World">Processor time of the outlets and the Discord.</param>
/// <param name="Written">Bytes the database wrote.</param>
/// <param name="Posts">Messages posted.</param>
internal sealed record LoadPhase(
    TimeSpan Wall,
    long Polls,
    long Changed,
    TimeSpan Newsroom,
    TimeSpan Database,
    TimeSpan World,
    long Written,
    long Posts
)
{
    public double PollsPerSecond => Polls / Wall.TotalSeconds;

    public double PostsPerSecond => Posts / Wall.TotalSeconds;

    /// <summary>Seconds of the program's processor time for 1,000 polls.</summary>
    public double SecondsPerThousand => Newsroom.TotalSeconds * 1_000 / Math.Max(1, Polls);

    /// <summary>The same of the database server.</summary>
    public double DatabaseSecondsPerThousand => Database.TotalSeconds * 1_000 / Math.Max(1, Polls);

    public double WrittenPerSecond => Written / Wall.TotalSeconds;
}
