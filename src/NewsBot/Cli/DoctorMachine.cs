using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dapper;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Cli;

/// <summary>The doctor's look at the machine: folder, disk, clock, port.</summary>
internal static class DoctorMachine
{
    // Below the first the next day may fail, below the second the next hour.
    private const long LittleSpace = 1_000_000_000;
    private const long NoSpace = 100_000_000;

    private static readonly DateTimeOffset Earliest = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<Finding> Folder(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } above)
        {
            existing = above;
        }

        var isWritable = true;
        var probe = Path.Combine(existing, $".newsbot-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            isWritable = false;
        }

        yield return isWritable
            ? Finding.Well($"Folder: {folder} can be written")
            : Finding.Wrong(
                $"Folder: {existing} cannot be written",
                "Give this user the right to write there, or name another folder with --data."
            );
        var free = new DriveInfo(existing).AvailableFreeSpace;
        var words = string.Create(CultureInfo.InvariantCulture, $"Disk: {free / 1e9:N1} GB free");
        yield return free switch
        {
            < NoSpace => Finding.Wrong(words, "Make room before the database can no longer be written."),
            < LittleSpace => Finding.Note(words, "Make room soon."),
            _ => Finding.Well(words),
        };
    }

    public static async Task<Finding> ClockAsync(
        IServiceProvider services,
        bool isWhole,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string Remedy = "Set the clock, best by NTP: schedules, ages and order depend on it.";
        var words = string.Create(CultureInfo.InvariantCulture, $"Clock: {now:yyyy-MM-dd HH:mm:ss} UTC");
        var newest = isWhole
            ? await services
                .GetRequiredService<Database>()
                .ReadAsync(
                    connection => connection.ExecuteScalarAsync<long?>("SELECT MAX(seen_at) FROM entry"),
                    cancellationToken
                )
            : null;
        return now < Earliest ? Finding.Wrong(words + ", which is long ago", Remedy)
            : newest is { } at && Instants.At(at) > now.AddMinutes(5)
                ? Finding.Wrong(
                    $"{words}, but something was taken in at {Instants.At(at):yyyy-MM-dd HH:mm:ss}, which is later",
                    Remedy
                )
            : Finding.Well(words);
    }

    public static Finding Listener(WebOptions web)
    {
        var url = new Uri(web.Url);
        try
        {
            using var listener = new TcpListener(url.IsLoopback ? IPAddress.Loopback : IPAddress.Any, url.Port);
            listener.Start();
            return Finding.Well($"Web: {web.Url} is free to listen on");
        }
        catch (SocketException error)
        {
            return Finding.Note(
                $"Web: something listens on {web.Url} already ({error.SocketErrorCode})",
                "That is right if NewsBot runs. Else stop the other program, or choose another address with --Web:Url=http://127.0.0.1:5081"
            );
        }
    }
}
