using System.Runtime.InteropServices;

namespace NewsBot.Scheduling;

/// <summary>
/// Gives memory back to the system once a burst of news is over. The collector and the C library both keep what a burst
/// needed, in case there is another one soon; between two polls that is most of what the process holds.
/// </summary>
internal sealed class GiveBackMemory(TimeProvider time) : BackgroundService
{
    // A full collection stops everything for some ten milliseconds; these keep it rare and out of busy times.
    private const long Quiet = 8 * 1024 * 1024;
    private const long Worthwhile = 48 * 1024 * 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    /// <summary>Whether now is the time. Pure.</summary>
    /// <param name="allocatedLately">Bytes allocated since the last look.</param>
    /// <param name="allocatedInAll">Bytes allocated since memory was given back.</param>
    public static bool IsDue(long allocatedLately, long allocatedInAll) =>
        allocatedLately < Quiet && allocatedInAll >= Worthwhile;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var before = 0L;
        var givenBackAt = 0L;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = GC.GetTotalAllocatedBytes();
            if (IsDue(now - before, now - givenBackAt))
            {
                GiveBack();
                givenBackAt = now;
            }

            before = now;
        }
    }

    private static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = TrimHeap(0);
            }
            catch (EntryPointNotFoundException)
            {
                // Only glibc has it, and only glibc needs it.
            }
        }
    }

    /// <summary>Source: https://man7.org/linux/man-pages/man3/malloc_trim.3.html</summary>
    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nuint pad);
}
