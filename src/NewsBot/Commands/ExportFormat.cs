using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Commands;

/// <summary>How exported JSON looks: for people to read and for "import" to take in again.</summary>
internal static class ExportFormat
{
    /// <summary>The number in the file; a file with a higher one was made by a newer NewsBot.</summary>
    public const int Version = 1;

    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // The file is read by people and by us, never put into a page.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
}

/// <summary>The whole configuration of a community, without secrets, stories and people.</summary>
/// <param name="Newsbot">The format's <see cref="ExportFormat.Version"/>.</param>
/// <param name="Channels">Channels of the built-in chat are made where they are missing; others must be there.</param>
/// <param name="Sources">Every source with where it goes.</param>
/// <param name="Words">Words that hold a reply back, and sites behind "link:".</param>
/// <param name="Moderation">How moderators are asked and watched; null leaves it as it is.</param>
/// <param name="Indexing">Whether search engines may list the public pages; null leaves it as it is.</param>
internal sealed record ConfigurationFile(
    int Newsbot,
    IReadOnlyList<ConfiguredChannel>? Channels,
    IReadOnlyList<ConfiguredSource>? Sources,
    IReadOnlyList<string>? Words,
    ConfiguredModeration? Moderation = null,
    bool? Indexing = null
);

/// <summary>How a community is moderated; what is missing stays as it is.</summary>
/// <param name="Channel">Platform and id of where moderators are asked, such as "web:desk"; null for by private message.</param>
/// <param name="Log">"public", "private" or "off".</param>
/// <param name="Links">"let-through", "hold-new-members" or "hold-all".</param>
internal sealed record ConfiguredModeration(string? Channel, string? Log, string? Links);

/// <summary>
/// One channel's settings; what is missing stays as it is. Tags (names with commas between them) are only for
/// forums and media channels, sending on to followers only for announcement channels. Discussion says when the channel is
/// told what its people said. Languages is “all” or codes with spaces between them.
/// </summary>
internal sealed record ConfiguredChannel(
    string Platform,
    string Id,
    string? Name,
    string? Mode,
    string? Schedule,
    string? TimeZone,
    string? QuietHours,
    string? QuietDay,
    long? MaxPerHour,
    long? MaxPerDay,
    string? Layout,
    long? DigestCards,
    string? Mirror,
    string? PingRole,
    string? Tags = null,
    bool? Crosspost = null,
    bool? MirrorWithin = null,
    string? Discussion = null,
    long? PerSource = null,
    long? BreakingOutlets = null,
    long? BreakingMinutes = null,
    string? Languages = null
);

/// <summary>One source's settings; what is missing stays as it is. Items are the selectors of a page without a feed.</summary>
internal sealed record ConfiguredSource(
    string Name,
    string Url,
    string? SiteUrl,
    string? Category,
    double? Weight,
    long? IntervalMinutes,
    bool? Paused,
    string? Licence,
    long? ExcerptChars,
    IReadOnlyList<ConfiguredPlace>? Channels,
    string? Items = null
);

/// <summary>A channel a source goes to.</summary>
/// <param name="Channel">Platform and id, such as "web:news".</param>
/// <param name="Filter">Null for everything.</param>
/// <param name="PingRole">Null for none.</param>
/// <param name="Template">As written with "template set"; null for none.</param>
internal sealed record ConfiguredPlace(string Channel, string? Filter, string? PingRole, string? Template = null);
