using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Humans;

/// <content>What they ask of the app: commands, buttons, menus, shortcuts and modals.</content>
public sealed partial class FakeHuman
{
    /// <summary>Types a slash command. They cannot be used in threads.</summary>
    /// <param name="command">Such as /news.</param>
    /// <param name="text">What stands behind it.</param>
    /// <param name="channel">A channel they are in.</param>
    /// <returns>To wait for answers with.</returns>
    /// <exception cref="FakeApiException">They may not.</exception>
    public FakeExchange Slash(string command, string text, string channel) =>
        Ask(state => Questions.Slash(state, _user, command, text, channel));

    /// <summary>Types a slash command and waits for the first answer.</summary>
    /// <returns>{kind, data}: a message, a view, or a failure.</returns>
    public Task<JsonObject> SlashAsync(
        string command,
        string text,
        string channel,
        CancellationToken cancellationToken
    ) => Slash(command, text, channel).AnswerAsync(cancellationToken);

    /// <summary>Clicks a button of a message.</summary>
    public FakeExchange Click(string channel, string ts, string actionId) => Choose(channel, ts, actionId, null);

    /// <summary>Clicks a button of a message and waits for the first answer.</summary>
    public Task<JsonObject> ClickAsync(
        string channel,
        string ts,
        string actionId,
        CancellationToken cancellationToken
    ) => Click(channel, ts, actionId).AnswerAsync(cancellationToken);

    /// <summary>Chooses from a menu of a message.</summary>
    public FakeExchange Choose(string channel, string ts, string actionId, JsonNode? value) =>
        Ask(state =>
        {
            var message = Questions.Message(state, _user, channel, ts);
            return Questions.Act(state, _user, new ActionPlace(message, null), actionId, value);
        });

    /// <summary>Clicks a button or chooses from a menu of an open modal.</summary>
    public FakeExchange ActInView(string viewId, string actionId, JsonNode? value = null) =>
        Ask(state =>
        {
            var view = Questions.Open(state, _user, viewId);
            return Questions.Act(state, _user, new ActionPlace(null, view), actionId, value);
        });

    /// <summary>Types in a menu of an open modal whose choices the app offers.</summary>
    /// <returns>Whose answer is of the kind "options".</returns>
    public FakeExchange TypeInMenu(string viewId, string actionId, string typed) =>
        Ask(state =>
        {
            var view = Questions.Open(state, _user, viewId);
            return Questions.Suggest(state, _user, new ActionPlace(null, view), actionId, typed);
        });

    /// <summary>Uses a shortcut on a message.</summary>
    public FakeExchange Shortcut(string channel, string ts, string callbackId) =>
        Ask(state =>
        {
            var message = Questions.Message(state, _user, channel, ts);
            return Questions.Shortcut(state, _user, message, callbackId);
        });

    /// <summary>Uses a shortcut on a message and waits for the first answer.</summary>
    public Task<JsonObject> ShortcutAsync(
        string channel,
        string ts,
        string callbackId,
        CancellationToken cancellationToken
    ) => Shortcut(channel, ts, callbackId).AnswerAsync(cancellationToken);

    /// <summary>Uses a shortcut of the whole workspace.</summary>
    public FakeExchange GlobalShortcut(string callbackId) =>
        Ask(state => Questions.Shortcut(state, _user, message: null, callbackId));

    /// <summary>Fills in a modal and sends it.</summary>
    /// <param name="viewId">The modal, such as <see cref="FakeExchange.ViewId"/>.</param>
    /// <param name="values">By block_id or action_id: texts; for menus the value of an option, or a list of them.</param>
    /// <exception cref="FakeApiException">It is closed, or something that is needed is not filled in.</exception>
    public FakeExchange SubmitView(string viewId, JsonObject values) =>
        Ask(state => Questions.Submit(state, _user, viewId, values));

    /// <summary>Fills in a modal, sends it and waits for the first answer: closed, errors, or a view.</summary>
    public Task<JsonObject> SubmitViewAsync(string viewId, JsonObject values, CancellationToken cancellationToken) =>
        SubmitView(viewId, values).AnswerAsync(cancellationToken);

    /// <summary>Closes a modal without sending it.</summary>
    public void CloseView(string viewId) => _server.State.Change(() => Questions.Close(_server.State, _user, viewId));

    private FakeExchange Ask(Func<FakeSlackState, StoredExchange> ask)
    {
        var state = _server.State;
        return new FakeExchange(state, state.Change(() => ask(state)));
    }
}
