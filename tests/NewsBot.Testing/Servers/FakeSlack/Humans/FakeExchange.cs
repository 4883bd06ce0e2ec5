using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Humans;

/// <summary>One thing a human asked of the app, and what came back.</summary>
public sealed class FakeExchange
{
    private readonly FakeSlackState _state;
    private readonly StoredExchange _exchange;

    internal FakeExchange(FakeSlackState state, StoredExchange exchange)
    {
        _state = state;
        _exchange = exchange;
    }

    /// <summary>Its number.</summary>
    public long Id => _exchange.Id;

    /// <summary>How long the app took to acknowledge it; null where it did not, or not yet.</summary>
    public TimeSpan? AckedAfter
    {
        get
        {
            lock (_state.Sync)
            {
                return _exchange.AckedAfter;
            }
        }
    }

    /// <summary>All that came back so far, as the inbox shows it, oldest first.</summary>
    public IReadOnlyList<JsonObject> Answers
    {
        get
        {
            lock (_state.Sync)
            {
                return [.. Entries().Select(FakeSlackState.InboxEntry)];
            }
        }
    }

    /// <summary>The newest view that it opened and that is still open; null for none.</summary>
    public string? ViewId
    {
        get
        {
            lock (_state.Sync)
            {
                return _state
                    .World.Views.Values.LastOrDefault(view => view.ExchangeId == _exchange.Id && !view.Closed)
                    ?.Id;
            }
        }
    }

    /// <summary>Waits for the first answer: {kind, data}, of the kinds message, view, errors, closed, options, failed.</summary>
    public Task<JsonObject> AnswerAsync(CancellationToken cancellationToken) => AnswerAsync(1, cancellationToken);

    /// <summary>Waits for an answer by its place.</summary>
    /// <param name="number">1 is the first, 2 the first that follows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonObject> AnswerAsync(int number, CancellationToken cancellationToken)
    {
        await _state.WaitAsync(() => Entries().Skip(number - 1).Any(), cancellationToken);
        lock (_state.Sync)
        {
            return FakeSlackState.InboxEntry(Entries().ElementAt(number - 1));
        }
    }

    /// <summary>Waits until the app has acknowledged it, or failed to.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> AckedAsync(CancellationToken cancellationToken)
    {
        await _state.WaitAsync(() => _exchange.Acked || _exchange.Failed, cancellationToken);
        return !_exchange.Failed;
    }

    private IEnumerable<StoredInboxEntry> Entries() =>
        (_state.World.Inboxes.GetValueOrDefault(_exchange.UserId) ?? []).Where(one => one.ExchangeId == _exchange.Id);
}
