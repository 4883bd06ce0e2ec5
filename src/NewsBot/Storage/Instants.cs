namespace NewsBot.Storage;

/// <summary>Instants in the database are UTC milliseconds since 1970.</summary>
internal static class Instants
{
    public static long Ms(this DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? At(long? milliseconds) => milliseconds is { } value ? At(value) : null;
}
