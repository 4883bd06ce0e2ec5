using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <content>Who comes in, and who comes back.</content>
public sealed partial class FakeGateway
{
    /// <summary>Begins a session, or says why not.</summary>
    /// <returns>Null where the connection stays open.</returns>
    internal SocketRefusal? Identify(GatewayConversation conversation, JsonNode? d)
    {
        if (IdentifyRequest.Read(d, out var request) is { } misread)
        {
            return misread;
        }

        if (Refused(request!) is { } refusal)
        {
            return refusal;
        }

        if (!_starts.TryTakeTurn(request!.Shard, IdentifyEvery))
        {
            conversation.Connection.Send(GatewayFrame.Control(GatewayProtocol.InvalidSession, false));
            return null;
        }

        if (!_starts.TryTakeStart())
        {
            return new SocketRefusal(GatewayProtocol.AuthenticationFailed, "No session starts are left: token reset.");
        }

        if (MakeFaults(conversation, GatewayMoment.Identify))
        {
            Begin(conversation, request);
        }

        return null;
    }

    /// <summary>Goes on with a session, or says why not.</summary>
    /// <returns>Null where the connection stays open.</returns>
    internal SocketRefusal? Resume(GatewayConversation conversation, JsonNode? d)
    {
        if (
            d is not JsonObject said
            || IdentifyRequest.Text(said["token"]) is not { } token
            || IdentifyRequest.Text(said["session_id"]) is not { } id
            || IdentifyRequest.Integer(said["seq"]) is not { } number
        )
        {
            return new SocketRefusal(GatewayProtocol.DecodeError, "A resume needs token, session_id and seq.");
        }

        if (!_state.IsToken(token))
        {
            return new SocketRefusal(GatewayProtocol.AuthenticationFailed, "Authentication failed.");
        }

        lock (_sync)
        {
            ForgetExpired();
            if (_sessions.TryGetValue(id, out var session))
            {
                if (number < 0 || number > session.LastNumber)
                {
                    return new SocketRefusal(GatewayProtocol.InvalidSeq, "Invalid seq.");
                }

                session.TakeOver(_options.Time.GetUtcNow());
                conversation.Session = session;
                if (!MakeFaults(conversation, GatewayMoment.Resume))
                {
                    conversation.Session = null;
                    return null;
                }

                if (session.CanReplayFrom(number))
                {
                    session.Attach(conversation.Connection);
                    session.Replay(number);
                    Interlocked.Increment(ref _resumes);
                    return null;
                }

                Forget(conversation);
            }
        }

        conversation.Connection.Send(GatewayFrame.Control(GatewayProtocol.InvalidSession, false));
        return null;
    }

    /// <summary>Ends the session of a conversation for good; the connection stays as it is.</summary>
    internal void Forget(GatewayConversation conversation)
    {
        lock (_sync)
        {
            if (conversation.Session is not { } session)
            {
                return;
            }

            var isHeardElsewhere = session.Connection is { } other && other != conversation.Connection;
            LetGo(conversation);
            if (!isHeardElsewhere)
            {
                _sessions.Remove(session.Id);
            }
        }
    }

