namespace NewsBot.WebSub;

/// <summary>When a hub is asked, and when again. Pure.</summary>
internal static class HubPatience
{
    // Hubs verify within seconds; one that is busy gets some minutes.
    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // Ten doublings of five minutes are beyond a day.
    private const int MaxDoublings = 10;

    // What is left of a lease is time for a hub that is down when it is to be renewed.
    private const double RenewAfter = 0.75;

    private static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);

    /// <summary>A hub that says no is asked again now and then: its owner may change their mind.</summary>
    public static readonly TimeSpan AfterDenial = TimeSpan.FromDays(7);

    /// <summary>How long after it was asked a hub may still want to know whether it was.</summary>
    public static readonly TimeSpan Verification = TimeSpan.FromDays(1);

    /// <summary>How often a hub that does not answer is asked to stop; then it is told so by the callback's 410.</summary>
    public const int MaxPartings = 5;

    /// <summary>The pause after a request that nothing came of.</summary>
    /// <param name="attempts">How many there were, with this one.</param>
    public static TimeSpan Between(long attempts)
    {
        var pause = First * (1 << (int)Math.Clamp(attempts - 1, 0, MaxDoublings));
        return pause < Longest ? pause : Longest;
    }

    /// <summary>The lease as far as it is believed.</summary>
    /// <param name="seconds">As the hub said it.</param>
    /// <returns>Null where it is no number of seconds.</returns>
    public static TimeSpan? Lease(string seconds)
    {
        if (
            seconds.Length is 0 or > 12
            || !long.TryParse(
                seconds,
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return null;
        }

        return TimeSpan.FromSeconds(
            Math.Clamp(number, (long)ShortestLease.TotalSeconds, (long)LongestLease.TotalSeconds)
        );
    }

    /// <summary>How long after a lease began it is renewed. Hubs with very short ones are not asked without pause.</summary>
    public static TimeSpan Renewal(TimeSpan lease) => lease * RenewAfter > First ? lease * RenewAfter : First;
}
