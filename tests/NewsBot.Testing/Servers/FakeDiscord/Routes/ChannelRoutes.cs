using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Channels read and changed. Source: https://discord.com/developers/docs/resources/channel</summary>
internal static class ChannelRoutes
{
    private static readonly string[] ThreadFields =
    [
        "name",
        "archived",
        "locked",
        "auto_archive_duration",
        "rate_limit_per_user",
        "applied_tags",
        "invitable",
        "flags",
    ];

    public static IEnumerable<FakeRoute> All() =>
        [
            new("GET", "/channels/{channel}", One),
            new("PATCH", "/channels/{channel}", Change) { Limit = limits => limits.ChannelChange },
            new("DELETE", "/channels/{channel}", Delete),
            new("PUT", "/channels/{channel}/permissions/{target}", SetPermission),
            new("DELETE", "/channels/{channel}/permissions/{target}", ClearPermission),
            new("POST", "/guilds/{guild}/channels", Create),
        ];

    private static FakeReply One(FakeCall call) =>
        FakeReply.Ok(call.State.Channel(call.State.FindChannel(call.Id("channel"), call.Actor.UserId)));

    private static FakeReply Change(FakeCall call)
    {
        var channel = call.State.FindChannel(call.Id("channel"), call.Actor.UserId);
        if (channel.IsDirect)
        {
            throw Fail.With(50024);
        }

        return channel.IsThread ? ChangeThread(call, channel) : ChangeChannel(call, channel);
    }

    private static FakeReply ChangeThread(FakeCall call, StoredChannel thread)
    {
        var state = call.State;
        var body = call.Body;
        var errors = new FieldErrors();
        var name = body.ContainsKey("name") ? errors.Text(body, "name", "name", 1, 100, required: true).Trim() : null;
        var archived = errors.Flag(body, "archived", "archived");
        var locked = errors.Flag(body, "locked", "locked");
        var minutes = ThreadRoutes.Duration(body, errors);
        var slow = errors.Number(body, "rate_limit_per_user", "rate_limit_per_user", 0, 21_600);
        var forum = state.FindChannel(thread.ParentId ?? 0);
        var tags = body.ContainsKey("applied_tags") ? ThreadRoutes.Tags(forum, body, "applied_tags", errors) : null;
        errors.ThrowIfAny();
        MayChange(call, thread, archived, locked ?? thread.Locked);
        var touched = body.Where(field => ThreadFields.Contains(field.Key)).Select(field => field.Key).ToList();
        // An archived thread takes nothing but its own return, in whose company all else is welcome.
        if (thread.Archived && archived != false && touched.Exists(field => field != "archived"))
        {
            throw Fail.With(50083);
        }

        if (tags is not null)
        {
            ThreadRoutes.RequireModerated(state, forum, call.Actor.UserId, tags);
        }

        var renamed = name is not null && name != thread.Name;
        if (renamed)
        {
            call.Hidden("rename", call.Values["channel"], state.Limits.Rename);
            thread.Name = name!;
        }

        thread.Locked = locked ?? thread.Locked;
        thread.AutoArchiveMinutes = minutes ?? thread.AutoArchiveMinutes;
        thread.SlowMode = (int?)slow ?? thread.SlowMode;
        thread.AppliedTags = tags ?? thread.AppliedTags;
        Archive(state, thread, archived);
        if (renamed && !thread.Archived)
        {
            state.Post(
                thread,
                new MessageDraft
                {
                    AuthorId = call.Actor.UserId,
                    Type = 4,
                    Text = thread.Name,
                }
            );
        }

        return FakeReply.Ok(state.Channel(thread));
    }

    private static void Archive(FakeDiscordState state, StoredChannel thread, bool? archived)
    {
        if (archived is { } wanted && wanted != thread.Archived)
        {
            state.SetArchived(thread, wanted);
        }
        else
        {
            state.ChannelChanged(thread);
        }
    }

    private static void MayChange(FakeCall call, StoredChannel thread, bool? archived, bool locked)
    {
        var state = call.State;
        var user = call.Actor.UserId;
        if (state.Can(user, thread, Permissions.ManageThreads))
        {
            return;
        }

        // Whoever may write may bring a thread back; its owner may rename it; only who manages threads may lock it.
        if (thread.Locked || locked)
        {
            throw Fail.With(thread.Archived ? 160005 : 50013);
        }

        var onlyReturns = archived == false && call.Body.Count == 1;
        state.Require(user, thread, Permissions.SendInThreads);
        if (!onlyReturns && thread.OwnerId != user)
        {
            throw Fail.With(50013);
        }
    }

