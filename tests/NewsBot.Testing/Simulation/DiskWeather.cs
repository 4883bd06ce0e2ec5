using System.Buffers;

namespace NewsBot.Testing.Simulation;

/// <summary>What a disk does when it is asked. Its results are those of SQLite.</summary>
/// <param name="weather">How bad things are.</param>
/// <param name="seed">Makes the same accesses go wrong again.</param>
internal sealed class DiskWeather(Weather weather, int seed)
{
    public const int Ok = 0;

    // Source: https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Full = 13;
    private const int ReadFailed = 266;
    private const int WriteFailed = 778;
    private const int SyncFailed = 1034;

    // Source: https://sqlite.org/fileformat2.html#b_tree_pages
    private static readonly SearchValues<byte> TreePages = SearchValues.Create(2, 5, 10, 13);
    private const int SmallestPage = 512;

    private readonly Random _random = new(seed);

    /// <summary>For how many more writes the disk is full or cannot be written; it then can again.</summary>
    public int Troubled { get; set; }

    /// <summary>Whether the trouble is a disk that cannot be written at all, and not a full one.</summary>
    public bool IsReadOnly { get; set; }

    public int Read() => Draw(weather.Disk / 20) ? Count("disk read fails", ReadFailed) : Ok;

    /// <summary>
    /// Now and then gives a page of a table or an index back as something that is none, which SQLite notices when it comes to
    /// use it. What the other pages hold it does not check.
    /// </summary>
    /// <param name="page">What was read.</param>
    /// <param name="at">Where from.</param>
    public void Ruin(Span<byte> page, long at)
    {
        if (at > 0 && page.Length >= SmallestPage && TreePages.Contains(page[0]) && Draw(weather.Disk / 100))
        {
            weather.Count("page ruined");
            page[0] = byte.MaxValue;
        }
    }

    public int Write()
    {
        if (Troubled > 0)
        {
            Troubled--;
            return IsReadOnly ? Count("disk read-only", ReadOnly) : Count("disk full", Full);
        }

        return !Draw(weather.Disk) ? Ok
            : _random.Next(2) == 0 ? Count("disk full", Full)
            : Count("disk write fails", WriteFailed);
    }

    public int Sync() => Draw(weather.Disk) ? Count("disk sync fails", SyncFailed) : Ok;

    // Every time the lock is held by another costs SQLite's driver a tenth of a second of real time.
    public int Lock() => Draw(weather.Disk / 20) ? Count("database locked", Busy) : Ok;

    private bool Draw(double rate) => rate > 0 && _random.NextDouble() < rate;

    private int Count(string what, int code)
    {
        weather.Count(what);
        return code;
    }
}
