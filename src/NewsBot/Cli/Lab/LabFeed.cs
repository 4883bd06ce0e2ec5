using System.Text.Json.Nodes;
using NewsBot.Core.Feeds;

namespace NewsBot.Cli.Lab;

/// <summary>What a feed's file says, as a poll reads it.</summary>
internal static class LabFeed
{
    public static JsonObject Read(byte[] body, Uri url) =>
        FeedParser.Parse(body, null, url) switch
        {
            FeedParseOutcome.Parsed { Feed: var feed } => Line(feed),
            FeedParseOutcome.NotAFeed other => LabLine.Failed(other.Reason),
            var outcome => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };

    private static JsonObject Line(ParsedFeed feed) =>
        new()
        {
            ["ok"] = true,
            ["format"] = feed.Format.ToString().ToLowerInvariant(),
            ["title"] = feed.Title,
            ["link"] = feed.Link?.AbsoluteUri,
            ["repaired"] = feed.Repaired,
            ["entries"] = new JsonArray([.. feed.Entries.Select(Entry)]),
        };

    private static JsonObject Entry(FeedEntry entry) =>
        new()
        {
            ["id"] = entry.Id,
            ["title"] = entry.Title,
            ["link"] = entry.Link?.AbsoluteUri,
            ["published"] = LabLine.Instant(entry.PublishedAt),
            ["updated"] = LabLine.Instant(entry.UpdatedAt),
            ["authors"] = new JsonArray([.. entry.Authors.Select(author => JsonValue.Create(author))]),
            ["summary"] = entry.Summary,
            ["content"] = entry.Content,
            ["image"] = entry.Image?.AbsoluteUri,
            ["categories"] = new JsonArray([.. entry.Categories.Select(category => JsonValue.Create(category))]),
            ["language"] = entry.Language,
        };
}
