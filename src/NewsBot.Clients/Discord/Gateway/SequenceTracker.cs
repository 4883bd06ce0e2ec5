namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// Knows up to which sequence everything of one session is stored. Events may finish late, come twice or out of order.
/// Thread-safe: the read loop receives, the handler's loop completes.
/// </summary>
/// <param name="stored">Everything up to and including this is stored.</param>
internal sealed class SequenceTracker(long stored)
{
    // How far behind the newest a missing number may lie. Discord counts without gaps, so one that is still missing then
    // was left out for good, and waiting on would make every resume replay for nothing.
    private const int MaxLag = 1_000;

    private readonly Lock _gate = new();

    // Received and wanted, not yet stored.
    private readonly SortedSet<long> _waiting = [];

    // Skipped by a later number, may still come.
    private readonly SortedSet<long> _missing = [];
    private long _highest = stored;

    /// <summary>The highest sequence up to and including which all is stored or was not wanted.</summary>
    public long Stored
    {
        get
        {
            lock (_gate)
            {
                var first = Math.Min(First(_waiting), First(_missing));
                return first == long.MaxValue ? _highest : first - 1;
            }
        }
    }

    /// <summary>The highest sequence received.</summary>
    public long Highest
    {
        get
        {
            lock (_gate)
            {
                return _highest;
            }
        }
    }

    /// <summary>Notes that an event arrived.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="isWanted">True where <see cref="Complete"/> will be called for it.</param>
    /// <returns>False where it came before and must not be handled again.</returns>
    public bool Receive(long sequence, bool isWanted)
    {
        lock (_gate)
        {
            if (sequence <= _highest)
            {
                if (!_missing.Remove(sequence))
                {
                    return false;
                }
            }
            else
            {
                NoteMissing(sequence);
                _highest = sequence;
            }

            if (isWanted)
            {
                _waiting.Add(sequence);
            }

            return true;
        }
    }

    /// <summary>Notes that a wanted event is stored.</summary>
    public void Complete(long sequence)
    {
        lock (_gate)
        {
            _waiting.Remove(sequence);
        }
    }

    /// <summary>Everything missed has been replayed: what is still missing will never come.</summary>
    public void CloseGaps()
    {
        lock (_gate)
        {
            _missing.Clear();
        }
    }

    private static long First(SortedSet<long> numbers) => numbers.Count == 0 ? long.MaxValue : numbers.Min;

    private void NoteMissing(long sequence)
    {
        for (var number = Math.Max(_highest + 1, sequence - MaxLag); number < sequence; number++)
        {
            _missing.Add(number);
        }

        while (_missing.Count > 0 && _missing.Min < sequence - MaxLag)
        {
            _missing.Remove(_missing.Min);
        }
    }
}
