using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Tests.RateLimits;

/// <summary>Plays calls through a table against a model of the server, event by event.</summary>
/// <param name="table">The one tested.</param>
/// <param name="arrive">The other side: what it says to a call.</param>
/// <param name="latency">How long a call, and then its answer, is on its way; asked for each.</param>
internal sealed class VirtualRun(LimitTable table, Func<CallKind, TimeSpan, LimitSignal> arrive, Func<TimeSpan> latency)
{
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> _events = new();
    private int _order;
    private TimeSpan? _wake;

    public TimeSpan Now { get; private set; }

    /// <summary>When each call was answered well, in that order.</summary>
    public List<(CallKind Kind, long Sequence, TimeSpan SentAt, TimeSpan At)> Done { get; } = [];

    public void Ask(CallKind kind, TimeSpan at) =>
        At(
            at,
            () =>
            {
                table.Enqueue(kind, Now);
                Pump();
            }
        );

    /// <returns>When the last answer came.</returns>
    public TimeSpan Play()
    {
        while (_events.TryDequeue(out var step, out var due))
        {
            Now = due.At;
            step();
        }

        return Done.Count == 0 ? Now : Done[^1].At;
    }

    private void At(TimeSpan at, Action step) => _events.Enqueue(step, (at, _order++));

    private void Pump()
    {
        TimeSpan? wakeAt;
        while (table.TryTake(Now, out wakeAt) is { } ticket)
        {
            At(Now + latency(), () => Arrive(ticket));
        }

        if (wakeAt is { } wake && (_wake is null || wake < _wake || _wake <= Now))
        {
            _wake = wake;
            At(wake, Pump);
        }
    }

    private void Arrive(CallTicket ticket)
    {
        var signal = arrive(ticket.Queue.Kind, Now);
        At(
            Now + latency(),
            () =>
            {
                table.End(ticket, signal, Now);
                if (signal.Refusal is null)
                {
                    Done.Add((ticket.Queue.Kind, ticket.Sequence, ticket.SentAt, Now));
                }
                else
                {
                    table.Again(ticket, Now);
                }

                Pump();
            }
        );
    }
}
