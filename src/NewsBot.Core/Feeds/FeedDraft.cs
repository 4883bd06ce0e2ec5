using System.Globalization;

namespace NewsBot.Core.Feeds;

/// <summary>What a feed says of itself, while it is being read.</summary>
internal sealed class FeedDraft
{
    // A feed that asks for more than a year of silence has a broken clock.
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(366);

    private readonly SortedSet<int> _skipHours = [];
    private readonly SortedSet<DayOfWeek> _skipDays = [];
    private readonly List<string> _authors = [];
    private Ranked<SourceText> _title;
    private Ranked<Uri> _link;
    private Ranked<string> _language;
    private TimeSpan? _timeToLive;
    private TimeSpan? _updatePeriod;
    private int _updateFrequency = 1;

    public Uri? Link => _link.Value;

    public Uri? SelfLink { get; private set; }

    public Uri? HubLink { get; private set; }

    public string? Language => _language.Value;

    public void Title(SourceText text, int rank)
    {
        if (!text.IsEmpty)
        {
            _title.Offer(text, rank);
        }
    }

    public void OfferLink(Uri? link, int rank)
    {
        if (link is not null)
        {
            _link.Offer(link, rank);
        }
    }

    public void Self(Uri? link) => SelfLink ??= link;

    public void Hub(Uri? link) => HubLink = FeedHub.Better(HubLink, link);

    public void OfferLanguage(string? tag, int rank)
    {
        if (LanguageTag.Tidy(tag) is { } tidy)
        {
            _language.Offer(tidy, rank);
        }
    }

    public void Author(string name)
    {
        if (name.Length > 0)
        {
            _authors.Add(name);
        }
    }

    public void TimeToLive(string minutes) => _timeToLive ??= Pause(Number(minutes), TimeSpan.FromMinutes(1));

    public void UpdatePeriod(string word) =>
        _updatePeriod = word.Trim().ToLowerInvariant() switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "daily" => TimeSpan.FromDays(1),
            "weekly" => TimeSpan.FromDays(7),
            "monthly" => TimeSpan.FromDays(30),
            "yearly" => TimeSpan.FromDays(365),
            _ => null,
        };

    public void UpdateFrequency(string times) =>
        _updateFrequency = Number(times) is > 0 and <= 10_000 and var count ? count : 1;

    public void SkipHour(string hour)
    {
        // 24 is what many write for midnight.
        if (Number(hour) is >= 0 and <= 24 and var number)
        {
            _skipHours.Add(number % 24);
        }
    }

    public void SkipDay(string day)
    {
        if (Enum.TryParse<DayOfWeek>(day.Trim(), ignoreCase: true, out var found) && Enum.IsDefined(found))
        {
            _skipDays.Add(found);
        }
    }

    public bool SaysSomething => _title.IsSet || _link.IsSet;

    /// <summary>Makes the feed.</summary>
    public ParsedFeed Finish(FeedFormat format, List<FeedEntry> entries, bool repaired) =>
        new(
            format,
            _title.IsSet ? _title.Value.ToLine() : string.Empty,
            _link.Value,
            SelfLink,
            _language.Value,
            _timeToLive ?? _updatePeriod / _updateFrequency,
            [.. _skipHours],
            [.. _skipDays],
            _authors.Count == 0 ? entries : entries.ConvertAll(WithAuthors),
            repaired
        )
        {
            Hub = HubLink,
        };

    // Atom: where an entry names nobody, the feed's authors wrote it.
    private FeedEntry WithAuthors(FeedEntry entry) =>
        entry.Authors.Count > 0 ? entry : entry with { Authors = _authors };

    private static TimeSpan? Pause(int? count, TimeSpan unit) =>
        count is > 0 and var number && unit * number <= LongestPause ? unit * number : null;

    private static int? Number(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
