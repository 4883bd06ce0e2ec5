using NewsBot.Core.Text;

namespace NewsBot.Web.Views;

/// <summary>Puts the state of the newsroom into words. Pure.</summary>
internal static class StatusReport
{
    private const int HoursShown = 24;

    // One or two failures are the weather of the web; a third in a row is worth a person's look.
    private const int FailingFrom = 3;

    public static StatusView Of(
        StatusFacts facts,
        DateTimeOffset now,
        DateTimeOffset startedAt,
        string version,
        bool isAdmin,
        IReadOnlyList<ConnectionStatus> connections
    )
    {
        var sources = facts.Sources.Select(source => ToStatus(source, now)).ToList();
        return new StatusView
        {
            Now = now,
            Headline = Headline(facts, sources),
            Version = version,
            Up = now - startedAt,
            Lag = Lag(facts.Posts, now),
            Sources = sources,
            Channels = facts.Channels,
            Connections = connections,
            Troubles = [.. facts.Troubles.Select(trouble => ToStatus(trouble, isAdmin))],
        };
    }

    /// <summary>One source in words.</summary>
    public static SourceStatus ToStatus(SourceFacts source, DateTimeOffset now)
    {
        var (health, state, words) = State(source, now);
        var format = Format(source.Format);
        var note = string.Join(" · ", new[] { format, words }.Where(part => part.Length > 0));
        var next = source.IsRetired || source.PausedAt is not null ? null : (DateTimeOffset?)source.NextPollAt;
        return new SourceStatus(source.Name, note, health, state, source.Days, next) { Id = source.Id };
    }

    // Which channels there are besides the public ones is for those to know who are in them.
    private static TroubleStatus ToStatus(TroubleFacts trouble, bool isAdmin) =>
        isAdmin || !trouble.IsPrivate
            ? new(trouble.Workspace, MarkdownHtml.Render(trouble.Words), trouble.Since)
            : new("", "<p>A channel that is not public needs an admin’s hand.</p>", trouble.Since);

    /// <summary>Lag an hour over the last day; the middle and the 95th of a hundred, by nearest rank.</summary>
    public static LagView Lag(IReadOnlyList<(DateTimeOffset CauseAt, DateTimeOffset SentAt)> posts, DateTimeOffset now)
    {
        var start = now.AddHours(-HoursShown);
        var seconds = posts
            .Where(post => post.SentAt >= start && post.SentAt <= now)
            .Select(post =>
                (
                    Hour: Math.Min(HoursShown - 1, (int)(post.SentAt - start).TotalHours),
                    Seconds: Math.Max(0, (post.SentAt - post.CauseAt).TotalSeconds)
                )
            )
            .ToLookup(post => post.Hour, post => post.Seconds);
        var hours = Enumerable
            .Range(0, HoursShown)
            .Select(hour => new LagHour(start.AddHours(hour + 1), Rank(seconds[hour], 0.5), Rank(seconds[hour], 0.95)))
            .ToList();
        var all = seconds.SelectMany(group => group).ToList();
        return new LagView(hours, all.Count, Rank(all, 0.5), Rank(all, 0.95));
    }

    private static string Headline(StatusFacts facts, List<SourceStatus> sources)
    {
        if (facts.Storage is { } trouble)
        {
            return $"Nothing moves. {trouble.Words[..trouble.Words.IndexOf(':', StringComparison.Ordinal)]}";
        }

        var failing = facts.Sources.Zip(sources).Count(pair => pair.Second.Health == Health.Bad && !pair.First.IsQuiet);
        var away = facts.Sources.Zip(sources).Count(pair => pair.Second.Health == Health.Bad && pair.First.IsQuiet);
        var parked = facts.Channels.Count(channel => channel.IsParked);
        var mends = facts.Troubles.Count;
        var troubles = new[]
        {
            (failing, "source", "sources"),
            (parked, "channel", "channels"),
            (mends, "switch of a chat", "switches of a chat"),
        }
            .Where(trouble => trouble.Item1 > 0)
            .Select(trouble => $"{InWords(trouble.Item1)} {(trouble.Item1 == 1 ? trouble.Item2 : trouble.Item3)}")
            .ToList();
        return troubles switch
        {
            [] when facts.Sources.Count == 0 => "Everything is well, but there is no source to read yet",
            [] when away > 0 =>
                $"Everything is moving; {InWords(away)} starter source{(away == 1 ? "" : "s")} cannot be reached from here",
            [] => "Everything is moving",
            _ =>
                $"Everything is moving, but {string.Join(" and ", troubles)} need{(failing + parked + mends == 1 ? "s" : "")} a hand",
        };
    }

    private static (Health Health, string State, string Words) State(SourceFacts source, DateTimeOffset now)
    {
        var error = Sentence(source.LastError);
        if (source.PausedAt is { } paused)
        {
            return (
                Health.Off,
                "Paused",
                $"Paused by {source.PausedBy ?? "an admin"} on {Wording.Clock(paused, now)}."
            );
        }

        if (source.IsRetired)
        {
            return (
                Health.Bad,
                "Gone",
                "Its publisher says it is gone for good (410). Remove it, or add its new address."
            );
        }

        if (source.Failures > 0 && (source.Failures >= FailingFrom || source.LastSuccessAt is null))
        {
            return (Health.Bad, "Unreachable", error);
        }

        return source switch
        {
            { Failures: > 0 } => (Health.Slow, "Slow", error),
            { Few: { Length: > 0 } few } => (Health.Slow, "Thin", few),
            { LastPolledAt: null } => (Health.Off, "Waiting", "Not polled yet."),
            _ => (Health.Well, "Well", ""),
        };
    }

    private static string Sentence(string? error) =>
        string.IsNullOrWhiteSpace(error) ? ""
        : error.TrimEnd()[^1] is '.' or '!' or '?' ? error.Trim()
        : error.Trim() + ".";

    private static string Format(string? format) =>
        format?.ToLowerInvariant() switch
        {
            "rss" => "RSS",
            "rdf" => "RSS 1.0",
            "atom" => "Atom",
            "json" => "JSON feed",
            "html" => "HTML page",
            _ => "",
        };

    private static string InWords(int number) =>
        number switch
        {
            1 => "one",
            2 => "two",
            3 => "three",
            4 => "four",
            5 => "five",
            6 => "six",
            7 => "seven",
            8 => "eight",
            9 => "nine",
            10 => "ten",
            11 => "eleven",
            12 => "twelve",
            _ => Wording.Number(number),
        };

    private static double? Rank(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}
