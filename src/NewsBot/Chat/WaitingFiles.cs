using NewsBot.Commands;

namespace NewsBot.Chat;

/// <summary>Files that came with a command and wait with it to be confirmed. Kept in memory: after a restart they are attached again.</summary>
internal sealed class WaitingFiles(TimeProvider time)
{
    // Each is up to 4 MiB, and few admins import at the same time.
    private const int MostFiles = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ReadOnlyMemory<byte> Bytes, DateTimeOffset At)> _files = new(
        StringComparer.Ordinal
    );

    public void Keep(string code, ReadOnlyMemory<byte> bytes)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var (old, file) in _files.OrderBy(pair => pair.Value.At).ToList())
            {
                if (now - file.At > Changes.ConfirmWithin || _files.Count >= MostFiles)
                {
                    _files.Remove(old);
                }
            }

            _files[code] = (bytes, now);
        }
    }

    /// <returns>Null where no file waits under the code.</returns>
    public ReadOnlyMemory<byte>? Take(string code)
    {
        lock (_lock)
        {
            return _files.Remove(code, out var file) ? file.Bytes : null;
        }
    }
}
