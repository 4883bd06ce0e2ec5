namespace NewsBot.Clients.Sockets;

/// <summary>
/// Thrown by a handler of events that can store nothing for the time being. The event waits, and all behind it, until it
/// can be stored; it is neither acknowledged nor passed over.
/// </summary>
/// <param name="message">Why.</param>
/// <param name="inner">What was tried.</param>
public class NotNowException(string message, Exception? inner) : IOException(message, inner)
{
    /// <summary>Between two tries.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
}
