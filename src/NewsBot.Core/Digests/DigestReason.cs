using System.Globalization;

namespace NewsBot.Core.Digests;

/// <summary>Says in one short sentence why a story stands in a digest. Pure.</summary>
public static class DigestReason
{
    /// <summary>Longest sentence, in characters.</summary>
    public const int MaxChars = 200;

    // More reasons than the two that weigh most explain nothing.
    private const int MostReasons = 2;

    // What is older is not new to those who look every few hours.
    private const int NewestHours = 6;

    // A name that is longer would be the sentence.
    private const int MaxName = 50;

    /// <summary>The sentence.</summary>
    /// <param name="candidate">The story.</param>
    /// <param name="interest">What the community cares for.</param>
    /// <param name="now">When the digest is made.</param>
    /// <returns>Plain text, such as “5 outlets report it; your community talked about 3 stories of The Daily this week.”</returns>
    public static string Of(DigestCandidate candidate, CommunityInterest interest, DateTimeOffset now)
    {
        var score = DigestScore.Of(candidate, interest, now);
        var (source, topic) = (interest.ForSource(candidate.Source), interest.ForTopic(candidate.Topic));
        // Talk about a source and talk about its topic are most often the same talk, so only one of them is told.
        var isOfSource = source.Stories > 0 && (topic.Stories == 0 || score.OfSource >= score.OfTopic);
        (double Value, string? Words)[] reasons =
        [
            (
                score.Outlets,
                candidate.Outlets > 1 ? $"{Count(candidate.Outlets, "outlet", "outlets")} report it" : null
            ),
            (score.OfSource, isOfSource ? Talked(source, "of", Name(candidate.Source)) : null),
            (score.OfTopic, !isOfSource && topic.Stories > 0 ? Talked(topic, "about", candidate.Topic!) : null),
            (
                score.Talk,
                candidate.Comments > 0 ? $"it has {Count(candidate.Comments, "comment", "comments")} already" : null
            ),
            (score.Weight, score.Weight > 0 ? $"{Name(candidate.Source)} was given more weight here" : null),
        ];
        var told = reasons
            .Where(reason => reason.Words is not null)
            .OrderByDescending(reason => reason.Value)
            .Take(MostReasons)
            .Select(reason => reason.Words!)
            .ToList();
        var words = told.Count > 0 ? string.Join("; ", told) : Newest(candidate, now);
        return char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..] + ".";
    }

    private static string Talked(Liking liking, string how, string what)
    {
        var did =
            liking.Silent == 0 ? "talked about"
            : liking.Silent == liking.Stories ? "reacted to"
            : "talked about or reacted to";
        return $"your community {did} {Count(liking.Stories, "story", "stories")} {how} {what} this week";
    }

    private static string Newest(DigestCandidate candidate, DateTimeOffset now)
    {
        var hours = (int)Math.Max(0, (now - candidate.PublishedAt).TotalHours);
        return hours switch
        {
            < 1 => "it is among the newest: less than an hour old",
            < NewestHours => $"it is among the newest: {Count(hours, "hour", "hours")} old",
            < 24 => $"there was room for it: {Count(hours, "hour", "hours")} old",
            _ => $"there was room for it: {Count(hours / 24, "day", "days")} old",
        };
    }

    private static string Name(string source) =>
        source.Length <= MaxName ? source
        : char.IsHighSurrogate(source[MaxName - 2]) ? source[..(MaxName - 2)] + "…"
        : source[..(MaxName - 1)] + "…";

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
