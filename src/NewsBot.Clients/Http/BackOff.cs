namespace NewsBot.Clients.Http;

/// <summary>How long to wait before a failed call is made again. Pure.</summary>
internal static class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="retry">1 for the first.</param>
    /// <param name="asked">What the server asked for; null for nothing.</param>
    /// <param name="random">0 to 1; keeps many callers that failed together from coming back together.</param>
    public static TimeSpan After(int retry, TimeSpan? asked, double random)
    {
        var wait = First * Math.Pow(2, retry - 1) * (0.75 + (random / 2));
        wait = asked > wait ? asked.Value : wait;
        return wait < Longest ? wait : Longest;
    }

    /// <summary>0 to 1, by the finest digits of the clock: different for every caller, and the same again by a clock that is set.</summary>
    public static double Spread(TimeProvider time)
    {
        // Knuth's multiplicative hash: neighbouring instants lie far apart.
        const ulong Golden = 11_400_714_819_323_198_485;
        return (unchecked((ulong)time.GetTimestamp() * Golden) >> 32) / (double)uint.MaxValue;
    }
}
