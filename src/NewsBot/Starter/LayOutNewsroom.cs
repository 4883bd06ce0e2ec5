using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Digests;
using NewsBot.Core.Feeds;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Starter;

/// <summary>Makes a new database a newsroom: community, built-in chat, and, where wanted, channel, sources and a welcome.</summary>
internal sealed class LayOutNewsroom(
    Database database,
    IOptions<StarterOptions> options,
    IOptions<PollingOptions> polling,
    IOptions<WebChatOptions> chat,
    IOptions<DiscordOptions> discord,
    IOptions<SlackOptions> slack,
    TimeProvider time
)
{
    private const int Offer = 6;

    private const string Schedule = "daily 8:00, 18:00";

    private const string AddCommunity = """
        INSERT INTO community (id, name, created_at) VALUES (1, 'NewsBot', @Now) ON CONFLICT (id) DO NOTHING;
        INSERT INTO workspace (community_id, platform, external_id, name) VALUES (1, 'web', 'web', 'Built-in chat')
        ON CONFLICT (platform, external_id) DO NOTHING;
        """;

    private const string AddChannel = """
        INSERT INTO channel (community_id, workspace_id, external_id, name, mode, schedule, time_zone, publication,
                             next_digest_at, created_at)
        SELECT 1, id, 'news', 'news', 'digest+breaking', @Schedule, @TimeZone, 'public', @NextDigestAt, @Now
        FROM workspace WHERE platform = 'web'
        RETURNING id
        """;

    private const string AddFeed = """
        INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, @IntervalMs, @Now)
        ON CONFLICT (url) DO UPDATE SET url = excluded.url
        RETURNING id
        """;

    private const string AddSource = """
        INSERT INTO source (community_id, feed_id, name, category, weight, licence, quiet, created_at)
        VALUES (1, @Feed, @Name, @Category, @Weight, @Licence, @Quiet, @Now)
        ON CONFLICT (community_id, feed_id) DO UPDATE SET name = excluded.name
        RETURNING id
        """;

    private const string Subscribe = """
        INSERT INTO subscription (source_id, channel_id, offer, created_at) VALUES (@Source, @Channel, @Offer, @Now)
        ON CONFLICT (source_id, channel_id) DO NOTHING
        """;

    private const string MoveSample = """
        UPDATE feed SET url = @To || SUBSTR(url, LENGTH(@From) + 1) WHERE SUBSTR(url, 1, LENGTH(@From)) = @From;
        UPDATE entry SET url = @To || SUBSTR(url, LENGTH(@From) + 1) WHERE SUBSTR(url, 1, LENGTH(@From)) = @From;
        UPDATE story SET url = @To || SUBSTR(url, LENGTH(@From) + 1) WHERE SUBSTR(url, 1, LENGTH(@From)) = @From;
        """;

    // An outlet that could not be read was tried; the welcome does not wait for it for ever.
    private const string FirstRead = """
        SELECT COUNT(*) FROM feed
        WHERE SUBSTR(url, 1, LENGTH(@Origin)) = @Origin AND (first_taken_at IS NOT NULL OR failures > 0)
        """;

    private const string AskForDigest = """
        UPDATE channel SET next_digest_at = (SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'created_at')
        WHERE external_id = 'news' AND mode <> 'instant' AND last_digest_at IS NULL
        """;

    private const string DigestWasMade = """
        SELECT id FROM channel
        WHERE external_id = 'news'
          AND next_digest_at IS DISTINCT FROM (SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'created_at')
        """;

    /// <summary>Lays out what is missing. Doing it again changes nothing.</summary>
    /// <returns>When the database was made.</returns>
    public Task<DateTimeOffset> RunAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var now = time.GetUtcNow();
                await connection.ExecuteAsync(AddCommunity, new { Now = now.Ms() });
                if (await Settings.ReadAsync(connection, Settings.Version) != Settings.ThisVersion)
                {
                    await Settings.WriteAsync(connection, Settings.Version, Settings.ThisVersion);
                }

                if (await Settings.ReadAsync(connection, Settings.CreatedAt) is { } known)
                {
                    return Settings.Instant(known);
                }

                await Settings.WriteAsync(connection, Settings.CreatedAt, Settings.Text(now));
                return now;
            },
            cancellationToken
        );

    /// <summary>Adds the starter's channel and sources to a new database, once the address of the sample newsroom is known.</summary>
    /// <param name="sample">Where this process serves the sample newsroom; ends with a slash.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public Task AddStarterAsync(Uri sample, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var now = time.GetUtcNow();
                if (await Settings.ReadAsync(connection, Settings.Starter) is not null)
                {
                    await MoveSampleAsync(connection, sample);
                    return;
                }

                await Settings.WriteAsync(connection, Settings.Starter, Settings.Text(now));
                // Samples for a chat nobody opens would be polled for nobody.
                if (options.Value.Enabled && (chat.Value.Enabled || !(discord.Value.IsOn || slack.Value.IsOn)))
                {
                    await Settings.WriteAsync(connection, Settings.SampleOrigin, sample.AbsoluteUri);
                    await AddStarterAsync(connection, sample, now);
                }
            },
            cancellationToken
        );

    /// <summary>
    /// Asks for the welcome digest as soon as every sample outlet was read once, and says a few words below it. The digest
    /// is due at the instant the database was made, so it can never come twice.
    /// </summary>
    /// <returns>True once there is nothing left to do.</returns>
    public Task<bool> WelcomeAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(WelcomeAsync, cancellationToken);

    private async Task<bool> WelcomeAsync(DbConnection connection)
    {
        const string Asked = "asked";
        const string Done = "done";
        var origin = await Settings.ReadAsync(connection, Settings.SampleOrigin);
        var step = await Settings.ReadAsync(connection, Settings.Welcome);
        if (origin is null || step == Done)
        {
            return true;
        }

        if (step is null)
        {
            var read = await connection.ExecuteScalarAsync<long>(FirstRead, new { Origin = origin });
            if (read >= StarterSources.Outlets.Count)
            {
                await connection.ExecuteAsync(AskForDigest);
                await Settings.WriteAsync(connection, Settings.Welcome, Asked);
            }

            return false;
        }

        if (await connection.ExecuteScalarAsync<long?>(DigestWasMade) is not { } channel)
        {
            return false;
        }

        await Settings.WriteAsync(connection, Settings.Welcome, Done);
        await Outbox.CreateAsync(
            connection,
            new PostDraft(new ChannelId(channel), PostSubject.Notice("welcome"), 0, Welcome.Body, time.GetUtcNow())
        );
        return true;
    }

    private async Task AddStarterAsync(DbConnection connection, Uri sample, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.Local.HasIanaId ? TimeZoneInfo.Local : TimeZoneInfo.Utc;
        if (!DigestSchedule.TryParse(Schedule, zone, out var schedule, out var problem))
        {
            throw new InvalidOperationException(problem);
        }

        var channel = await connection.ExecuteScalarAsync<long>(
            AddChannel,
            new
            {
                Schedule = schedule.ToString(),
                TimeZone = schedule.Zone.Id,
                NextDigestAt = schedule.NextAfter(now).Ms(),
                Now = now.Ms(),
            }
        );
        foreach (var outlet in StarterSources.Outlets)
        {
            await AddSourceAsync(
                connection,
                new StarterSource(
                    new Uri(sample, $"{outlet.Slug}/{outlet.FeedFile}"),
                    outlet.Name,
                    "Sample newsroom",
                    outlet.Weight,
                    "Made up for NewsBot, CC0",
                    Offer,
                    IsQuiet: false
                ),
                channel,
                now
            );
        }

        foreach (var feed in StarterSources.ReadPublicFeeds().Sources)
        {
            await AddSourceAsync(
                connection,
                new StarterSource(feed.Url, feed.Title, feed.Category, 1, null, 1, IsQuiet: true),
                channel,
                now
            );
        }
    }

    private async Task AddSourceAsync(DbConnection connection, StarterSource source, long channel, DateTimeOffset now)
    {
        var feed = await connection.ExecuteScalarAsync<long>(
            AddFeed,
            new
            {
                Url = source.Url.AbsoluteUri,
                IntervalMs = (long)polling.Value.StartInterval.TotalMilliseconds,
                Now = now.Ms(),
            }
        );
        var id = await connection.ExecuteScalarAsync<long>(
            AddSource,
            new
            {
                Feed = feed,
                source.Name,
                source.Category,
                source.Weight,
                source.Licence,
                Quiet = source.IsQuiet ? 1 : 0,
                Now = now.Ms(),
            }
        );
        await connection.ExecuteAsync(
            Subscribe,
            new
            {
                Source = id,
                Channel = channel,
                source.Offer,
                Now = now.Ms(),
            }
        );
    }

    // The process may listen elsewhere than when the database was made; the sample newsroom moves with it.
    private static async Task MoveSampleAsync(DbConnection connection, Uri sample)
    {
        var from = await Settings.ReadAsync(connection, Settings.SampleOrigin);
        if (from is not null && from != sample.AbsoluteUri)
        {
            await connection.ExecuteAsync(MoveSample, new { From = from, To = sample.AbsoluteUri });
            await Settings.WriteAsync(connection, Settings.SampleOrigin, sample.AbsoluteUri);
        }
    }

    private sealed record StarterSource(
        Uri Url,
        string Name,
        string? Category,
        double Weight,
        string? Licence,
        int Offer,
        bool IsQuiet
    );
}
