using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>What a process holds at one moment. Linux only.</summary>
/// <param name="At">Since the beginning, by the newsroom's clock.</param>
/// <param name="ResidentBytes">Memory in the machine.</param>
/// <param name="HeapBytes">Managed objects, those that nobody needs any more among them.</param>
/// <param name="Handles">Open files, sockets and the like.</param>
/// <param name="Threads">Of all kinds.</param>
/// <param name="DatabaseBytes">The database file.</param>
/// <param name="LogBytes">The log beside it.</param>
internal sealed record SoakSample(
    TimeSpan At,
    long ResidentBytes,
    long HeapBytes,
    long Handles,
    long Threads,
    long DatabaseBytes,
    long LogBytes
)
{
    /// <summary>Stories there are by then.</summary>
    public long Stories { get; init; }

    /// <summary>Looks at a process now.</summary>
    /// <param name="at">By the newsroom's clock.</param>
    /// <param name="process">Its id.</param>
    /// <param name="database">Its database file.</param>
    /// <param name="heapFile">Where it says how large its heap is.</param>
    public static SoakSample Take(TimeSpan at, int process, string database, string heapFile)
    {
        var status = File.ReadAllLines($"/proc/{process}/status");
        return new SoakSample(
            at,
            Field(status, "VmRSS:") * 1_024,
            Heap(heapFile),
            Directory.GetFiles($"/proc/{process}/fd").LongLength,
            Field(status, "Threads:"),
            Length(database),
            Length(database + "-wal")
        );
    }

    private static long Field(string[] status, string name) =>
        long.Parse(
            Array
                .Find(status, line => line.StartsWith(name, StringComparison.Ordinal))!
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        );

    private static long Heap(string file)
    {
        try
        {
            return long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        }
        catch (IOException)
        {
            // It is being written.
            return 0;
        }
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
