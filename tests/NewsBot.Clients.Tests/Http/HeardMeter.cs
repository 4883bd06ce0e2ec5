using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Tests.Http;

/// <summary>Counts calls and keeps what was counted.</summary>
internal sealed class HeardMeter : IDisposable
{
    private readonly Meter _meter = new("heard");
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _outcomes = new();
    private readonly ConcurrentQueue<double> _waits = new();

    public HeardMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) => _outcomes.Enqueue((string)tags.ToArray().Single(tag => tag.Key == "outcome").Value!)
        );
        _listener.SetMeasurementEventCallback<double>((_, wait, _, _) => _waits.Enqueue(wait));
        _listener.Start();
        Calls = new CallMeter(_meter, "here");
    }

    public CallMeter Calls { get; }

    /// <summary>How each try ended.</summary>
    public IReadOnlyList<string> Outcomes => [.. _outcomes];

    /// <summary>How long each try waited before, in seconds.</summary>
    public IReadOnlyList<double> Waits => [.. _waits];

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }
}
