using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <content>What is told, and what goes wrong on the way.</content>
public sealed partial class FakeGateway
{
    // A dispatch that was to be overtaken goes out by itself where nothing follows it.
    private static readonly TimeSpan OvertakenWithin = TimeSpan.FromMilliseconds(250);

    private readonly List<Held> _held = [];

    /// <summary>Tells every session that wants to hear of it. Never waits.</summary>
    public void Publish(FakeDispatch dispatch)
    {
        lock (_sync)
        {
            if (_disposed || _sessions.Count == 0)
            {
                return;
            }

            ForgetExpired();
            var bodies = new Bodies(dispatch, _state.BotUserId);
            foreach (var session in _sessions.Values.Where(session => session.Wants(dispatch)).ToList())
            {
                Deliver(session, dispatch.Event, bodies);
            }
        }
    }

    /// <summary>Makes what is due at a moment of one conversation.</summary>
    /// <returns>Whether the conversation goes on as usual.</returns>
    internal bool MakeFaults(GatewayConversation conversation, GatewayMoment moment)
    {
        var goesOn = true;
        foreach (var fault in Faults.Take(moment, kind => kind != GatewayFaultKind.Refuse))
        {
            goesOn &= Make(conversation, fault);
        }

        return goesOn;
    }

    private void MakeNow(GatewayFault fault)
    {
        lock (_sync)
        {
            foreach (var conversation in _conversations.ToList())
            {
                Make(conversation, fault);
            }
        }
    }

    private bool Make(GatewayConversation conversation, GatewayFault fault)
    {
        var connection = conversation.Connection;
        switch (fault.Kind)
        {
            case GatewayFaultKind.DropAck or GatewayFaultKind.Silence:
                return false;
            case GatewayFaultKind.AskHeartbeat:
                conversation.AskHeartbeat();
                return true;
            case GatewayFaultKind.Abort:
                connection.Abort();
                return false;
            case GatewayFaultKind.Close:
                connection.Close(new SocketRefusal(fault.Code, "As scripted."));
                return false;
            case GatewayFaultKind.Reconnect:
                connection.Send(GatewayFrame.Control(GatewayProtocol.Reconnect, d: null));
                Mute(conversation);
                return false;
            case GatewayFaultKind.InvalidSession:
                connection.Send(GatewayFrame.Control(GatewayProtocol.InvalidSession, false));
                Forget(conversation);
                return false;
            case GatewayFaultKind.InvalidSessionResumable:
                connection.Send(GatewayFrame.Control(GatewayProtocol.InvalidSession, true));
                lock (_sync)
                {
                    LetGo(conversation);
                }

                return false;
            default:
                if (MalformedFrames.Of(fault.Kind) is { } frame)
                {
                    connection.Do(frame);
                }

                return true;
        }
    }

    // Asked to reconnect, a client gets no more on this connection; what comes meanwhile is replayed.
    private void Mute(GatewayConversation conversation)
    {
        lock (_sync)
        {
            if (conversation.Session is { } session && session.Connection == conversation.Connection)
            {
                session.Detach(_options.Time.GetUtcNow());
            }
        }
    }

    private void Deliver(GatewaySession session, string name, Bodies bodies)
    {
        // While the client is away nothing goes wrong, else a script would be over before anyone has seen it.
        var faults =
            session.Connection is null || Faults.IsQuiet(GatewayMoment.Dispatch)
                ? []
                : Faults.Take(GatewayMoment.Dispatch, _ => true);
        var hidden =
            (session.Intents & GatewayProtocol.MessageContent) == 0
            || !_state.MessageContentEnabled
            || faults.Any(fault => fault.Kind == GatewayFaultKind.Blank);
        var body = bodies.For(hidden);
        var heardBy = session.Connection;
        if (
            faults.FirstOrDefault(fault => fault.Kind is GatewayFaultKind.Delay or GatewayFaultKind.Reorder) is { } late
        )
        {
            var wait = late.Kind == GatewayFaultKind.Delay ? late.Length : OvertakenWithin;
            Hold(new Held(session, name, body, overtaken: late.Kind == GatewayFaultKind.Reorder), wait);
        }
        else
        {
            session.Append(name, body);
            if (faults.Any(fault => fault.Kind == GatewayFaultKind.Duplicate))
            {
                session.Append(name, body);
            }

            Release(held => held.Overtaken && held.Session == session);
        }

        if (faults.Count > 0 && _conversations.Find(open => open.Connection == heardBy) is { } conversation)
        {
            foreach (var fault in faults)
            {
                Make(conversation, fault);
            }
        }
    }

    private void Hold(Held held, TimeSpan wait)
    {
        _held.Add(held);
        held.Timer = _options.Time.CreateTimer(
            _ =>
            {
                lock (_sync)
                {
                    Release(other => other == held);
                }
            },
            state: null,
            wait,
            Timeout.InfiniteTimeSpan
        );
    }

    private void Release(Predicate<Held> which)
    {
        foreach (var held in _held.FindAll(which))
        {
            _held.Remove(held);
            held.Timer?.Dispose();
            if (!_disposed)
            {
                held.Session.Append(held.Name, held.Body);
            }
        }
    }

    private void DeliverAllHeld() => Release(_ => true);

    /// <summary>A dispatch that waits.</summary>
    private sealed class Held(GatewaySession session, string name, byte[] body, bool overtaken)
    {
        public GatewaySession Session => session;
        public string Name => name;
        public byte[] Body => body;
        public bool Overtaken => overtaken;
        public ITimer? Timer { get; set; }
    }

    /// <summary>The d of a dispatch, with its text and without, each written when first needed.</summary>
    private sealed class Bodies(FakeDispatch dispatch, ulong bot)
    {
        private byte[]? _full;
        private byte[]? _blanked;

        public byte[] For(bool hidden) =>
            hidden && ContentBlanking.Concerns(dispatch)
                ? _blanked ??= GatewayFrame.Body(ContentBlanking.Blanked(dispatch.Data, bot))
                : _full ??= GatewayFrame.Body(dispatch.Data);
    }
}
