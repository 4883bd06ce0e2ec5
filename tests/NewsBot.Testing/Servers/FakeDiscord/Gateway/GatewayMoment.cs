namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>When a fault happens.</summary>
public enum GatewayMoment
{
    /// <summary>At once, on every open connection.</summary>
    Now,

    /// <summary>Before Hello.</summary>
    Connect,

    /// <summary>Instead of READY, or before it.</summary>
    Identify,

    /// <summary>Instead of the replay, or before it.</summary>
    Resume,

    /// <summary>Instead of the ACK of a heartbeat, or before it.</summary>
    Heartbeat,

    /// <summary>With a dispatch; what ends a connection comes after it.</summary>
    Dispatch,
}
