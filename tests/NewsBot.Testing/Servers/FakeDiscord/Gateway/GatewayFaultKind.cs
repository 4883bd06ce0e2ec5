namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>What can go wrong at a gateway.</summary>
public enum GatewayFaultKind
{
    /// <summary>Leaves a heartbeat without its ACK.</summary>
    DropAck,

    /// <summary>Asks for a heartbeat at once (opcode 1).</summary>
    AskHeartbeat,

    /// <summary>Answers the upgrade with 503.</summary>
    Refuse,

    /// <summary>Sends no Hello.</summary>
    Silence,

    /// <summary>Cuts the TCP connection, without a close frame.</summary>
    Abort,

    /// <summary>Asks the client to reconnect (opcode 7).</summary>
    Reconnect,

    /// <summary>Tells the client that its session is gone (opcode 9, false).</summary>
    InvalidSession,

    /// <summary>Tells the client to resume anew (opcode 9, true).</summary>
    InvalidSessionResumable,

    /// <summary>Closes with <see cref="GatewayFault.Code"/>.</summary>
    Close,

    /// <summary>Sends a dispatch twice, the second time with a number of its own.</summary>
    Duplicate,

    /// <summary>Sends a dispatch after the one that follows it.</summary>
    Reorder,

    /// <summary>Sends a dispatch later, by <see cref="GatewayFault.Length"/>.</summary>
    Delay,

    /// <summary>Empties a message as if MESSAGE_CONTENT were off.</summary>
    Blank,

    /// <summary>Sends something that is not JSON.</summary>
    NotJson,

    /// <summary>Sends JSON that is not an object.</summary>
    NotAnObject,

    /// <summary>Sends an object whose fields have the wrong types.</summary>
    WrongTypes,

    /// <summary>Sends an opcode that does not exist.</summary>
    UnknownOpcode,

    /// <summary>Sends bytes that are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>Sends bytes that do not inflate; from then on the stream cannot be read.</summary>
    WrongZlib,

    /// <summary>Sends a well-formed frame of 10 MB that means nothing.</summary>
    Huge,
}
