using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Threads and forum posts. Source: https://discord.com/developers/docs/topics/threads</summary>
internal static class ThreadRoutes
{
    private const int RequireTag = 1 << 4;

    public static IEnumerable<FakeRoute> All() =>
        [
            new("POST", "/channels/{channel}/messages/{message}/threads", FromMessage)
            {
                Limit = limits => limits.Threads,
                Bucket = "threads",
            },
            new("POST", "/channels/{channel}/threads", Open) { Limit = limits => limits.Threads, Bucket = "threads" },
        ];

    /// <summary>Opens a post in a forum, by a user or a webhook.</summary>
    public static (StoredChannel Thread, StoredMessage Starter) Post(
        FakeDiscordState state,
        StoredChannel forum,
        JsonObject body,
        string name,
        MessageDraft draft
    )
    {
        var errors = new FieldErrors();
        var tags = Tags(forum, body, "applied_tags", errors);
        var minutes = Duration(body, errors);
        var slow = errors.Number(body, "rate_limit_per_user", "rate_limit_per_user", 0, 21_600);
        errors.ThrowIfAny();
        if (tags.Count == 0 && (forum.Flags & RequireTag) != 0)
        {
            throw Fail.With(40067);
        }

        RequireModerated(state, forum, draft.AuthorId, tags);
        var thread = state.OpenThread(
            forum,
            null,
            11,
            name,
            draft.AuthorId,
            thread =>
            {
                thread.AppliedTags = tags;
                thread.AutoArchiveMinutes = minutes ?? thread.AutoArchiveMinutes;
                thread.SlowMode = (int)(slow ?? 0);
            }
        );
        forum.LastMessageId = thread.Id;
        return (thread, state.Post(thread, draft with { Id = thread.Id }));
    }

    public static List<ulong> Tags(StoredChannel forum, JsonObject body, string name, FieldErrors errors)
    {
        var tags = new List<ulong>();
        var list = errors.List(body, name, name, 5);
        for (var index = 0; index < list.Count; index++)
        {
            if (
                ulong.TryParse(list[index]?.ToString(), CultureInfo.InvariantCulture, out var id)
                && forum.Tags.Exists(tag => tag.Id == id)
            )
            {
                tags.Add(id);
            }
            else
            {
                errors.Add($"{name}.{index}", "THREAD_TAG_UNKNOWN", "Unknown forum tag");
            }
        }

        return tags;
    }

    public static void RequireModerated(FakeDiscordState state, StoredChannel forum, ulong user, List<ulong> tags)
    {
        if (
            forum.Tags.Exists(tag => tag.Moderated && tags.Contains(tag.Id))
            && !state.Can(user, forum, Permissions.ManageThreads)
        )
        {
            throw Fail.With(50013);
        }
    }

    public static int? Duration(JsonObject body, FieldErrors errors)
    {
        var minutes = errors.Number(body, "auto_archive_duration", "auto_archive_duration", 0, int.MaxValue);
        if (minutes is not (null or 60 or 1440 or 4320 or 10080))
        {
            errors.Choice("auto_archive_duration", "60, 1440, 4320, 10080");
        }

        return (int?)minutes;
    }

    private static FakeReply FromMessage(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        var message = state.FindMessage(channel.Id, call.Id("message"));
        if (channel.Type is not (0 or 5))
        {
            throw Fail.With(50024);
        }

        state.Require(call.Actor.UserId, channel, Permissions.CreatePublicThreads | Permissions.ReadHistory);
        var errors = new FieldErrors();
        var name = errors.Text(call.Body, "name", "name", 1, 100, required: true).Trim();
        var minutes = Duration(call.Body, errors);
        var slow = errors.Number(call.Body, "rate_limit_per_user", "rate_limit_per_user", 0, 21_600);
        errors.ThrowIfAny();
        if (state.World.Channels.ContainsKey(message.Id))
        {
            throw Fail.With(160004);
        }

        if (message.Type is not (0 or 19 or 20 or 23))
        {
            throw Fail.With(50068);
        }

        var thread = state.OpenThread(
            channel,
            message.Id,
            channel.Type == 5 ? 10 : 11,
            name,
            call.Actor.UserId,
            thread =>
            {
                thread.AutoArchiveMinutes = minutes ?? thread.AutoArchiveMinutes;
                thread.SlowMode = (int)(slow ?? 0);
            }
        );
        message.Flags |= MessagePayload.HasThread;
        state.Refresh(channel, message);
        state.Post(
            thread,
            new MessageDraft
            {
                AuthorId = call.Actor.UserId,
                Type = 21,
                ReplyTo = message.Id,
                Reference = MessageRoutes.Reference(channel, message.Id),
            }
        );
        return new FakeReply(201, state.Channel(thread));
    }

    private static FakeReply Open(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        var errors = new FieldErrors();
        var name = errors.Text(call.Body, "name", "name", 1, 100, required: true).Trim();
        if (channel.IsForum)
        {
            return ForumPost(call, channel, name, errors);
        }

        if (channel.Type is not (0 or 5))
        {
            throw Fail.With(50024);
        }

        // Without a type the thread is private, which surprises everybody once.
        var type = errors.Number(call.Body, "type", "type", 10, 12) ?? 12;
        var minutes = Duration(call.Body, errors);
        errors.ThrowIfAny();
        if (channel.Type == 5 != (type == 10))
        {
            throw Fail.With(50024);
        }

        state.Require(
            call.Actor.UserId,
            channel,
            type == 12 ? Permissions.CreatePrivateThreads : Permissions.CreatePublicThreads
        );
        var thread = state.OpenThread(
            channel,
            null,
            (int)type,
            name,
            call.Actor.UserId,
            thread => thread.AutoArchiveMinutes = minutes ?? thread.AutoArchiveMinutes
        );
        if (type != 12)
        {
            state.Post(
                channel,
                new MessageDraft
                {
                    AuthorId = call.Actor.UserId,
                    Type = 18,
                    Text = name,
                    Reference = new JsonObject
                    {
                        ["channel_id"] = FakeDiscordState.Text(thread.Id),
                        ["guild_id"] = FakeDiscordState.Text(thread.GuildId),
                    },
                }
            );
        }

        return new FakeReply(201, state.Channel(thread));
    }

    private static FakeReply ForumPost(FakeCall call, StoredChannel forum, string name, FieldErrors errors)
    {
        var state = call.State;
        var body = errors.Object(call.Body, "message", "message");
        if (body is null)
        {
            errors.Missing("message");
        }

        errors.ThrowIfAny();
        state.Require(call.Actor.UserId, forum, Permissions.SendMessages);
        var payload = MessagePayload.Read(body!, call.Files, "message.");
        if (payload.IsEmpty)
        {
            throw Fail.With(50006);
        }

        if (payload.Files is { Count: > 0 })
        {
            state.Require(call.Actor.UserId, forum, Permissions.AttachFiles);
        }

        var draft = new MessageDraft { AuthorId = call.Actor.UserId, Payload = payload };
        var (thread, starter) = Post(state, forum, call.Body, name, draft);
        var data = state.Channel(thread);
        data["message"] = state.Message(starter);
        return new FakeReply(201, data);
    }
}
