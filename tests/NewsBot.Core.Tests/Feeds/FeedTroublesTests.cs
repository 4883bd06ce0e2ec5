using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>A corpus of small documents, each with one kind of trouble, and what is right about it beside it.</summary>
public sealed class FeedTroublesTests
{
    private const string Right = ".right.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Documents() =>
        [.. Directory.EnumerateFiles(FeedFile.Troubles, "*" + Right).Select(Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_read_as_its_author_meant_it(string name)
    {
        var trouble = JsonSerializer.Deserialize<FeedTrouble>(
            File.ReadAllText(Path.Combine(FeedFile.Troubles, name + Right)),
            Json
        )!;

        var outcome = FeedParser.Parse(
            File.ReadAllBytes(Path.Combine(FeedFile.Troubles, name)),
            trouble.ContentType,
            FeedFile.Url
        );

        if (trouble.Refused is { } words)
        {
            Assert.Contains(words, Assert.IsType<FeedParseOutcome.NotAFeed>(outcome).Reason);
            return;
        }

        var feed = Assert.IsType<FeedParseOutcome.Parsed>(outcome).Feed;
        Check(trouble, feed);
        Check(trouble.Entries, feed.Entries);
        var written = JsonSerializer.Serialize(feed, Json);
        Assert.All(trouble.Nowhere, part => Assert.DoesNotContain(part, written));
        Assert.True(written.Length <= trouble.Longest, $"It grew to {written.Length} characters.");
    }

    [Fact]
    public void The_corpus_is_whole()
    {
        var documents = Directory.EnumerateFiles(FeedFile.Troubles).Where(file => !IsRight(file)).ToList();

        Assert.True(documents.Count >= 120, $"There are only {documents.Count} documents.");
        Assert.All(
            documents,
            file => Assert.True(File.Exists(file + Right), $"Nobody said what is right about {file}.")
        );
    }

    [Fact]
    public void Of_fifty_thousand_items_the_first_are_read()
    {
        var items = string.Concat(
            Enumerable
                .Range(0, 50_000)
                .Select(i => $"<item><title>Story {i}</title><link>https://pier.example/{i}</link></item>")
        );

        var feed = FeedFile.Text($"<rss version=\"2.0\"><channel><title>Pier</title>{items}</channel></rss>");

        Assert.Equal(FeedParser.MaxEntries, feed.Entries.Count);
        Assert.Equal("Story 0", feed.Entries[0].Title);
        Assert.False(feed.Repaired);
    }

    private static void Check(FeedTrouble right, ParsedFeed feed)
    {
        Same(right.Format, feed.Format.ToString().ToLowerInvariant());
        Same(right.Title, feed.Title);
        Same(right.Link, feed.Link?.AbsoluteUri);
        Same(right.Language, feed.Language);
        Assert.Equal(right.Repaired ?? feed.Repaired, feed.Repaired);
        Assert.Equal(right.TimeToLiveMinutes ?? feed.TimeToLive?.TotalMinutes, feed.TimeToLive?.TotalMinutes);
        Assert.Equal(right.SkipHours ?? feed.SkipHours, feed.SkipHours);
        Assert.Equal(right.SkipDays ?? feed.SkipDays, feed.SkipDays);
        Assert.Equal(right.Count ?? right.Entries?.Count ?? feed.Entries.Count, feed.Entries.Count);
    }

    private static void Check(
        IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? right,
        IReadOnlyList<FeedEntry> entries
    )
    {
        foreach (var (i, parts) in (right ?? []).Index())
        {
            foreach (var (part, value) in parts)
            {
                Assert.Equal($"{part}: {Shown(value)}", $"{part}: {Of(entries[i], part)}");
            }
        }
    }

    private static string? Of(FeedEntry entry, string part) =>
        part switch
        {
            "id" => entry.Id,
            "title" => entry.Title,
            "link" => entry.Link?.AbsoluteUri,
            "published" => Instant(entry.PublishedAt),
            "updated" => Instant(entry.UpdatedAt),
            "authors" => string.Join(" | ", entry.Authors),
            "summary" => entry.Summary,
            "content" => entry.Content,
            "image" => entry.Image?.AbsoluteUri,
            "categories" => string.Join(" | ", entry.Categories),
            "language" => entry.Language,
            _ => throw new InvalidOperationException($"An entry has no part “{part}”."),
        };

    private static string? Shown(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array
            ? string.Join(" | ", value.EnumerateArray().Select(one => one.GetString()))
            : value.GetString();

    private static string? Instant(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture);

    private static void Same(string? right, string? found) => Assert.Equal(right ?? found, found);

    private static bool IsRight(string file) => file.EndsWith(Right, StringComparison.Ordinal);

    private static string Name(string file) => Path.GetFileName(file)[..^Right.Length];
}
