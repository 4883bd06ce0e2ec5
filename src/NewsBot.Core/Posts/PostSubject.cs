using System.Globalization;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Posts;

/// <summary>What a post is about. Together with channel, part, operation and revision it names the post, so that making it twice changes nothing.</summary>
/// <param name="Value"><c>story:{id}</c>, <c>digest:{id}</c>, <c>comment:{id}</c> or <c>notice:{cause}</c>.</param>
public readonly record struct PostSubject(string Value)
{
    private const string StoryPrefix = "story:";

    public static PostSubject Of(StoryId story) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{StoryPrefix}{story.Value}"));

    public static PostSubject Digest(long digest) =>
        new(string.Create(CultureInfo.InvariantCulture, $"digest:{digest}"));

    /// <param name="cause">What happened, once: the same cause never posts again.</param>
    public static PostSubject Notice(string cause) => new($"notice:{cause}");

    /// <returns>The story of a card; null for everything else.</returns>
    public StoryId? Story =>
        Value.StartsWith(StoryPrefix, StringComparison.Ordinal)
            ? new StoryId(long.Parse(Value.AsSpan(StoryPrefix.Length), CultureInfo.InvariantCulture))
            : null;

    public override string ToString() => Value;
}
