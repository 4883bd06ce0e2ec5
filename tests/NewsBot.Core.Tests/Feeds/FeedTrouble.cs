using System.Text.Json;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>What is right about a document of the corpus; parts that are not named may be anything.</summary>
internal sealed record FeedTrouble
{
    /// <summary>What the document shows.</summary>
    public required string Shows { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Words of the sentence that refuses it; null where it is a feed.</summary>
    public string? Refused { get; init; }

    public string? Format { get; init; }
    public bool? Repaired { get; init; }
    public string? Title { get; init; }
    public string? Link { get; init; }
    public string? Language { get; init; }
    public int? TimeToLiveMinutes { get; init; }
    public IReadOnlyList<int>? SkipHours { get; init; }
    public IReadOnlyList<DayOfWeek>? SkipDays { get; init; }

    /// <summary>How many entries, where they are not told.</summary>
    public int? Count { get; init; }

    /// <summary>How many characters any part may have at most.</summary>
    public int Longest { get; init; } = 100_000;

    /// <summary>What stands in no part.</summary>
    public IReadOnlyList<string> Nowhere { get; init; } = [];

    /// <summary>By the name of a part; null where it has to be absent.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Entries { get; init; }
}