    /// <summary>Remembers a presence.</summary>
    internal void SetPresence(GatewayConversation conversation, JsonObject said)
    {
        lock (_sync)
        {
            conversation.Session?.Presence = said.DeepClone();
        }
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static string Id(ulong id) => id.ToString(Invariant);

    private SocketRefusal? Refused(IdentifyRequest request)
    {
        if (!_state.IsToken(request.Token))
        {
            return new SocketRefusal(GatewayProtocol.AuthenticationFailed, "Authentication failed.");
        }

        var disallowed =
            GatewayProtocol.GuildPresences
            | (MembersEnabled ? 0 : GatewayProtocol.GuildMembers)
            | (_state.MessageContentEnabled ? 0 : GatewayProtocol.MessageContent);
        if ((request.Intents & disallowed) != 0)
        {
            return new SocketRefusal(GatewayProtocol.DisallowedIntents, "Disallowed intent(s).");
        }

        var guilds = _state.GuildIds.Count(guild => GatewayProtocol.ShardOf(guild, request.Shards) == request.Shard);
        return guilds > GatewayProtocol.MaxGuildsPerShard
            ? new SocketRefusal(GatewayProtocol.ShardingRequired, "Sharding required.")
            : null;
    }

    private void Begin(GatewayConversation conversation, IdentifyRequest request)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var session = new GatewaySession(id, request.Intents, request.Shard, request.Shards)
        {
            Presence = request.Presence,
        };

        // Both locks, so that nothing is told before the guild it is about, and nothing between is missed.
        lock (_state.Sync)
        {
            lock (_sync)
            {
                ForgetExpired();
                conversation.Session = session;
                session.Attach(conversation.Connection);
                var guilds = _state.GuildIds.Where(session.Holds).ToList();
                session.Append("READY", GatewayFrame.Body(Ready(conversation, session, request, guilds)));
                if ((request.Intents & GatewayProtocol.Guilds) != 0)
                {
                    guilds.ForEach(guild => AppendGuild(session, guild));
                }

                _sessions.Add(id, session);
                Interlocked.Increment(ref _identifies);
            }
        }
    }

    private JsonObject Ready(
        GatewayConversation conversation,
        GatewaySession session,
        IdentifyRequest request,
        IEnumerable<ulong> guilds
    )
    {
        var application = new JsonObject
        {
            ["id"] = Id(_state.ApplicationId),
            // The switches of the application's settings: GATEWAY_GUILD_MEMBERS_LIMITED, GATEWAY_MESSAGE_CONTENT_LIMITED.
            ["flags"] = (MembersEnabled ? 1 << 15 : 0) | (_state.MessageContentEnabled ? 1 << 19 : 0),
        };
        var user = _state.BotUser();
        user["email"] = null;
        user["mfa_enabled"] = false;
        user["verified"] = true;
        var ready = new JsonObject
        {
            ["v"] = 10,
            ["user"] = user,
            ["guilds"] = new JsonArray([
                .. guilds.Select(guild => (JsonNode)new JsonObject { ["id"] = Id(guild), ["unavailable"] = true }),
            ]),
            ["session_id"] = session.Id,
            ["session_type"] = "normal",
            ["resume_gateway_url"] = conversation.ResumeUrl,
            ["application"] = application,
            ["private_channels"] = new JsonArray(),
            ["presences"] = new JsonArray(),
            ["relationships"] = new JsonArray(),
            ["user_settings"] = new JsonObject(),
            ["_trace"] = new JsonArray("fake"),
        };
        if (request.ShardSaid)
        {
            ready["shard"] = new JsonArray(request.Shard, request.Shards);
        }

        return ready;
    }

    // A guild with an outage is told of by its deletion.
    // Source: https://discord.com/developers/docs/events/gateway-events#guild-create
    private void AppendGuild(GatewaySession session, ulong guild)
    {
        var created = _state.GuildCreate(guild);
        var isOut = created["unavailable"] is JsonValue value && value.TryGetValue<bool>(out var isTrue) && isTrue;
        session.Append(isOut ? "GUILD_DELETE" : "GUILD_CREATE", GatewayFrame.Body(created));
    }

    private void LetGo(GatewayConversation conversation)
    {
        if (conversation.Session is { } session && session.Connection == conversation.Connection)
        {
            session.Detach(_options.Time.GetUtcNow());
        }

        conversation.Session = null;
    }

    private void ForgetExpired()
    {
        var now = _options.Time.GetUtcNow();
        foreach (var session in _sessions.Values.ToList())
        {
            if (session.Connection is null && now - session.AwaySince > ResumeWithin)
            {
                _sessions.Remove(session.Id);
            }
        }
    }
}
