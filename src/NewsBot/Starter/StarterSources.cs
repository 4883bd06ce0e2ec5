using NewsBot.Core.Sources;

namespace NewsBot.Starter;

/// <summary>What a fresh database subscribes to: the sample newsroom and a few public feeds.</summary>
internal static class StarterSources
{
    private const string First = "sources.opml";

    /// <summary>The line below every summary of the made-up outlets' stories.</summary>
    public const string Licence = "CC0, made up for NewsBot";

    /// <summary>The made-up outlets, which need no network.</summary>
    public static IReadOnlyList<SampleOutlet> Outlets { get; } =
    [
        new(
            "hesper-courier",
            "The Hesper Courier",
            "News from Port Hesper and the Corrand coast",
            "en",
            SampleFormat.Rss,
            "feed.xml",
            1.5
        ),
        new(
            "saltmarsh-signal",
            "Saltmarsh Signal",
            "Science and technology where the land ends",
            "en",
            SampleFormat.Atom,
            "atom.xml",
            1.2
        ),
        new(
            "sunderauer-bote",
            "Sunderauer Bote",
            "Nachrichten aus Sunderau und dem Lohetal",
            "de",
            SampleFormat.Json,
            "feed.json",
            1
        ),
        new(
            "gullcliff-gazette",
            "Gullcliff Gazette",
            "All the news that washes up",
            "en",
            SampleFormat.UntidyRss,
            "rss.xml",
            0.8
        ),
    ];

    /// <summary>The public feeds of <c>config/starter/sources.opml</c>, read anew on each call.</summary>
    public static OpmlDocument ReadPublicFeeds() => Opml.Read(StarterFiles.Bytes(First));

    /// <summary>
    /// All ready-made sets, one for each topic: those a fresh database starts with, then those of the other lists beside them,
    /// read anew on each call.
    /// </summary>
    public static IReadOnlyList<OpmlDocument> ReadSets() =>
        [
            ReadPublicFeeds(),
            .. StarterFiles
                .Names(".opml")
                .Where(name => name != First)
                .Select(name => Opml.Read(StarterFiles.Bytes(name))),
        ];
}
