using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Humans;

/// <summary>One thing a human asked of the bot, and what came back.</summary>
public sealed class FakeExchange
{
    private readonly FakeDiscordState _state;
    private readonly StoredInteraction _interaction;

    internal FakeExchange(FakeDiscordState state, StoredInteraction interaction)
    {
        _state = state;
        _interaction = interaction;
    }

    /// <summary>The interaction.</summary>
    public ulong Id => _interaction.Id;

    /// <summary>All that came back so far, as the inbox shows it, oldest first.</summary>
    public IReadOnlyList<JsonObject> Answers
    {
        get
        {
            lock (_state.Sync)
            {
                return [.. Entries().Select(_state.InboxEntry)];
            }
        }
    }

    internal StoredInteraction Interaction => _interaction;

    /// <summary>
    /// Waits for the first real answer: a message, an update, a modal, choices, or a failure; "is thinking" is none.
    /// </summary>
    public Task<JsonObject> AnswerAsync(CancellationToken cancellationToken) => AnswerAsync(1, cancellationToken);

    /// <summary>Waits for an answer by its place.</summary>
    /// <param name="number">1 is the first, 2 the first that follows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonObject> AnswerAsync(int number, CancellationToken cancellationToken)
    {
        await _state.WaitAsync(() => Real().Skip(number - 1).Any(), cancellationToken);
        lock (_state.Sync)
        {
            return _state.InboxEntry(Real().ElementAt(number - 1));
        }
    }

    private IEnumerable<StoredInboxEntry> Real() =>
        Entries().Where(entry => entry.Kind is not ("deferred" or "acknowledged"));

    private IEnumerable<StoredInboxEntry> Entries() =>
        (_state.World.Inboxes.GetValueOrDefault(_interaction.UserId) ?? []).Where(entry =>
            entry.InteractionId == _interaction.Id
        );
}
