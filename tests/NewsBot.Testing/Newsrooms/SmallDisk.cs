using System.Diagnostics;
using System.Globalization;

namespace NewsBot.Testing.Newsrooms;

/// <summary>
/// A disk that gets full: a small file system of its own where this user may mount one, else a folder in which a process
/// may write no longer files than there are.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-disk-").FullName;

    private SmallDisk(int megabytes) => IsMounted = TryMount(_folder, megabytes);

    /// <summary>Whether it is a file system of its own; else its fullness shows as a refusal to write.</summary>
    public bool IsMounted { get; }

    /// <summary>A folder on it.</summary>
    public string Folder => _folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Makes one.</summary>
    /// <param name="megabytes">How much there is room for.</param>
    public static SmallDisk Make(int megabytes) => new(megabytes);

    /// <summary>Fills it to the last byte.</summary>
    /// <param name="process">Who is to notice.</param>
    public void Fill(int process)
    {
        if (!IsMounted)
        {
            Limit(process, "0");
            return;
        }

        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1024 * 1024; size >= 512; size /= 2)
        {
            var bytes = new byte[size];
            try
            {
                // Never longer than the disk; ends with the exception.
                while (filler.Length < long.MaxValue)
                {
                    filler.Write(bytes);
                }
            }
            catch (IOException)
            {
                // There is no room for so much; for half of it there may be.
            }
        }
    }

    /// <summary>Makes room on it.</summary>
    /// <param name="process">Who is to notice.</param>
    public void MakeRoom(int process)
    {
        if (IsMounted)
        {
            File.Delete(Filler);
        }
        else
        {
            Limit(process, "unlimited");
        }
    }

    /// <summary>Limits how long a file a process may write: what is longer fails with an error of the system.</summary>
    /// <param name="process">Its id.</param>
    /// <param name="bytes">A number, or "unlimited". Only the soft limit is set.</param>
    public static void Limit(int process, string bytes) =>
        Run("prlimit", "--pid", process.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:");

    public void Dispose()
    {
        if (IsMounted)
        {
            // Lazily: whoever was killed a moment ago may still hold a file.
            Run("umount", "-l", _folder);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static bool TryMount(string folder, int megabytes)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        try
        {
            Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error}");
        }
    }
}
