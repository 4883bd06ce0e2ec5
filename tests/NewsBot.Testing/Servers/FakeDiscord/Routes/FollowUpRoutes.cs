using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>
/// What follows the first answer to an interaction. Source:
/// https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
/// </summary>
internal static class FollowUpRoutes
{
    public static FakeReply Create(FakeCall call)
    {
        var state = call.State;
        var interaction = state.FindAnswered(call.Values["token"]);
        var channel = state.FindChannel(interaction.ChannelId);
        var payload = MessagePayload.Read(call.Body, call.Files);
        if (payload.IsEmpty)
        {
            throw Fail.With(50006);
        }

        var message = state.Post(
            channel,
            new MessageDraft
            {
                AuthorId = state.BotUserId,
                Payload = payload,
                Interaction = interaction,
                Ephemeral = ((payload.Flags ?? 0) & MessagePayload.Ephemeral) != 0,
                Type = interaction.OriginalId is null ? 0 : 19,
                ReplyTo = interaction.OriginalId,
                Reference = interaction.OriginalId is { } original ? MessageRoutes.Reference(channel, original) : null,
                Default = AllowedMentions.UsersOnly,
            }
        );
        var kind = message.EphemeralTo is null ? "public" : "message";
        state.AddToInbox(interaction.UserId, kind, interaction, message);
        return FakeReply.Ok(state.Message(message));
    }

    public static FakeReply One(FakeCall call)
    {
        var interaction = call.State.FindAnswered(call.Values["token"]);
        return FakeReply.Ok(call.State.Message(call.State.FindAnswer(interaction, call.Values["message"]).Message));
    }

    public static FakeReply Edit(FakeCall call)
    {
        var state = call.State;
        var interaction = state.FindAnswered(call.Values["token"]);
        var (channel, message) = state.FindAnswer(interaction, call.Values["message"]);
        var loading = (message.Flags & MessagePayload.Loading) != 0;
        var wasV2 = (message.Flags & MessagePayload.ComponentsV2) != 0;
        var payload = MessagePayload.Read(call.Body, call.Files, "", wasV2);
        if (loading && payload.IsEmpty)
        {
            throw Fail.With(50006);
        }

        MessageRoutes.Check(message, payload);
        state.Edit(channel, message, payload, AllowedMentions.UsersOnly);
        if (message.Id == interaction.SourceMessageId)
        {
            state.AddToInbox(interaction.UserId, "updated", interaction, message);
        }

        return FakeReply.Ok(state.Message(message));
    }

    public static FakeReply Delete(FakeCall call)
    {
        var interaction = call.State.FindAnswered(call.Values["token"]);
        var (channel, message) = call.State.FindAnswer(interaction, call.Values["message"]);
        call.State.Delete(channel, message);
        return FakeReply.Nothing;
    }
}
