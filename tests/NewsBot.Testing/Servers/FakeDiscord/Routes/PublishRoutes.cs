using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>
/// Messages of announcement channels published. Source:
/// https://discord.com/developers/docs/resources/message#crosspost-message
/// </summary>
internal static class PublishRoutes
{
    public static IEnumerable<FakeRoute> All() =>
        [
            new("POST", "/channels/{channel}/messages/{message}/crosspost", Crosspost),
            new("POST", "/channels/{channel}/typing", Typing),
        ];

    private static FakeReply Crosspost(FakeCall call)
    {
        const int Crossposted = 1;
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        var message = state.FindMessage(channel.Id, call.Id("message"));
        if (channel.Type != 5)
        {
            throw Fail.With(50024);
        }

        if ((message.Flags & Crossposted) != 0)
        {
            throw Fail.With(40033);
        }

        var mine = message.AuthorId == call.Actor.UserId && message.WebhookName is null;
        state.Require(call.Actor.UserId, channel, mine ? Permissions.SendMessages : Permissions.ManageMessages);
        message.Flags |= Crossposted;
        state.Refresh(channel, message);
        return FakeReply.Ok(state.Message(message));
    }

    private static FakeReply Typing(FakeCall call)
    {
        var channel = call.State.FindChannel(call.Id("channel"));
        call.State.Require(
            call.Actor.UserId,
            channel,
            channel.IsThread ? Permissions.SendInThreads : Permissions.SendMessages
        );
        return FakeReply.Nothing;
    }
}