    private static FakeReply ChangeChannel(FakeCall call, StoredChannel channel)
    {
        var state = call.State;
        var body = call.Body;
        state.Require(call.Actor.UserId, channel, Permissions.ManageChannels);
        var errors = new FieldErrors();
        var name = body.ContainsKey("name") ? errors.Text(body, "name", "name", 1, 100, required: true).Trim() : null;
        var topic = body.ContainsKey("topic") ? errors.Text(body, "topic", "topic", 0, 4096) : null;
        var slow = errors.Number(body, "rate_limit_per_user", "rate_limit_per_user", 0, 21_600);
        var flags = errors.Number(body, "flags", "flags", 0, int.MaxValue);
        var tags = ReadTags(state, channel, body, errors);
        errors.ThrowIfAny();
        if ((name is not null && name != channel.Name) || (topic is not null && topic != (channel.Topic ?? "")))
        {
            call.Hidden("rename", call.Values["channel"], state.Limits.Rename);
        }

        channel.Name = name ?? channel.Name;
        channel.Topic = topic ?? channel.Topic;
        channel.SlowMode = (int?)slow ?? channel.SlowMode;
        channel.Flags = (int?)flags ?? channel.Flags;
        channel.Tags = tags ?? channel.Tags;
        state.ChannelChanged(channel);
        return FakeReply.Ok(state.Channel(channel));
    }

    private static List<StoredTag>? ReadTags(
        FakeDiscordState state,
        StoredChannel channel,
        JsonObject body,
        FieldErrors errors
    )
    {
        if (!body.ContainsKey("available_tags") || !channel.IsForum)
        {
            return null;
        }

        var tags = new List<StoredTag>();
        foreach (var (tag, at) in errors.Objects(body, "available_tags", "available_tags", 20))
        {
            var name = errors.Text(tag, "name", at + ".name", 1, 20, required: true);
            var id = errors.Id(tag, "id", at + ".id");
            tags.Add(
                new StoredTag(
                    id is { } known && channel.Tags.Exists(one => one.Id == known) ? known : state.NextId(),
                    name,
                    errors.Flag(tag, "moderated", at + ".moderated") ?? false
                )
            );
        }

        return tags;
    }

    private static FakeReply Delete(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        state.Require(
            call.Actor.UserId,
            channel,
            channel.IsThread ? Permissions.ManageThreads : Permissions.ManageChannels
        );
        var data = state.Channel(channel);
        state.DeleteChannel(channel);
        return FakeReply.Ok(data);
    }

    private static FakeReply SetPermission(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        state.Require(call.Actor.UserId, channel, Permissions.ManageChannels);
        var errors = new FieldErrors();
        var type = errors.Number(call.Body, "type", "type", 0, 1);
        var allow = errors.Id(call.Body, "allow", "allow") ?? 0;
        var deny = errors.Id(call.Body, "deny", "deny") ?? 0;
        errors.ThrowIfAny();
        state.SetOverwrite(channel, new StoredOverwrite(call.Id("target"), (int)(type ?? 0), allow, deny));
        return FakeReply.Nothing;
    }

    private static FakeReply ClearPermission(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        state.Require(call.Actor.UserId, channel, Permissions.ManageChannels);
        state.SetOverwrite(channel, new StoredOverwrite(call.Id("target"), 0, 0, 0));
        return FakeReply.Nothing;
    }

    private static FakeReply Create(FakeCall call)
    {
        var state = call.State;
        var guild = state.FindGuild(call.Id("guild"), call.Actor.UserId);
        state.RequireInGuild(call.Actor.UserId, guild, Permissions.ManageChannels);
        var errors = new FieldErrors();
        var name = errors.Text(call.Body, "name", "name", 1, 100, required: true);
        var type = errors.Number(call.Body, "type", "type", 0, 16) ?? 0;
        errors.ThrowIfAny();
        var channel = state.AddChannel(guild.Id, (int)type, name);
        return new FakeReply(201, state.Channel(channel));
    }
}
