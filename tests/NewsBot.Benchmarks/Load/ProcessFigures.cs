using System.Globalization;

namespace NewsBot.Benchmarks.Load;

/// <summary>What Linux tells of a process. Source: https://man7.org/linux/man-pages/man5/proc.5.html</summary>
/// <param name="Parent">Whose child it is.</param>
/// <param name="ProcessorTime">Of all its threads.</param>
/// <param name="OfEnded">That of its children that have ended.</param>
internal sealed record ProcessFigures(int Parent, TimeSpan ProcessorTime, TimeSpan OfEnded)
{
    // Linux tells it in hundredths of a second on every machine .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static ProcessFigures Of(int process) => Read(File.ReadAllText($"/proc/{process}/stat"));

    /// <summary>Processor time of a process, its children and those of them that have ended.</summary>
    public static TimeSpan FamilyOf(int process)
    {
        var own = Of(process);
        var all = own.ProcessorTime + own.OfEnded;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var other)
                && TryRead(other) is { } child
                && child.Parent == process
            )
            {
                all += child.ProcessorTime;
            }
        }

        return all;
    }

    /// <summary>Bytes that a process has handed to its disks.</summary>
    public static long WrittenBy(int process) =>
        long.Parse(
            File.ReadLines($"/proc/{process}/io")
                .First(line => line.StartsWith("write_bytes:", StringComparison.Ordinal))
                .AsSpan("write_bytes:".Length),
            CultureInfo.InvariantCulture
        );

    private static ProcessFigures? TryRead(int process)
    {
        try
        {
            return Of(process);
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }

    private static ProcessFigures Read(string text)
    {
        // The name before it may hold blanks.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessFigures((int)Number(1), Tick * (Number(11) + Number(12)), Tick * (Number(13) + Number(14)));

        long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
    }
}
