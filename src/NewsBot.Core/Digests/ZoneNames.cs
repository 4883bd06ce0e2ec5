using NewsBot.Core.Text;

namespace NewsBot.Core.Digests;

/// <summary>Finds time zones by the names people write.</summary>
internal static class ZoneNames
{
    // The longest id of the tz database has 32 characters.
    private const int MaxLength = 48;

    /// <summary>The same zone; the many ids that machines have for UTC become the one that people read.</summary>
    internal static TimeZoneInfo Plain(TimeZoneInfo zone) => IsUtc(zone.Id) ? TimeZoneInfo.Utc : zone;

    /// <summary>Finds a zone by its id, in any case.</summary>
    internal static TimeZoneInfo? Find(string name)
    {
        if (IsUtc(name))
        {
            return TimeZoneInfo.Utc;
        }

        // The id becomes a path below the zone folder, so only what can stand in an id goes on.
        if (name.Length > MaxLength || !name.All(IsIdCharacter) || !char.IsAsciiLetter(name[0]))
        {
            return null;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : TimeZoneInfo
                .GetSystemTimeZones()
                .FirstOrDefault(known => known.Id.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The id nearest to what was written, which may be a whole id or only a city; null where nothing is near.</summary>
    internal static string? Nearest(string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        var ids = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToList();
        var most = Math.Max(1, name.Length / 4);
        if (name.Contains('/', StringComparison.Ordinal) && EditDistance.Nearest(name, ids, most) is { } near)
        {
            return near;
        }

        var cities = ids.Where(id => id.Contains('/', StringComparison.Ordinal))
            .ToLookup(CityOf, StringComparer.Ordinal);
        var city = EditDistance.Nearest(CityOf(name), cities.Select(group => group.Key), most);
        return city is null ? EditDistance.Nearest(name, ids, most) : cities[city].First();
    }

    private static bool IsUtc(string name) =>
        name.ToUpperInvariant()
            is "UTC"
                or "GMT"
                or "Z"
                or "UCT"
                or "ZULU"
                or "UNIVERSAL"
                or "ETC/UTC"
                or "ETC/GMT"
                or "ETC/UCT"
                or "ETC/ZULU"
                or "ETC/UNIVERSAL";

    private static string CityOf(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+';
}
