using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>
/// Messages read again. Source: https://discord.com/developers/docs/resources/message#get-channel-messages
/// </summary>
internal static class HistoryRoutes
{
    private const string Messages = "/channels/{channel}/messages";

    public static IEnumerable<FakeRoute> All() =>
        [
            new("GET", Messages, History) { Limit = limits => limits.Read },
            new("GET", Messages + "/{message}", One) { Limit = limits => limits.Read },
        ];

    private static FakeReply History(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        var limit = call.QueryNumber("limit", 50, 1, 100);
        if (!channel.HoldsMessages)
        {
            throw Fail.With(50008);
        }

        if (!state.Can(call.Actor.UserId, channel, Permissions.ReadHistory))
        {
            return FakeReply.List([]);
        }

        var messages = state.MessagesOf(channel.Id);
        var page = Page(messages, call, limit);
        return FakeReply.List(page.Select(message => Shown(call, message)));
    }

    private static IEnumerable<StoredMessage> Page(SortedList<ulong, StoredMessage> messages, FakeCall call, int limit)
    {
        // Newest first, whatever was asked for; "after" gives the nearest ones after the id.
        if (call.QueryId("around") is { } around)
        {
            var older = messages.Values.Where(one => one.Id < around).TakeLast(limit / 2);
            var newer = messages.Values.Where(one => one.Id >= around).Take((limit / 2) + 1);
            return older.Concat(newer).Take(limit).Reverse();
        }

        if (call.QueryId("before") is { } before)
        {
            return messages.Values.Where(one => one.Id < before).TakeLast(limit).Reverse();
        }

        return call.QueryId("after") is { } after
            ? messages.Values.Where(one => one.Id > after).Take(limit).Reverse()
            : messages.Values.TakeLast(limit).Reverse();
    }

    private static FakeReply One(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        state.Require(call.Actor.UserId, channel, Permissions.ReadHistory);
        return FakeReply.Ok(Shown(call, state.FindMessage(channel.Id, call.Id("message"))));
    }

    private static JsonObject Shown(FakeCall call, StoredMessage message)
    {
        var data = call.State.Message(message);
        return call.Actor.IsBot ? call.State.Blanked(data, message) : data;
    }
}
