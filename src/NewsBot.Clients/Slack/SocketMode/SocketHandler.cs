using Microsoft.Extensions.Logging;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>
/// Hands envelopes to the owner's handler and acknowledges them over the socket they came by: events one after the other,
/// what people wait for at once and beside them. What the handler throws never ends a connection.
/// </summary>
internal sealed partial class SocketHandler(
    SlackSocketOptions options,
    ISlackSocketHandler handler,
    TimeProvider time,
    ILogger<SocketHandler> logger
)
{
    private readonly Backlog<Delivery> _events = new(
        options.MaxQueuedEvents,
        options.MaxQueuedBytes,
        delivery => delivery.Envelope.Payload.Length
    );
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _interactions = [];

    // The events that wait, by the id that stays the same, each with the newest time it came again.
    private readonly Dictionary<string, Delivery?> _waiting = new(StringComparer.Ordinal);

    /// <summary>Handles events until cancelled, and then waits for what is being answered.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var delivery in _events.Items.ReadAllAsync(cancellationToken))
            {
                await HandleEventAsync(delivery, cancellationToken);
                _events.Done(delivery);
            }
        }
        finally
        {
            Task[] running;
            lock (_gate)
            {
                running = [.. _interactions];
            }

            foreach (var task in running)
            {
                // Waits for its end without taking part in how it ended.
                await Task.WhenAny(task);
            }
        }
    }

    /// <summary>Takes an envelope. Never waits.</summary>
    /// <param name="delivery">The envelope and the way back.</param>
    /// <param name="cancellationToken">Cancelled at shutdown.</param>
    public void Take(Delivery delivery, CancellationToken cancellationToken)
    {
        var envelope = delivery.Envelope;
        if (envelope.Kind == SlackEnvelopeKind.Event)
        {
            TakeEvent(delivery);
            return;
        }

        lock (_gate)
        {
            if (_interactions.Count >= options.MaxInteractions)
            {
                Skip(envelope, "too many are being answered already");
                return;
            }

            var task = AnswerAsync(delivery, cancellationToken);
            if (!task.IsCompleted)
            {
                _interactions.Add(task);
                _ = task.ContinueWith(
                    Forget,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
            }
        }
    }

    public void Report(SlackSocketState state)
    {
        try
        {
            handler.OnState(state);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogReportFailed(error);
        }
    }

    private void TakeEvent(Delivery delivery)
    {
        var envelope = delivery.Envelope;
        var id = EventName.Of(envelope.Payload);
        lock (_gate)
        {
            if (id is not null && _waiting.ContainsKey(id))
            {
                // It has its place already; this delivery only wants to be acknowledged with it.
                _waiting[id] = delivery with
                {
                    Envelope = envelope with { Payload = default },
                };
                return;
            }

            if (_events.HasRoom(envelope.Payload.Length))
            {
                if (id is not null)
                {
                    _waiting[id] = null;
                }

                _events.Add(delivery);
                return;
            }
        }

        Skip(envelope, "the handler does not keep up");
    }

    private Delivery? NoLongerWaiting(Delivery delivery)
    {
        lock (_gate)
        {
            return EventName.Of(delivery.Envelope.Payload) is { } id && _waiting.Remove(id, out var again)
                ? again
                : null;
        }
    }

    private void Forget(Task task)
    {
        lock (_gate)
        {
            _interactions.Remove(task);
        }
    }

    private async Task AnswerAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        // The read loop goes on meanwhile, whatever the handler does before its first wait.
        await Task.Yield();
        if (!await TryHandleAsync(delivery, options.InteractionTimeout, attempt: 0, cancellationToken))
        {
            Skip(delivery.Envelope, "it could not be handled in time");
        }
    }

    /// <summary>
    /// Tries an event until it is stored. One that cannot be is left to Slack, which sends it again: it must not keep
    /// everything behind it from being stored. While nothing at all can be stored, it waits.
    /// </summary>
    private async Task HandleEventAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var delay = options.HandlerRetryDelay;
        for (var attempt = 0; !await TryStoreAsync(delivery, attempt, cancellationToken); attempt++)
        {
            if (attempt >= options.HandlerRetries)
            {
                NoLongerWaiting(delivery);
                Skip(delivery.Envelope, "it could not be handled");
                return;
            }

            await Task.Delay(delay, time, cancellationToken);
            delay *= 4;
        }

        if (
            NoLongerWaiting(delivery) is { } again
            && !await again.AcknowledgeAsync(SocketAck.Make(again.Envelope, null))
        )
        {
            LogAckLost(again.Envelope.Kind);
        }
    }

    private async Task<bool> TryStoreAsync(Delivery delivery, int attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await TryHandleAsync(delivery, options.EventTimeout, attempt, cancellationToken);
            }
            catch (NotNowException)
            {
                await Task.Delay(NotNowException.Pause, time, cancellationToken);
            }
        }
    }

    private async Task<bool> TryHandleAsync(
        Delivery delivery,
        TimeSpan timeout,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        var envelope = delivery.Envelope;
        ReadOnlyMemory<byte> acknowledgement;
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            acknowledgement = SocketAck.Make(envelope, await handler.HandleAsync(envelope, either.Token));
        }
        catch (Exception error)
            when (!cancellationToken.IsCancellationRequested
                && (error is not NotNowException || envelope.Kind != SlackEnvelopeKind.Event)
            )
        {
            LogFailed(error, envelope.Kind, attempt + 1);
            return false;
        }
        if (!await delivery.AcknowledgeAsync(acknowledgement))
        {
            LogAckLost(envelope.Kind);
        }

        return true;
    }

    private void Skip(SlackEnvelope envelope, string reason)
    {
        LogSkipped(envelope.Kind, envelope.RetryAttempt, reason);
        Report(new SlackSocketState.Skipped(envelope.Kind, reason));
    }

    [LoggerMessage(LogLevel.Warning, "{Kind} could not be handled, attempt {Attempt}")]
    private partial void LogFailed(Exception error, SlackEnvelopeKind kind, int attempt);

    [LoggerMessage(LogLevel.Warning, "{Kind} is not acknowledged (delivery {RetryAttempt}): {Reason}")]
    private partial void LogSkipped(SlackEnvelopeKind kind, int retryAttempt, string reason);

    [LoggerMessage(
        LogLevel.Information,
        "The acknowledgement of {Kind} was lost with its connection; it will come again"
    )]
    private partial void LogAckLost(SlackEnvelopeKind kind);

    [LoggerMessage(LogLevel.Warning, "The new state of the sockets could not be told")]
    private partial void LogReportFailed(Exception error);
}

/// <param name="Envelope">What came.</param>
/// <param name="AcknowledgeAsync">Sends over the socket it came by; false where that is gone.</param>
internal readonly record struct Delivery(
    SlackEnvelope Envelope,
    Func<ReadOnlyMemory<byte>, Task<bool>> AcknowledgeAsync
);
