namespace NewsBot.Testing.Checking;

/// <summary>A message of ours as a platform shows it.</summary>
/// <param name="Side">Which platform.</param>
/// <param name="Place">The platform's id of the channel, or on Discord of the thread, it stands in.</param>
/// <param name="Id">The platform's id.</param>
/// <param name="Text">Its words.</param>
/// <param name="Everything">All that it shows, as JSON.</param>
internal sealed record ShownMessage(Side Side, string Place, string Id, string Text, string Everything)
{
    /// <summary>On Slack the first message of its thread; null for none.</summary>
    public string? Thread { get; init; }

    /// <summary>The name of its author, where it bears another than ours.</summary>
    public string? Name { get; init; }

    /// <summary>Our own key in it, where the platform keeps one: never twice in a place.</summary>
    public string? Key { get; init; }

    public Whereabouts Whereabouts => Whereabouts.Of(Side, Place, Id);
}

/// <summary>What tells a message from every other.</summary>
/// <param name="Side">Where.</param>
/// <param name="Channel">Slack's id of the channel, whose messages' times are unlike only in one channel; empty elsewhere.</param>
/// <param name="Message">The platform's id.</param>
internal readonly record struct Whereabouts(Side Side, string Channel, string Message)
{
    /// <param name="side">Where.</param>
    /// <param name="channel">The platform's id of the channel.</param>
    /// <param name="message">The platform's id.</param>
    public static Whereabouts Of(Side side, string channel, string message) =>
        new(side, side is Side.Slack ? channel : "", message);
}
