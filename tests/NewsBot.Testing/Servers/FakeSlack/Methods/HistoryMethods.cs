using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>What was written before. Source: https://docs.slack.dev/reference/methods/conversations.history</summary>
internal static class HistoryMethods
{
    private const int SmallPage = 15;

    public static IEnumerable<FakeMethod> All() =>
        [
            new("conversations.history", Tier.Three, History) { IsHistory = true },
            new("conversations.replies", Tier.Three, Replies) { IsHistory = true },
        ];

    /// <summary>Newest first: parents, single messages and broadcasts, no plain replies.</summary>
    private static JsonObject History(FakeCall call)
    {
        var channel = Readable(call);
        var limit = Limit(call, 100, 999);
        var all = call
            .State.Stored(channel.Id)
            .Values.Where(one => (!one.IsReply || one.Broadcast) && Within(call, one.Ts))
            .Reverse();
        if (call.Text("cursor") is { } cursor)
        {
            var after = FakeCall.Decode(cursor);
            all = all.Where(one => string.CompareOrdinal(one.Ts, after) < 0);
        }

        return Page(call, all.ToList(), limit, latest: call.Text("latest"));
    }

    /// <summary>Oldest first: the parent on every page, then its replies.</summary>
    private static JsonObject Replies(FakeCall call)
    {
        var channel = Readable(call);
        var limit = Limit(call, 1000, 1000);
        var asked =
            call.State.FindMessage(channel.Id, call.Need("ts", "thread_not_found"))
            ?? throw new FakeApiException("thread_not_found");
        var parent = asked.IsReply ? call.State.FindMessage(channel.Id, asked.ThreadTs!) : asked;
        if (parent is null)
        {
            throw new FakeApiException("thread_not_found");
        }

        var replies = call.State.Replies(parent).Where(one => Within(call, one.Ts));
        if (call.Text("cursor") is { } cursor)
        {
            var after = FakeCall.Decode(cursor);
            replies = replies.Where(one => string.CompareOrdinal(one.Ts, after) > 0);
        }

        return Page(call, [parent, .. replies], Math.Max(limit, 2), latest: null);
    }

    private static JsonObject Page(FakeCall call, List<StoredMessage> all, int limit, string? latest)
    {
        var metadata = call.Flag("include_all_metadata") || call.Flag("include_metadata");
        var page = all.Take(limit).ToList();
        var more = page.Count < all.Count;
        var answer = new JsonObject
        {
            ["messages"] = new JsonArray([
                .. page.Select(one => call.State.Message(one, MayShow(call, one, metadata))),
            ]),
            ["has_more"] = more,
        };
        if (latest is not null)
        {
            answer["latest"] = latest;
        }

        if (more)
        {
            answer["response_metadata"] = FakeCall.Next(FakeCall.Encode(page[^1].Ts));
        }

        return answer;
    }

    // What other apps keep with their messages needs a scope of its own.
    private static bool MayShow(FakeCall call, StoredMessage message, bool asked) =>
        asked
        && (
            message.BotId == call.Team.BotId
            || call.Actor.IsHuman
            || call.Actor.Scopes.Contains("metadata.message:read")
        );

    private static StoredChannel Readable(FakeCall call)
    {
        var channel = call.Channel();
        call.Actor.Need(channel, "history");
        return call.IsIn(channel) || call.Actor.IsHuman ? channel : throw new FakeApiException("not_in_channel");
    }

    private static int Limit(FakeCall call, int usual, int most)
    {
        var small = call.State.Options.SmallHistory && call.Actor.IsBot;
        var limit = call.Number("limit", small ? SmallPage : usual, small ? SmallPage : most);
        return Math.Min(limit, call.State.Options.MaxPage);
    }

    private static bool Within(FakeCall call, string ts)
    {
        var inclusive = call.Flag("inclusive");
        return After(call.Text("oldest"), ts, inclusive) && Before(call.Text("latest"), ts, inclusive);
    }

    private static bool After(string? oldest, string ts, bool inclusive)
    {
        var order = oldest is null ? 1 : string.CompareOrdinal(ts, Full(oldest, "invalid_ts_oldest"));
        return order > 0 || (inclusive && order == 0);
    }

    private static bool Before(string? latest, string ts, bool inclusive)
    {
        var order = latest is null ? -1 : string.CompareOrdinal(ts, Full(latest, "invalid_ts_latest"));
        return order < 0 || (inclusive && order == 0);
    }

    /// <summary>A bound as a whole ts: "1700000000" and "1700000000.5" are bounds too.</summary>
    private static string Full(string bound, string code)
    {
        var parts = bound.Split('.');
        if (parts.Length > 2 || !parts.All(part => part.Length <= 10 && part.All(char.IsAsciiDigit)))
        {
            throw new FakeApiException(code);
        }

        return parts[0].PadLeft(10, '0') + "." + (parts.Length == 2 ? parts[1].PadRight(6, '0')[..6] : "000000");
    }
}
