using System.Globalization;

namespace NewsBot.Core.Stories;

/// <summary>Names one story. Given out by the database; never zero.</summary>
public readonly record struct StoryId(long Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"story-{Value}");
}
