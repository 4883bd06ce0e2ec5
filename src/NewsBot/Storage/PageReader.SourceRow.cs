using System.Globalization;
using NewsBot.Core.Feeds;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    // What the list of all sources and the page of one show of a source and its feed.
    private const string SourceColumns = """
        src.id AS Id, src.name AS Name, src.category AS Category, src.licence AS Licence, src.feed_id AS Feed,
               src.paused_at AS PausedAt, src.paused_by AS PausedBy, src.quiet AS Quiet,
               f.url AS Url, f.site_url AS SiteUrl, f.recipe AS Recipe,
               f.format AS Format, f.state AS State, f.failures AS Failures, f.last_error AS LastError,
               f.last_success_at AS LastSuccessAt, f.last_polled_at AS LastPolledAt, f.next_poll_at AS NextPollAt,
               f.usual_entries AS UsualEntries, f.last_entries AS LastEntries, f.few_in_row AS FewInRow,
               EXISTS (SELECT 1 FROM feed_credential k WHERE k.feed_id = src.feed_id) AS HasLogin
        """;

    /// <summary>What is wrong with a page that lists far fewer entries than usual; empty where nothing is.</summary>
    private static string Thin(long fewInRow, long last, double usual) =>
        fewInRow < PageCount.WorthTelling
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"It lists {last} instead of about {usual:0} entries; perhaps its page was rebuilt."
            );

    private sealed class SourceRow
    {
        public required long Id { get; init; }
        public required long IsShown { get; init; }
        public required string Name { get; init; }
        public required long Feed { get; init; }
        public required string Url { get; init; }
        public required string State { get; init; }
        public required long Failures { get; init; }
        public required long NextPollAt { get; init; }
        public required long Quiet { get; init; }
        public required long HasLogin { get; init; }
        public required double UsualEntries { get; init; }
        public required long LastEntries { get; init; }
        public required long FewInRow { get; init; }
        public string? Category { get; init; }
        public string? Licence { get; init; }
        public string? SiteUrl { get; init; }
        public string? Recipe { get; init; }
        public string? Format { get; init; }
        public string? LastError { get; init; }
        public string? PausedBy { get; init; }
        public long? PausedAt { get; init; }
        public long? LastSuccessAt { get; init; }
        public long? LastPolledAt { get; init; }

        public bool IsPrivate => HasLogin == 1 || FeedAddress.IsPrivate(Url, Recipe);

        public SourceFacts ToFacts(IReadOnlyList<int> days) =>
            new(
                Name,
                Format,
                State == "retired",
                (int)Failures,
                LastError,
                Quiet == 1,
                Instant(PausedAt),
                PausedBy,
                Instant(LastPolledAt),
                Instant(LastSuccessAt),
                Instant(NextPollAt),
                days
            )
            {
                Id = IsShown == 1 ? Id : 0,
                Few = Thin(FewInRow, LastEntries, UsualEntries),
            };
    }
}
