using NewsBot.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Chat;

/// <summary>Files that came with a command and wait with it to be confirmed. Kept in memory: after a restart they are attached again.</summary>
internal sealed class WaitingFiles(TimeProvider time)
{
    // Each is up to 4 MiB, and few admins import at the same time.
    private const int MostFiles = 8;

    private readonly Lock _lock = new();

    // By whose change it is as well: somebody else's guess at a code must not take the file away.
    private readonly Dictionary<
        (MemberId Asker, string Code),
        (ReadOnlyMemory<byte> Bytes, DateTimeOffset At)
    > _files = [];

    /// <param name="asker">Whose change the file waits with.</param>
    /// <param name="code">As shown.</param>
    /// <param name="bytes">What is in it.</param>
    public void Keep(MemberId asker, string code, ReadOnlyMemory<byte> bytes)
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

            _files[(asker, code)] = (bytes, now);
        }
    }

    /// <returns>Null where no file of theirs waits under the code.</returns>
    public ReadOnlyMemory<byte>? Take(MemberId asker, string code)
    {
        lock (_lock)
        {
            return _files.Remove((asker, code), out var file) ? file.Bytes : null;
        }
    }
}
