using System.Globalization;

namespace NewsBot.Core.Feeds;

/// <summary>Names one polled feed. Given out by the database; never zero.</summary>
public readonly record struct FeedId(long Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"feed-{Value}");
}
