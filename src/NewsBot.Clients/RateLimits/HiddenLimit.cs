namespace NewsBot.Clients.RateLimits;

/// <summary>
/// A limit that no answer announces and only a refusal shows, such as renaming a channel twice in ten minutes. What the
/// first refusal tells (so many calls, so long a window) keeps later calls from running into a second one.
/// </summary>
internal sealed class HiddenLimit
{
    // The server's clock and ours tick apart, and a refusal costs more than this wait.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(50);

    // A pause this long begins a new count: older calls are hardly the cause of a refusal.
    private static readonly TimeSpan RunGap = TimeSpan.FromMinutes(1);

    // The longest such window known is ten minutes; anything longer is a wrong guess.
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(11);

    // A guess that is no longer true costs a wait; asking again costs one refusal.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private TimeSpan _blockedUntil = TimeSpan.MinValue;
    private TimeSpan _start;
    private TimeSpan _last = TimeSpan.MinValue;
    private TimeSpan _window;
    private TimeSpan _learnedAt;
    private int _count;
    private int _limit;

    /// <summary>How long calls of this kind must wait because one was refused; zero or less for not.</summary>
    public TimeSpan BlockedFor(TimeSpan now) =>
        _blockedUntil == TimeSpan.MinValue ? TimeSpan.Zero : _blockedUntil - now;

    public bool IsIdle(TimeSpan now) => _blockedUntil <= now && (_limit == 0 || now > _learnedAt + Memory);

    public TimeSpan ReadyAt(TimeSpan now)
    {
        if (now < _blockedUntil)
        {
            return _blockedUntil;
        }

        if (now > _learnedAt + Memory)
        {
            _limit = 0;
        }

        return _limit > 0 && _count >= _limit && now < _start + _window + Margin ? _start + _window + Margin : now;
    }

    public void Take(TimeSpan now)
    {
        var isOver = _limit > 0 ? now >= _start + _window : _last == TimeSpan.MinValue || now > _last + RunGap;
        if (_count == 0 || isOver)
        {
            _start = now;
            _count = 0;
        }

        _last = now;
        _count++;
    }

    /// <summary>Another's limit: it says nothing about how many calls we may make.</summary>
    public void Block(TimeSpan until) => _blockedUntil = _blockedUntil > until ? _blockedUntil : until + Margin;

    public void Refuse(TimeSpan sentAt, TimeSpan retryAfter, TimeSpan now)
    {
        if (now < _blockedUntil)
        {
            // Sent side by side with the first refused one, and wrongly counted as allowed then.
            _limit = _limit > 1 ? _limit - 1 : _limit;
        }
        else if (sentAt >= _start)
        {
            var window = now + retryAfter - _start;
            _limit = _count > 1 && window <= LongestWindow ? _count - 1 : 0;
            _window = window;
            _learnedAt = now;
        }

        _count = 0;
        Block(now + retryAfter);
    }
}
