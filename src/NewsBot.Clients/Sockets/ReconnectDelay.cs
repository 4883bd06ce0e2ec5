namespace NewsBot.Clients.Sockets;

/// <summary>How long to wait before connecting again. Pure.</summary>
internal static class ReconnectDelay
{
    /// <summary>At once, then <paramref name="first"/> and twice as long each time up to <paramref name="longest"/>, ±20 %.</summary>
    /// <param name="failures">How many attempts in a row ended badly before this one.</param>
    /// <param name="first">The wait after the second failure.</param>
    /// <param name="longest">The longest wait, before the spread.</param>
    /// <param name="random">0 to 1; spreads the bots that lost their connection in one moment.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest, double random)
    {
        if (failures <= 0)
        {
            return TimeSpan.Zero;
        }

        // Thirty doublings of any useful delay are beyond every limit; more would overflow.
        var delay = first.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30));
        return TimeSpan.FromMilliseconds(Math.Min(delay, longest.TotalMilliseconds) * (0.8 + (0.4 * random)));
    }
}
