using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Writes a community's configuration.</summary>
internal static class ConfigurationExport
{
    public static async Task<ReadOnlyMemory<byte>> OfAsync(DbConnection connection, long community)
    {
        var channels = await AdminStore.ChannelsAsync(connection, community);
        var places = (await AdminStore.SubscriptionsAsync(connection, community)).ToLookup(place => place.SourceId);
        var byId = channels.ToDictionary(channel => channel.Id, Key);
        var words = await connection.QueryAsync<string>(
            "SELECT word FROM word WHERE community_id = @community ORDER BY word",
            new { community }
        );
        var file = new ConfigurationFile(
            ExportFormat.Version,
            [.. channels.Select(Channel)],
            [
                .. (await AdminStore.SourcesAsync(connection, community)).Select(source =>
                    Source(
                        source,
                        places[source.Id]
                            .Select(place => new ConfiguredPlace(
                                byId[place.ChannelId],
                                place.Filter,
                                place.PingRole,
                                place.Template
                            ))
                    )
                ),
            ],
            [.. words],
            Moderation(await ModerationRow.FindAsync(connection, community), byId),
            await connection.ExecuteScalarAsync<long>(
                "SELECT indexing FROM community WHERE id = @community",
                new { community }
            ) != 0
        );
        return JsonSerializer.SerializeToUtf8Bytes(file, ExportFormat.Json);
    }

    /// <summary>How a channel is named in the file.</summary>
    public static string Key(ChannelRow channel) => $"{channel.Platform}:{channel.ExternalId}";

    private static ConfiguredModeration Moderation(ModerationRow row, Dictionary<long, string> channels) =>
        new(row.ChannelId is { } id ? channels.GetValueOrDefault(id) : null, row.Log, row.Links);

    private static ConfiguredChannel Channel(ChannelRow channel) =>
        new(
            channel.Platform,
            channel.ExternalId,
            channel.Name,
            channel.Mode,
            channel.Schedule,
            channel.TimeZone,
            channel.QuietHours,
            channel.QuietDay,
            channel.MaxPerHour,
            channel.MaxPerDay,
            channel.Layout,
            channel.DigestCards,
            channel.Mirror,
            channel.PingRole,
            channel.Tags,
            channel.Kind == "announcement" ? channel.Crosspost != 0 : null,
            channel.Mirror == "two-way" ? channel.MirrorWithin != 0 : null,
            channel.DiscussionSchedule,
            channel.PerSource,
            channel.BreakingOutlets,
            channel.BreakingMs / 60_000,
            channel.Languages
        );

    private static ConfiguredSource Source(SourceRow source, IEnumerable<ConfiguredPlace> places) =>
        new(
            source.Name,
            source.Url,
            source.SiteUrl,
            source.Category,
            source.Weight,
            source.MinIntervalMs / 60_000,
            source.PausedAt is not null,
            source.Licence,
            source.ExcerptChars,
            [.. places],
            source.Recipe
        );
}
