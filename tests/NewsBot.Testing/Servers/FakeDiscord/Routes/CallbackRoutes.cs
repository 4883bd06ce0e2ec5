using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>
/// The first answer to an interaction. Source:
/// https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
/// </summary>
internal static class CallbackRoutes
{
    public static IEnumerable<FakeRoute> All() =>
        [
            new("POST", "/interactions/{interaction}/{token}/callback", Callback)
            {
                Open = true,
                Limit = null,
                Global = false,
            },
        ];

    /// <summary>Carries out an answer, whether it was posted or came back from the endpoint.</summary>
    public static StoredMessage? Answer(
        FakeDiscordState state,
        StoredInteraction interaction,
        JsonObject body,
        IReadOnlyDictionary<int, UploadedFile> files
    )
    {
        var errors = new FieldErrors();
        var type = errors.Number(body, "type", "type", 1, 12);
        var data = errors.Object(body, "data", "data") ?? [];
        if (type is null)
        {
            errors.Missing("type");
        }
        else if (!Fits((int)type, interaction))
        {
            errors.Choice("type", Choices(interaction));
        }

        errors.ThrowIfAny();
        var message = (int)type! switch
        {
            4 => Reply(state, interaction, data, files),
            5 => Defer(state, interaction, data),
            6 => Acknowledge(state, interaction),
            7 => Update(state, interaction, data, files),
            8 => Complete(state, interaction, data),
            _ => OpenModal(state, interaction, data),
        };
        state.SetAnswered(interaction, (int)type);
        return message;
    }

    private static bool Fits(int type, StoredInteraction interaction) =>
        interaction.Type switch
        {
            2 => type is 4 or 5 or 9,
            3 => type is 4 or 5 or 6 or 7 or 9,
            4 => type is 8,
            5 => type is 4 or 5 || (type is 6 or 7 && interaction.SourceMessageId is not null),
            _ => false,
        };

    private static string Choices(StoredInteraction interaction) =>
        string.Join(", ", Enumerable.Range(4, 6).Where(type => Fits(type, interaction)));

    private static FakeReply Callback(FakeCall call)
    {
        var state = call.State;
        var interaction = state.FindUnanswered(call.Id("interaction"), call.Values["token"]);
        var message = Answer(state, interaction, call.Body, call.Files);
        if (!call.QueryFlag("with_response"))
        {
            return FakeReply.Nothing;
        }

        var told = new JsonObject { ["id"] = FakeDiscordState.Text(interaction.Id), ["type"] = interaction.Type };
        var resource = new JsonObject { ["type"] = interaction.Answer };
        if (message is not null)
        {
            told["response_message_id"] = FakeDiscordState.Text(message.Id);
            told["response_message_loading"] = (message.Flags & MessagePayload.Loading) != 0;
            told["response_message_ephemeral"] = message.EphemeralTo is not null;
            resource["message"] = state.Message(message);
        }

        return FakeReply.Ok(new JsonObject { ["interaction"] = told, ["resource"] = resource });
    }

    private static StoredMessage Reply(
        FakeDiscordState state,
        StoredInteraction interaction,
        JsonObject data,
        IReadOnlyDictionary<int, UploadedFile> files
    )
    {
        var payload = MessagePayload.Read(data, files, "data.");
        if (payload.IsEmpty)
        {
            throw Fail.With(50006);
        }

        var ephemeral = ((payload.Flags ?? 0) & MessagePayload.Ephemeral) != 0;
        var message = state.Post(
            state.FindChannel(interaction.ChannelId),
            Draft(state, interaction, ephemeral) with
            {
                Payload = payload,
            }
        );
        interaction.OriginalId = message.Id;
        interaction.Ephemeral = ephemeral;
        state.AddToInbox(interaction.UserId, ephemeral ? "message" : "public", interaction, message);
        return message;
    }

    private static StoredMessage Defer(FakeDiscordState state, StoredInteraction interaction, JsonObject data)
    {
        var errors = new FieldErrors();
        var flags = errors.Number(data, "flags", "data.flags", 0, int.MaxValue) ?? 0;
        errors.ThrowIfAny();
        var ephemeral = (flags & MessagePayload.Ephemeral) != 0;
        var message = state.Post(
            state.FindChannel(interaction.ChannelId),
            Draft(state, interaction, ephemeral) with
            {
                Flags = MessagePayload.Loading | (ephemeral ? MessagePayload.Ephemeral : 0),
            }
        );
        interaction.OriginalId = message.Id;
        interaction.Ephemeral = ephemeral;
        state.AddToInbox(interaction.UserId, "deferred", interaction, message);
        return message;
    }

    private static MessageDraft Draft(FakeDiscordState state, StoredInteraction interaction, bool ephemeral) =>
        new()
        {
            AuthorId = state.BotUserId,
            Interaction = interaction,
            Ephemeral = ephemeral,
            Type = interaction switch
            {
                { Type: 2, CommandType: 1 } => 20,
                { Type: 2 } => 23,
                _ => 0,
            },
            Default = AllowedMentions.UsersOnly,
        };

    private static StoredMessage? Acknowledge(FakeDiscordState state, StoredInteraction interaction)
    {
        interaction.OriginalId = interaction.SourceMessageId;
        state.AddToInbox(interaction.UserId, "acknowledged", interaction, null);
        return null;
    }

    private static StoredMessage Update(
        FakeDiscordState state,
        StoredInteraction interaction,
        JsonObject data,
        IReadOnlyDictionary<int, UploadedFile> files
    )
    {
        interaction.OriginalId = interaction.SourceMessageId;
        var (channel, message) = state.FindAnswer(interaction, "@original");
        var wasV2 = (message.Flags & MessagePayload.ComponentsV2) != 0;
        var payload = MessagePayload.Read(data, files, "data.", wasV2);
        MessageRoutes.Check(message, payload);
        state.Edit(channel, message, payload, AllowedMentions.UsersOnly);
        state.AddToInbox(interaction.UserId, "updated", interaction, message);
        return message;
    }

    private static StoredMessage? Complete(FakeDiscordState state, StoredInteraction interaction, JsonObject data)
    {
        var errors = new FieldErrors();
        if (data["choices"] is not JsonArray)
        {
            errors.Missing("data.choices");
        }

        foreach (var (choice, at) in errors.Objects(data, "choices", "data.choices", 25))
        {
            errors.Text(choice, "name", at + ".name", 1, 100, required: true);
            if (choice["value"] is null)
            {
                errors.Missing(at + ".value");
            }
            else if (choice["value"] is JsonValue value && value.TryGetValue(out string? _))
            {
                errors.Text(choice, "value", at + ".value", 1, 100, required: true);
            }
        }

        errors.ThrowIfAny();
        state.AddToInbox(interaction.UserId, "autocomplete", interaction, null, (JsonObject)data.DeepClone());
        return null;
    }

    private static StoredMessage? OpenModal(FakeDiscordState state, StoredInteraction interaction, JsonObject data)
    {
        var errors = new FieldErrors();
        ModalRules.Check(data, "data", errors);
        errors.ThrowIfAny();
        interaction.Modal = (JsonObject)data.DeepClone();
        state.AddToInbox(interaction.UserId, "modal", interaction, null, (JsonObject)data.DeepClone());
        return null;
    }
}
