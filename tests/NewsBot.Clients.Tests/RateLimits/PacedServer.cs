using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Tests.RateLimits;

/// <summary>A server with a pace for each channel and a count over all, which its answers do not tell; in virtual time.</summary>
/// <param name="step">How long one call of a channel is saved up.</param>
/// <param name="burst">How many may be saved up.</param>
/// <param name="perMinute">Over all; its minute begins with a call.</param>
internal sealed class PacedServer(TimeSpan step, int burst, int perMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, TimeSpan> _paid = [];
    private TimeSpan _minuteEnds = TimeSpan.MinValue;
    private int _inMinute;

    public int Served { get; private set; }

    public int Refused { get; private set; }

    public LimitSignal Arrive(CallKind kind, TimeSpan now)
    {
        if (now >= _minuteEnds)
        {
            _minuteEnds = now + Minute;
            _inMinute = 0;
        }

        var paid = _paid.GetValueOrDefault(kind.Major);
        paid = (paid > now ? paid : now) + step;
        if (paid - now > step * burst)
        {
            return Refuse(paid - now - (step * burst));
        }

        if (_inMinute >= perMinute)
        {
            return Refuse(_minuteEnds - now);
        }

        _paid[kind.Major] = paid;
        _inMinute++;
        Served++;
        return new LimitSignal { IsAnswer = true };
    }

    /// <summary>How long it takes to serve so many calls in each of so many channels at the very least.</summary>
    public TimeSpan Optimum(int channels, int each)
    {
        var byChannel = step * Math.Max(0, each - burst);
        var byMinute = Minute * ((((channels * each) + perMinute - 1) / perMinute) - 1);
        return byChannel > byMinute ? byChannel : byMinute;
    }

    private LimitSignal Refuse(TimeSpan wait)
    {
        Refused++;
        var seconds = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
        return new LimitSignal { Refusal = new LimitRefusal(LimitScope.User, seconds) };
    }
}
