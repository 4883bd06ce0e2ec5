using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Humans;

/// <content>What they ask of the bot: commands, buttons, menus and modals.</content>
public sealed partial class FakeHuman
{
    /// <summary>Runs a command.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="command">Its name with group and sub-command, such as "news-admin digest set".</param>
    /// <param name="options">By name; texts, numbers and flags as they are, users and channels by id as text.</param>
    /// <returns>To wait for the answer with.</returns>
    /// <exception cref="FakeApiException">There is no such command, or they may not, or an option is wrong.</exception>
    public FakeExchange RunCommand(ulong channel, string command, JsonObject? options = null) =>
        Begin(channel, 2, CommandData(command, options ?? [], null));

    /// <summary>Runs a command and waits for its answer.</summary>
    public Task<JsonObject> RunCommandAsync(
        ulong channel,
        string command,
        JsonObject? options,
        CancellationToken cancellationToken
    ) => RunCommand(channel, command, options).AnswerAsync(cancellationToken);

    /// <summary>Runs a command on a message.</summary>
    public FakeExchange RunMessageCommand(ulong channel, string command, ulong message) =>
        Begin(
            channel,
            2,
            new JsonObject
            {
                ["name"] = command,
                ["type"] = 3,
                ["target_id"] = FakeDiscordState.Text(message),
            }
        );

    /// <summary>Types in an option.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="command">As for <see cref="RunCommand"/>.</param>
    /// <param name="focused">The option that is typed in.</param>
    /// <param name="options">What stands in the options so far, this one too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The choices offered; null where the bot failed to answer.</returns>
    public async Task<JsonArray?> AutocompleteAsync(
        ulong channel,
        string command,
        string focused,
        JsonObject options,
        CancellationToken cancellationToken
    )
    {
        var answer = await Begin(channel, 4, CommandData(command, options, focused)).AnswerAsync(cancellationToken);
        return answer["data"]?["choices"]?.DeepClone() as JsonArray;
    }

    /// <summary>Clicks a button.</summary>
    public FakeExchange Click(ulong channel, ulong message, string customId) =>
        Use(channel, message, new JsonObject { ["component_type"] = 2, ["custom_id"] = customId });

    /// <summary>Clicks a button and waits for the answer.</summary>
    public Task<JsonObject> ClickAsync(
        ulong channel,
        ulong message,
        string customId,
        CancellationToken cancellationToken
    ) => Click(channel, message, customId).AnswerAsync(cancellationToken);

    /// <summary>Chooses from a menu.</summary>
    public FakeExchange Select(ulong channel, ulong message, string customId, params IEnumerable<string> values) =>
        Use(
            channel,
            message,
            new JsonObject
            {
                ["component_type"] = 3,
                ["custom_id"] = customId,
                ["values"] = new JsonArray([.. values.Select(value => (JsonNode)value)]),
            }
        );

    /// <summary>Fills in the modal that an exchange opened, and sends it.</summary>
    /// <param name="opener">The exchange whose answer is the modal.</param>
    /// <param name="values">Texts by custom_id; a list of texts for menus.</param>
    /// <exception cref="InvalidOperationException">It opened none, or that was sent already.</exception>
    public FakeExchange SubmitModal(FakeExchange opener, JsonObject values)
    {
        JsonObject modal;
        lock (_server.State.Sync)
        {
            modal = (JsonObject)
                (opener.Interaction.Modal ?? throw new InvalidOperationException("No modal is open.")).DeepClone();
        }

        foreach (var input in ModalRules.Inputs(modal))
        {
            var given = values[input["custom_id"]!.ToString()]?.DeepClone();
            input[given is JsonArray ? "values" : "value"] = given ?? "";
        }

        var data = new JsonObject
        {
            ["id"] = FakeDiscordState.Text(opener.Id),
            ["custom_id"] = modal["custom_id"]!.ToString(),
            ["components"] = modal["components"]!.DeepClone(),
        };
        return Begin(opener.Interaction.ChannelId, 5, data);
    }

    /// <summary>Fills in the modal that an exchange opened, sends it and waits for the answer.</summary>
    public Task<JsonObject> SubmitModalAsync(
        FakeExchange opener,
        JsonObject values,
        CancellationToken cancellationToken
    ) => SubmitModal(opener, values).AnswerAsync(cancellationToken);

    private static JsonObject CommandData(string command, JsonObject options, string? focused)
    {
        var words = command.TrimStart('/').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var inner = new JsonArray();
        foreach (var (name, value) in options)
        {
            var option = new JsonObject { ["name"] = name, ["value"] = value?.DeepClone() };
            if (name == focused)
            {
                option["focused"] = true;
            }

            inner.Add(option);
        }

        foreach (var word in words.Skip(1).Reverse())
        {
            inner = [new JsonObject { ["name"] = word, ["options"] = inner }];
        }

        return new JsonObject
        {
            ["name"] = words[0],
            ["type"] = 1,
            ["options"] = inner,
        };
    }

    private FakeExchange Use(ulong channel, ulong message, JsonObject data) => Begin(channel, 3, data, message);

    private FakeExchange Begin(ulong channel, int type, JsonObject data, ulong? message = null)
    {
        var state = _server.State;
        var body = new JsonObject
        {
            ["type"] = type,
            ["application_id"] = FakeDiscordState.Text(state.ApplicationId),
            ["channel_id"] = FakeDiscordState.Text(channel),
            ["data"] = data,
        };
        if (message is { } id)
        {
            body["message_id"] = FakeDiscordState.Text(id);
        }

        return new FakeExchange(state, state.Change(() => HumanInteractionRoutes.Start(state, Id, body)));
    }
}
