using System.Text.RegularExpressions;

namespace NewsBot.Commands;

/// <summary>What an imported file has to be like before it is compared: nothing in it was written by us for certain. Pure.</summary>
internal static partial class ConfigurationCheck
{
    /// <summary>A source is looked at at least once a week, as "edit" has it.</summary>
    public const long MaxIntervalMinutes = 7 * 24 * 60;

    // Longer than any name, address or list of tags; filters and templates have limits of their own.
    private const int MaxText = 4_000;

    /// <returns>One sentence of what is missing or too long; null where all of it can be read.</returns>
    public static string? Problem(ConfigurationFile file) =>
        (file.Channels ?? []).Any(channel => channel is null || IsEmpty(channel.Platform) || IsEmpty(channel.Id))
            ? "One of its channels has no platform or id."
        : (file.Sources ?? []).Any(source => source is null || IsEmpty(source.Name) || IsEmpty(source.Url))
            ? "One of its sources has no name or address."
        : (file.Sources ?? []).SelectMany(source => source.Channels ?? []).Any(place => IsEmpty(place?.Channel))
            ? "One of its sources goes to a channel that is not named."
        : (file.Words ?? []).Any(IsEmpty) ? "One of its words is empty."
        : Texts(file).Any(text => text?.Length > MaxText) ? $"One of its texts has more than {MaxText} characters."
        : null;

    /// <summary>Whether something may stand where a role is pinged: an id of Discord or Slack, or nothing. A name pings nobody.</summary>
    public static bool IsRole(string? role) => role is null || Role().IsMatch(role);

    private static bool IsEmpty(string? text) => string.IsNullOrWhiteSpace(text);

    private static IEnumerable<string?> Texts(ConfigurationFile file) =>
        [
            .. file.Words ?? [],
            .. (file.Channels ?? []).SelectMany(channel =>
                (string?[])
                    [channel.Platform, channel.Id, channel.Name, channel.Schedule, channel.TimeZone, channel.Tags]
            ),
            .. (file.Sources ?? []).SelectMany(source =>
                (string?[])[source.Name, source.Url, source.SiteUrl, source.Category, source.Licence]
            ),
        ];

    [GeneratedRegex(@"\A(\d{1,20}|S[A-Z0-9]{1,30})\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Role();
}
