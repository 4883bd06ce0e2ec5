using System.Globalization;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Reactions. Source: https://discord.com/developers/docs/resources/message#create-reaction</summary>
internal static class ReactionRoutes
{
    private const string Reactions = "/channels/{channel}/messages/{message}/reactions";

    public static IEnumerable<FakeRoute> All() =>
        [
            Limited("PUT", Reactions + "/{emoji}/@me", React),
            Limited("DELETE", Reactions + "/{emoji}/@me", call => Unreact(call, call.Actor.UserId)),
            Limited("DELETE", Reactions + "/{emoji}/{user}", call => Unreact(call, call.Id("user"))),
            Limited("DELETE", Reactions + "/{emoji}", call => Clear(call, Emoji(call))),
            Limited("DELETE", Reactions, call => Clear(call, null)),
            new("GET", Reactions + "/{emoji}", Who) { Limit = limits => limits.Read },
        ];

    private static FakeRoute Limited(string method, string template, Func<FakeCall, FakeReply> handle) =>
        new(method, template, handle) { Limit = limits => limits.Reaction, Bucket = "reactions" };

    private static FakeReply React(FakeCall call)
    {
        var (channel, message) = Found(call);
        var (name, id) = Emoji(call);
        Refuse(channel);
        call.State.Require(call.Actor.UserId, channel, Permissions.ReadHistory);
        if (FakeDiscordState.FindReaction(message, name, id) is null)
        {
            call.State.Require(call.Actor.UserId, channel, Permissions.AddReactions);
        }

        call.State.React(channel, message, name, id, call.Actor.UserId);
        return FakeReply.Nothing;
    }

    private static FakeReply Unreact(FakeCall call, ulong user)
    {
        var (channel, message) = Found(call);
        var (name, id) = Emoji(call);
        Refuse(channel);
        if (user != call.Actor.UserId)
        {
            call.State.Require(call.Actor.UserId, channel, Permissions.ManageMessages);
        }

        call.State.Unreact(channel, message, name, id, user);
        return FakeReply.Nothing;
    }

    private static FakeReply Clear(FakeCall call, (string Name, ulong? Id)? emoji)
    {
        var (channel, message) = Found(call);
        Refuse(channel);
        call.State.Require(call.Actor.UserId, channel, Permissions.ManageMessages);
        call.State.ClearReactions(channel, message, emoji?.Name, emoji?.Id);
        return FakeReply.Nothing;
    }

    private static FakeReply Who(FakeCall call)
    {
        var (_, message) = Found(call);
        var (name, id) = Emoji(call);
        var limit = call.QueryNumber("limit", 25, 1, 100);
        var after = call.QueryId("after") ?? 0;
        // Burst reactions, type 1, are never made here.
        if (call.QueryNumber("type", 0, 0, 1) == 1)
        {
            return FakeReply.List([]);
        }

        var users = FakeDiscordState.FindReaction(message, name, id)?.Users ?? [];
        return FakeReply.List(users.Where(user => user > after).Order().Take(limit).Select(call.State.User));
    }

    private static (StoredChannel Channel, StoredMessage Message) Found(FakeCall call)
    {
        var channel = call.State.FindChannel(call.Id("channel"), call.Actor.UserId);
        return (channel, call.State.FindMessage(channel.Id, call.Id("message")));
    }

    private static void Refuse(StoredChannel channel)
    {
        if (channel.Archived)
        {
            throw Fail.With(50083);
        }
    }

    private static (string Name, ulong? Id) Emoji(FakeCall call)
    {
        var text = call.Values["emoji"];
        var parts = text.Split(':');
        if (
            parts is [{ Length: > 0 } name, var digits]
            && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        )
        {
            return (name, id);
        }

        // What is not an id must be a real emoji; words and :names: are none.
        return
            parts.Length == 1
            && text.Length is > 0 and <= 40
            && text.EnumerateRunes().Any(rune => rune.Value > 0xA8)
            && !text.Any(char.IsAsciiLetter)
            ? (text, null)
            : throw Fail.With(10014);
    }
}
